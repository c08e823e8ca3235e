import { deletedPost, given, registered } from "../testing.ts";
import type { ImportEvent } from "./events.ts";

const started: ImportEvent = {
  type: "ImportStarted",
  data: { importId: 1, userId: 1, source: "instagram", total: 9 },
};

const advanced = (done: number, skipped = 0): ImportEvent => ({
  type: "ImportAdvanced",
  data: { importId: 1, userId: 1, done, skipped },
});

const ended = (
  outcome: "finished" | "stopped" | "failed",
  done: number,
  problem: string | null = null,
): ImportEvent => ({
  type: "ImportEnded",
  data: { importId: 1, userId: 1, done, skipped: 0, outcome, problem },
});

const start = { by: 1, source: "instagram", total: 9 } as const;

Deno.test("StartImport begins an import", () =>
  given(registered(1)).when("StartImport", start).then([started]));

Deno.test("StartImport refuses a second while one is under way", () =>
  given(registered(1), started, advanced(3)).when("StartImport", start).thenRefuses("refused"));

Deno.test("StartImport begins another once the one before has ended", () =>
  given(registered(1), started, ended("failed", 3)).when("StartImport", start)
    .then([started]));

Deno.test("StartImport refuses who is nobody", () =>
  given(deletedPost(1, 2)).when("StartImport", start).thenRefuses("not_found"));

Deno.test("AdvanceImport says how far an import is, and nothing where that is said", async () => {
  const far = { by: 1, importId: 1, done: 3, skipped: 1 };
  await given(registered(1), started).when("AdvanceImport", far).then([advanced(3, 1)]);
  await given(registered(1), started, advanced(3, 1)).when("AdvanceImport", far).then([]);
});

Deno.test("AdvanceImport says nothing of an import that has ended", () =>
  given(registered(1), started, ended("stopped", 2))
    .when("AdvanceImport", { by: 1, importId: 1, done: 3, skipped: 0 }).then([]));

Deno.test("EndImport ends what is under way, well or not", async () => {
  const end = { by: 1, importId: 1, done: 9, skipped: 0 };
  await given(registered(1), started).when("EndImport", { ...end, problem: null })
    .then([ended("finished", 9)]);
  await given(registered(1), started).when("EndImport", { ...end, problem: "It is broken" })
    .then([ended("failed", 9, "It is broken")]);
  await given(registered(1), started, ended("stopped", 2)).when("EndImport", {
    ...end,
    problem: null,
  })
    .then([]);
});

Deno.test("StopImport leaves it at what is done", () =>
  given(registered(1), started, advanced(4)).when("StopImport", { by: 1 })
    .then([ended("stopped", 4)]));

Deno.test("StopImport refuses where nothing is under way", () =>
  given(registered(1)).when("StopImport", { by: 1 }).thenRefuses("not_found"));
