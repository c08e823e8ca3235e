import { computed, type Signal, signal } from "@preact/signals";
import { SlotRef, type Tagged } from "./wire.ts";

/** Name of the value's type in {@linkcode Tagged}, and how the value comes back from its data. */
type Revivers = Record<string, (v: never, revive: Revive, keep: Keep) => unknown>;
type Revive = (encoded: unknown) => unknown;
/** Registers a value that has an identity; to be called before the value's parts are revived. */
type Keep = <T>(value: T) => T;

const REVIVERS: Revivers = {
  undefined: () => undefined,
  Number: (v: string) => Number(v),
  BigInt: (v: string) => BigInt(v),
  Date: (v: number | null, _, keep) => keep(new Date(v ?? NaN)),
  URL: (v: string, _, keep) => keep(new URL(v)),
  RegExp: ([source, flags]: [string, string], _, keep) => keep(new RegExp(source, flags)),
  Uint8Array: (v: string, _, keep) => keep(Uint8Array.from(atob(v), (c) => c.charCodeAt(0))),
  Temporal: ([type, text]: [string, string], _, keep) =>
    // deno-lint-ignore no-explicit-any -- not every browser that we serve knows Temporal
    keep((globalThis as any).Temporal[type].from(text)),
  Set: (v: unknown[], revive, keep) => {
    const set = keep(new Set());
    for (const item of v) set.add(revive(item));
    return set;
  },
  Map: (v: [unknown, unknown][], revive, keep) => {
    const map = keep(new Map());
    for (const [key, value] of v) map.set(revive(key), revive(value));
    return map;
  },
  Sparse: ([length, items]: [number, [number, unknown][]], revive, keep) => {
    const array = keep(new Array(length));
    for (const [index, item] of items) array[index] = revive(item);
    return array;
  },
  Object: (v: [string, unknown][], revive, keep) => {
    const object = keep({});
    for (const [name, encoded] of v) {
      const value = revive(encoded);
      Object.defineProperty(object, name, {
        value,
        configurable: true,
        enumerable: true,
        writable: true,
      });
    }
    return object;
  },
  Signal: (v: unknown, revive, keep) => {
    const revived: Signal<unknown> = keep(signal());
    revived.value = revive(v);
    return revived;
  },
  Computed: (v: unknown, revive, keep) => {
    const content: { value?: unknown } = {};
    const revived = keep(computed(() => content.value));
    content.value = revive(v);
    return revived;
  },
  Slot: (v: number) => new SlotRef(v),
};

/**
 * Turns encoded props back into values; the inverse of `serializeProps` in `serialize.ts`. Works in
 * place: the objects given are the objects returned.
 *
 * Values are numbered in the order in which they come, which is how one refers to another.
 */
export function reviveProps(all: Record<string, unknown>[]): Record<string, unknown>[] {
  const kept: unknown[] = [];
  const keep: Keep = (value) => {
    kept.push(value);
    return value;
  };
  const reviveParts = <T extends object>(parts: T): T => {
    for (const name of Object.keys(parts) as (keyof T)[]) {
      const part = parts[name];
      if (typeof part === "object" && part !== null) parts[name] = revive(part) as T[keyof T];
    }
    return parts;
  };
  const revive: Revive = (encoded) => {
    if (typeof encoded !== "object" || encoded === null) return encoded;
    if (Array.isArray(encoded) || !Object.hasOwn(encoded, "$")) return reviveParts(keep(encoded));
    const { $, v } = encoded as Tagged;
    return $ === "Ref" ? kept[v as number] : REVIVERS[$]!(v as never, revive, keep);
  };
  return all.map(reviveParts);
}
