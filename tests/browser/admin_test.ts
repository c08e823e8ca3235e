/** The operator's pages in a real browser. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { StoreStatus } from "../../web/watching/operating.ts";
import { assertAccessible, assertFits } from "../support/accessibility.ts";
import { launchBrowser, newPage } from "../support/browser.ts";
import { emailOf, join, PASSWORD } from "../support/client.ts";
import { startFilmroll } from "../support/server.ts";

async function logIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/auth/login`);
  await page.getByLabel("E-mail").fill(emailOf("ana"));
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("link", { name: "Home" }).waitFor();
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
    const { operating } = server;
    const status = operating.status.bind(operating);
    let rebuild: StoreStatus["rebuild"] = null;
    // One that goes on just when this test says so; tests/admin_test.ts shows a real one.
    operating.status = async () => ({ ...await status(), rebuild });
    operating.rebuild = () => rebuild = { position: 0, head: 200 };

    await page.goto(`${server.origin}/admin/read-models`);
    await page.getByRole("button", { name: "Develop all anew" }).click();
    await page.getByText("are being developed anew").waitFor();
    await page.getByText("0 of 200 events").waitFor();
    rebuild = { position: 150, head: 200 };
    await page.getByText("150 of 200 events").waitFor();
    assert.equal(await page.getByRole("progressbar").getAttribute("value"), "150");
    rebuild = null;
    await page.getByText("All read models are developed anew.").waitFor();
  });
});
