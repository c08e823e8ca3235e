import { Partial } from "fresh/runtime";

export const config = { skipAppWrapper: true, skipInheritedLayouts: true };

export default function Fragment() {
  return (
    <Partial name="main">
      <h1>Fragment</h1>
    </Partial>
  );
}
