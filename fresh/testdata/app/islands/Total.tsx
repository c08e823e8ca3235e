import { total } from "./store.ts";

export function Total() {
  return <output>{total}</output>;
}
