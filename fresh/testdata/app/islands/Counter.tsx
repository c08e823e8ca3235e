import { type Signal, useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { total } from "./store.ts";

export default function Counter({ label, shared }: { label: string; shared?: Signal<number> }) {
  const own = useSignal(0);
  const count = shared ?? own;
  const add = () => {
    count.value++;
    total.value++;
  };
  const id = useId();
  return (
    <p class="counter">
      <label for={id}>{label}: {count}</label>
      <button id={id} type="button" onClick={add}>+</button>
    </p>
  );
}
