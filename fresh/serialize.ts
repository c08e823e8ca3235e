import { Signal } from "@preact/signals";
import { isJsx } from "./islands.ts";
import { SlotRef, type Tagged } from "./runtime/wire.ts";

/**
 * The props of all islands of a page as JSON text that is safe inside a `<script>` element.
 *
 * Besides JSON's own values props may hold `undefined`, `NaN`, infinities, -0, bigint, Date, URL,
 * RegExp, Map, Set, Uint8Array, Temporal values, sparse arrays, signals and cycles. An object or signal
 * that is met twice, also in two islands, is one object in the browser. At the top of the props
 * `undefined` is left out, which a component cannot tell apart.
 *
 * @param describe Names the island at an index, for the error.
 * @throws {TypeError} for a function, a symbol, JSX below the top, or an instance of any other class.
 */
export function serializeProps(
  all: readonly Record<string, unknown>[],
  describe: (index: number) => string,
): string {
  const encoder = new Encoder();
  const encoded = all.map((props, index) => {
    let result = props;
    for (const name in props) {
      const value = props[name];
      if (isJsonPrimitive(value) || value === undefined) continue;
      try {
        if (result === props) result = { ...props };
        result[name] = encoder.encode(value);
      } catch (error) {
        if (!(error instanceof Unserializable)) throw error;
        throw new TypeError(
          `Island "${describe(index)}" got a prop "${name}" that holds ${error.message}: ` +
            `wanted data that can be sent to the browser`,
        );
      }
    }
    return result;
  });
  return escapeScript(JSON.stringify(encoded));
}

/** Makes JSON text safe inside a `<script>` element: no tag and no comment can begin in it. */
export function escapeScript(json: string): string {
  return json.replaceAll("<", "\\u003c");
}

class Unserializable extends Error {}

/** Whether JSON carries the value unchanged. */
function isJsonPrimitive(value: unknown): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0);
    default:
      return value === null;
  }
}

class Encoder {
  /** The number of each object met, in order. */
  readonly #numbers = new Map<object, number>();

  /** The value itself where JSON can carry it, else a copy in which every part can be carried. */
  encode(value: unknown): unknown {
    if (isJsonPrimitive(value)) return value;
    switch (typeof value) {
      case "undefined":
        return tagged("undefined");
      case "number":
        return tagged("Number", Object.is(value, -0) ? "-0" : String(value));
      case "bigint":
        return tagged("BigInt", String(value));
      case "object":
        return this.#encodeObject(value!);
      default:
        throw new Unserializable(`a ${typeof value}`);
    }
  }

  #encodeObject(value: object): unknown {
    if (value instanceof SlotRef) return tagged("Slot", value.id);
    const number = this.#numbers.get(value);
    if (number !== undefined) return tagged("Ref", number);
    this.#numbers.set(value, this.#numbers.size);

    if (Array.isArray(value)) return this.#encodeArray(value);
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      if (isJsx(value)) throw new Unserializable("JSX inside of another value");
      return this.#encodeRecord(value as Record<string, unknown>);
    }
    return this.#encodeInstance(value);
  }

  #encodeArray(array: readonly unknown[]): unknown {
    let result = array as unknown[];
    for (let i = 0; i < array.length; i++) {
      const item = array[i];
      if (isJsonPrimitive(item)) continue;
      if (item === undefined && !(i in array)) return this.#encodeSparse(array, result, i);
      if (result === array) result = [...array];
      result[i] = this.encode(item);
    }
    return result;
  }

  /** Continues {@linkcode #encodeArray} at the first hole. */
  #encodeSparse(array: readonly unknown[], before: readonly unknown[], hole: number): Tagged {
    const items: [number, unknown][] = before.slice(0, hole).map((item, i) => [i, item]);
    array.forEach((item, i) => {
      if (i > hole) items.push([i, this.encode(item)]);
    });
    return tagged("Sparse", [array.length, items]);
  }

  #encodeRecord(record: Record<string, unknown>): unknown {
    if (Object.hasOwn(record, "$")) {
      const entries = Object.entries(record);
      return tagged("Object", entries.map(([name, value]) => [name, this.encode(value)]));
    }
    let result = record;
    for (const name of Object.keys(record)) {
      const value = record[name];
      if (isJsonPrimitive(value)) continue;
      const encoded = this.encode(value);
      if (encoded === value) continue;
      if (result === record) result = { ...record };
      result[name] = encoded;
    }
    return result;
  }

  #encodeInstance(value: object): Tagged {
    if (value instanceof Signal) {
      const writable = Object.getPrototypeOf(value) === Signal.prototype;
      return tagged(writable ? "Signal" : "Computed", this.encode(value.peek()));
    }
    if (value instanceof Date) return tagged("Date", value.getTime());
    if (value instanceof URL) return tagged("URL", value.href);
    if (value instanceof RegExp) return tagged("RegExp", [value.source, value.flags]);
    if (value instanceof Set) return tagged("Set", Array.from(value, (item) => this.encode(item)));
    if (value instanceof Map) {
      return tagged(
        "Map",
        Array.from(value, ([key, item]) => [this.encode(key), this.encode(item)]),
      );
    }
    if (value instanceof Uint8Array) {
      return tagged("Uint8Array", btoa(Array.from(value, (b) => String.fromCharCode(b)).join("")));
    }
    const tag = String((value as { [Symbol.toStringTag]?: string })[Symbol.toStringTag]);
    if (tag.startsWith("Temporal.")) {
      return tagged("Temporal", [tag.slice("Temporal.".length), String(value)]);
    }
    throw new Unserializable(`an instance of "${value.constructor?.name}"`);
  }
}

function tagged(type: string, v?: unknown): Tagged {
  return v === undefined ? { $: type } : { $: type, v };
}
