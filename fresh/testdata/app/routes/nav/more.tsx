import { Partial } from "fresh/runtime";
import Counter from "../../islands/Counter.tsx";

export const config = { skipAppWrapper: true, skipInheritedLayouts: true };

export default function More() {
  return (
    <Partial name="list" mode="append">
      <li>
        <Counter label="Added" />
      </li>
    </Partial>
  );
}
