import assert from "node:assert/strict";
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import fc from "fast-check";
import { h } from "preact";
import { reviveProps } from "./runtime/revive.ts";
import { escapeScript, serializeProps } from "./serialize.ts";

/** The props as the browser gets them. */
function throughPage(all: Record<string, unknown>[]): Record<string, unknown>[] {
  return reviveProps(JSON.parse(serializeProps(all, () => "Example")));
}

function roundTrip<T>(value: T): T {
  return throughPage([{ value }])[0]!.value as T;
}

/** Values of all kinds, nested in all kinds of collections. */
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.anything({ withDate: true, withSparseArray: true, withBigInt: true }),
    fc.constantFrom(new URL("https://example.org/a?b#c"), /a"<b/giu, new Uint8Array([0, 128, 255])),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.uniqueArray(fc.string(), { maxLength: 3 }).map((items) => new Set(items)),
    fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }).map((items) => new Map(items)),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("$", "v", "__proto__", "toJSON")),
      tie("value"),
      {
        maxKeys: 3,
        noNullPrototype: true,
      },
    ),
  ),
})).value;

Deno.test("any value comes through as it was", () => {
  fc.assert(fc.property(anything, (value) => {
    assert.deepEqual(roundTrip(value), value);
  }));
});

Deno.test("numbers, undefined and holes come through exactly", () => {
  for (const value of [undefined, NaN, Infinity, -Infinity, -0, 0, 10n, new Date(NaN)]) {
    assert.deepStrictEqual(roundTrip(value), value);
    assert.deepStrictEqual(roundTrip([value]), [value]);
  }
  const sparse = roundTrip([1, , undefined, , "last", ,]);
  assert.deepEqual(Object.keys(sparse), ["0", "2", "4"]);
  assert.equal(sparse.length, 6);
});

Deno.test("text in props can neither end the script nor open a comment in it", () => {
  const attack = fc.constantFrom("</script>", "<!--", "<script>", "]]>", "-->", "\u2028", "<");
  const text = fc.array(fc.oneof(attack, fc.string())).map((parts) => parts.join(""));
  fc.assert(fc.property(text, text, (key, value) => {
    const json = serializeProps([{ [key]: { [key]: value } }], () => "Example");
    assert.ok(!json.includes("<"));
    assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify([{ [key]: { [key]: value } }])));
  }));
  assert.equal(escapeScript('"</script>"'), '"\\u003c/script>"');
});

Deno.test("no prop reaches a prototype", () => {
  const evil = JSON.parse(
    '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 2}}}',
  );
  const [props] = throughPage([evil]);
  const nested = roundTrip(evil);
  assert.deepEqual(Object.keys(nested), ["__proto__", "constructor"]);
  assert.equal(Object.getPrototypeOf(nested), Object.prototype);
  assert.equal(Object.getPrototypeOf(props), Object.prototype);
  const tagged = roundTrip(JSON.parse('{"$": 1, "__proto__": {"polluted": 3}}'));
  assert.equal(Object.getPrototypeOf(tagged), Object.prototype);
  assert.equal(({} as { polluted?: number }).polluted, undefined);
});

Deno.test("data that looks like the encoding stays data", () => {
  for (const value of [{ $: "Ref", v: 0 }, { $: "Signal" }, { $: { $: "Object", v: [] } }]) {
    assert.deepEqual(roundTrip({ before: {}, value }), { before: {}, value });
  }
});

Deno.test("an object in the props of two islands is one object in the browser", () => {
  const shared = { list: [1] };
  const [first, second] = throughPage([{ a: shared, b: shared.list }, { a: [shared] }]);
  assert.equal(first!.b, (first!.a as typeof shared).list);
  assert.equal((second!.a as unknown[])[0], first!.a);
});

Deno.test("cycles come through objects, arrays, maps, sets and signals", () => {
  const object: Record<string, unknown> = { $: "with a tag" };
  const set = new Set<unknown>();
  const own: Signal<unknown> = signal();
  const map = new Map<unknown, unknown>([["array", [object]], [set, own]]);
  Object.assign(object, { map, object });
  set.add(set);
  own.value = { own };

  const revived = roundTrip(object) as { map: Map<unknown, unknown>; object: unknown };
  assert.equal(revived.object, revived);
  assert.equal((revived.map.get("array") as unknown[])[0], revived);
  const [revivedSet, revivedSignal] = [...revived.map][1]! as [
    Set<unknown>,
    Signal<{ own: unknown }>,
  ];
  assert.ok(revivedSet.has(revivedSet));
  assert.equal(revivedSignal.value.own, revivedSignal);
});

Deno.test("signals stay signals, computed ones read-only", () => {
  const count = signal({ n: 1 });
  const [first, second] = throughPage([
    { count, double: computed(() => count.value.n * 2) },
    { count },
  ]) as [{ count: typeof count; double: ReadonlySignal<number> }, { count: typeof count }];
  assert.equal(first.count, second.count);
  assert.equal(first.double.value, 2);
  assert.throws(() => ((first.double as Signal<number>).value = 3), TypeError);
  first.count.value = { n: 5 };
  assert.equal(second.count.value.n, 5);
});

Deno.test("a prop that cannot be sent is named in the error", () => {
  class Account {}
  const cases: [unknown, string][] = [
    [() => 1, "a function"],
    [[Symbol.iterator], "a symbol"],
    [{ account: new Account() }, 'an instance of "Account"'],
    [{ label: h("b", null) }, "JSX inside of another value"],
  ];
  for (const [value, what] of cases) {
    assert.throws(() => serializeProps([{}, { good: 1, bad: value }], (i) => `Island${i}`), {
      name: "TypeError",
      message:
        `Island "Island1" got a prop "bad" that holds ${what}: wanted data that can be sent to the browser`,
    });
  }
});
