import { computed, signal } from "@preact/signals";
import Counter from "../islands/Counter.tsx";
import Disclosure from "../islands/Disclosure.tsx";
import { Total } from "../islands/Total.tsx";
import Title from "./(_islands)/Title.tsx";

export default function Islands() {
  const shared = signal(5);
  return (
    <main>
      <Counter label="Own" />
      <Counter label="Shared" shared={shared} />
      <Counter label="Also shared" shared={shared} />
      <Total />
      <Disclosure open summary={<b>Open</b>}>
        <p id="static">Static text</p>
        <input id="typed" value="typed" />
        <Counter label="Nested" />
      </Disclosure>
      <Disclosure summary="Closed">
        <Counter label="Hidden" shared={shared} />
      </Disclosure>
      <Title initial={computed(() => "Islands").value} />
    </main>
  );
}
