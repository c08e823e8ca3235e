import assert from "node:assert/strict";
import { StoreUnavailable } from "../domain/event_store/event_store.ts";
import { StorageUnavailable } from "../media/storage.ts";
import { type Fault, faultOf, Faults } from "./faults.ts";

/** Faults whose log and clock the test holds. */
function faultsAt(start = 0) {
  let now = start;
  const lines: string[] = [];
  const faults = new Faults(
    () => new Date(now),
    (level, message, facts) => lines.push(`${level}: ${message} (${facts?.times})`),
  );
  return { faults, lines, wait: (seconds: number) => void (now += seconds * 1000) };
}

const full = new StoreUnavailable("Cannot record: database or disk is full");

Deno.test("faults are known by the codes and the words of the operating system", () => {
  const coded = (code: string) => Object.assign(new Error(`${code}: open 'a'`), { code });
  const cases: [unknown, Fault | null][] = [
    [full, "database"],
    [new StorageUnavailable("The pictures' store does not answer"), "pictures"],
    [coded("EMFILE"), "descriptors"],
    [new Deno.errors.Http("Error: Too many open files (os error 24)"), "descriptors"],
    [coded("ENOSPC"), "disk"],
    [new Error("No space left on device (os error 28)"), "disk"],
    [new Error("Read-only file system (os error 30): open 'a'"), "disk"],
    [new Deno.errors.NotFound("No such file or directory (os error 2): open 'a'"), null],
    [new Error("Something else"), null],
    ["a text", null],
  ];
  for (const [error, fault] of cases) assert.equal(faultOf(error), fault, String(error));
});

Deno.test("a fault that comes a thousand times is logged once a minute, and once it is over", () => {
  const { faults, lines, wait } = faultsAt();
  for (let times = 0; times < 1000; times++) assert.ok(faults.met(full));
  assert.deepEqual(lines, ["error: The database cannot be used (1)"]);
  wait(61);
  faults.met(full);
  assert.deepEqual(lines.slice(1), ["error: The database cannot be used (1000)"]);
  faults.met(full);
  faults.over("database");
  faults.over("database");
  assert.deepEqual(lines.slice(2), ["warn: No longer: The database cannot be used (1)"]);
});

Deno.test("a fault that comes and goes all the time is logged twice a minute at most", () => {
  const { faults, lines } = faultsAt();
  for (let times = 0; times < 1000; times++) {
    faults.met(full);
    faults.over("database");
  }
  assert.equal(lines.length, 2);
});

Deno.test("what is no fault is left to others", () => {
  const { faults, lines } = faultsAt();
  assert.equal(faults.met(new Error("Something else")), false);
  assert.deepEqual(lines, []);
});
