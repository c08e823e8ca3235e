import assert from "node:assert/strict";
import { openFilmroll } from "../../domain/mod.ts";
import { openInMemory } from "../../domain/testing.ts";
import { inFolder } from "../../tests/support/folder.ts";
import { Importer } from "./importer.ts";

const DAY = 24 * 60 * 60 * 1000;

/** Somebody's import is under way whose archive is not in the folder; time passes as the test says. */
async function withImport(
  patience: number,
  use: (world: {
    importer: Importer;
    pass: (milliseconds: number) => void;
    ending: () => Promise<readonly [string | null, string | null]>;
  }) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    let now = Date.parse("2026-03-01T12:00:00.000Z");
    const clock = () => new Date(now);
    const store = openInMemory(clock);
    const filmroll = openFilmroll(store);
    const { commands, queries } = filmroll;
    const account = { username: "ana", email: "ana@example.org", fullName: null };
    await commands.execute("RegisterUser", { ...account, passwordHash: "hash" }, { actor: null });
    await commands.execute("StartImport", { by: 1, source: "instagram", total: 3 }, { actor: 1 });
    const pictures = { keep: () => Promise.reject(new Error("Nothing is kept")) };
    const importer = new Importer({ filmroll, pictures, folder, clock, patience });
    await importer.resume();
    await use({
      importer,
      pass: (milliseconds) => now += milliseconds,
      async ending() {
        const { outcome, problem } = (await queries.ask("GetLatestImport", { userId: 1 }))!;
        return [outcome, problem];
      },
    });
    await importer.stop();
    await store.close();
  });
}

const LOST = ["failed", "The archive was lost; send it again"];

Deno.test("an import whose archive is nowhere is ended with its reason", () =>
  withImport(0, async ({ importer, ending }) => {
    assert.deepEqual(await ending(), [null, null]);
    await importer.endLost();
    assert.deepEqual(await ending(), LOST);
  }));

Deno.test("an import whose archive may be on another node has a day to say something", () =>
  withImport(DAY, async ({ importer, pass, ending }) => {
    pass(DAY - 1);
    await importer.endLost();
    assert.deepEqual(await ending(), [null, null]);
    pass(1);
    await importer.endLost();
    assert.deepEqual(await ending(), LOST);
  }));
