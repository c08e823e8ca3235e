/** The operator's pages in a real browser. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { assertAccessible, assertFits } from "../support/accessibility.ts";
import { launchBrowser, newPage } from "../support/browser.ts";
import { emailOf, join, PASSWORD } from "../support/client.ts";
import { startFilmroll, type TestServer } from "../support/server.ts";

/** Enough that developing them anew takes longer than a page. */
const LIKES = 20_000;

async function logIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/auth/login`);
  await page.getByLabel("E-mail").fill(emailOf("ana"));
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("link", { name: "Home" }).waitFor();
}

async function likeALot({ filmroll: { commands } }: TestServer, by: number): Promise<void> {
  for (let sent = 0; sent < LIKES; sent += 100) {
    await Promise.all(
      Array.from(
        { length: 100 },
        () => commands.execute("ToggleLike", { by, postId: 1 }, { actor: by }),
      ),
    );
  }
}

Deno.test("the operator's pages fit every screen, axe finds nothing, and a rebuild shows how far it is", async (t) => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  await ana.post("/api/posts", { content: "Morning" });
  await using browser = await launchBrowser();
  const page = await newPage(browser, { reducedMotion: "reduce" });
  await logIn(page, server.origin);
  for (
    const path of [
      "/admin",
      "/admin/film",
      "/admin/film/1",
      "/admin/streams/post-1",
      "/admin/read-models",
    ]
  ) {
    await t.step(path, async () => {
      await page.goto(server.origin + path);
      for (const summary of await page.getByText("As a table").all()) await summary.click();
      await assertAccessible(page);
      await assertFits(page);
    });
  }
  await t.step("a rebuild", async () => {
    const bar = page.getByRole("progressbar");
    // Until there is so much to develop that it outlasts the loading of a page, on any machine.
    for (let tries = 0; tries < 5 && !await bar.isVisible(); tries++) {
      await likeALot(server, ana.id);
      await page.goto(`${server.origin}/admin/read-models`);
      await page.getByRole("button", { name: "Develop all anew" }).click();
      await page.getByText("are being developed anew").waitFor();
    }
    const first = Number(await bar.getAttribute("value"));
    await page.waitForFunction(
      (first) => Number(document.querySelector("progress")?.value ?? Infinity) > first,
      first,
    );
    await page.getByText("All read models are developed anew.").waitFor();
  });
  assert.equal((await server.filmroll.queries.ask("GetTotals", {}))!.posts, 1);
});
