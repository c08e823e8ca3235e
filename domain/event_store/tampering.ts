/** Test support: whatever somebody could do to a film behind the store's back. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Hashed, hashOf } from "./hash_chain.ts";

const COLUMNS = [
  "position",
  "stream",
  "version",
  "type",
  "data",
  "sealed",
  "metadata",
  "created_at",
  "hash",
] as const;

const TEXTS: ReadonlySet<string> = new Set(["stream", "type", "data", "metadata", "created_at"]);

/** One change to the film that nobody should have made. */
export type Tampering =
  | { readonly kind: "flip"; readonly column: typeof COLUMNS[number]; readonly bit: number }
  | { readonly kind: "delete" | "duplicate" }
  | { readonly kind: "swap"; readonly with: number }
  | { readonly kind: "rewrite" }
  | { readonly kind: "truncate" };

const anyTampering: fc.Arbitrary<Tampering> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant("flip" as const),
      column: fc.constantFrom(...COLUMNS),
      bit: fc.nat(4095),
    }),
  },
  fc.record({ kind: fc.constantFrom("delete" as const, "duplicate" as const) }),
  fc.record({ kind: fc.constant("swap" as const), with: fc.nat() }),
  fc.record({ kind: fc.constantFrom("rewrite" as const, "truncate" as const) }),
);

export type AttackedRow = Record<string, number | string | Uint8Array | null>;

/** A film on any engine, as somebody sees it who has the database's password. */
export interface FilmUnderAttack {
  readonly row: (position: number) => Promise<AttackedRow> | AttackedRow;
  /** Runs a statement with a `?` for each value. */
  readonly run: (text: string, ...values: AttackedRow[string][]) => Promise<void> | void;
  /** Makes text of the bytes that stand for `?`. */
  readonly asText: string;
  /** Whether an error says that the table takes no such row. */
  readonly isForbidden: (error: unknown) => boolean;
}

/** Tampers with the event at a position. Answers false where a constraint of the table forbids it. */
export async function tamper(
  film: FilmUnderAttack,
  tampering: Tampering,
  position: number,
  head: number,
): Promise<boolean> {
  try {
    return await attack(film, tampering, position, head);
  } catch (error) {
    if (film.isForbidden(error)) return false;
    throw error;
  }
}

async function attack(
  film: FilmUnderAttack,
  tampering: Tampering,
  position: number,
  head: number,
): Promise<boolean> {
  const { run } = film;
  switch (tampering.kind) {
    case "flip": {
      const { column, bit } = tampering;
      await run(
        `UPDATE event_store SET ${column} = ${TEXTS.has(column) ? film.asText : "?"}
         WHERE position = ?`,
        flipped((await film.row(position))[column]!, bit),
        position,
      );
      return true;
    }
    case "delete":
      await run("DELETE FROM event_store WHERE position = ?", position);
      return true;
    case "duplicate":
      await run(
        `INSERT INTO event_store
         SELECT (SELECT max(position) + 1 FROM event_store), stream,
           (SELECT max(version) + 1 FROM event_store WHERE stream = e.stream), type, data, sealed,
           metadata, created_at, hash
         FROM event_store e WHERE position = ?`,
        position,
      );
      return true;
    case "swap": {
      const other = 1 + tampering.with % head;
      if (other === position) return false;
      await run("UPDATE event_store SET position = -1 WHERE position = ?", position);
      await run("UPDATE event_store SET position = ? WHERE position = ?", position, other);
      await run("UPDATE event_store SET position = ? WHERE position = -1", other);
      return true;
    }
    case "rewrite":
      await rewrite(film, position, head);
      return true;
    case "truncate":
      await run("DELETE FROM event_store WHERE position >= ?", position);
      return true;
  }
}

/** A value with one bit changed; of nothing, a byte. */
function flipped(value: AttackedRow[string], bit: number): AttackedRow[string] {
  if (typeof value === "number") return value ^ (1 << (bit % 31));
  if (value === null) return new Uint8Array([bit & 255]);
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value.slice();
  bytes[(bit >> 3) % bytes.length]! ^= 1 << (bit & 7);
  return bytes;
}

/** Changes an event, and then every hash from there on, as somebody who knows how would. */
async function rewrite({ row, run }: FilmUnderAttack, position: number, head: number) {
  await run("UPDATE event_store SET created_at = '2001' WHERE position = ?", position);
  let hash = position === 1 ? new Uint8Array(32) : (await row(position - 1)).hash as Uint8Array;
  for (let at = position; at <= head; at++) {
    hash = hashOf(hash, await row(at) as unknown as Hashed);
    await run("UPDATE event_store SET hash = ? WHERE position = ?", hash, at);
  }
}

/**
 * Asserts that of so many random tamperings each is found, and that every kind was tried.
 *
 * @param findingsOf tampers, and answers how many findings there are then; may refuse with `fc.pre`
 */
export async function assertAllFound(
  { runs, head }: { readonly runs: number; readonly head: number },
  findingsOf: (tampering: Tampering, position: number) => Promise<number>,
): Promise<void> {
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      anyTampering,
      fc.integer({ min: 1, max: head }),
      async (tampering, position) => {
        const found = await findingsOf(tampering, position);
        kinds.add(tampering.kind === "flip" ? `flip ${tampering.column}` : tampering.kind);
        assert(found > 0, `Unnoticed at ${position}`);
      },
    ),
    { numRuns: runs },
  );
  assert.equal(kinds.size, COLUMNS.length + 5, `Only ${[...kinds]} were tried`);
}
