/** Bringing an archive in a real browser: what is to be seen while it is taken over. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { assertAccessible, assertFits } from "../support/accessibility.ts";
import { longArchive } from "../support/archives.ts";
import { launchBrowser, newPage } from "../support/browser.ts";
import { signUp } from "../support/client.ts";
import { startFilmroll } from "../support/server.ts";

Deno.test("an archive is chosen in settings, and how far it is shows while it goes on", async () => {
  await using server = await startFilmroll();
  const { origin } = server;
  const visitor = await signUp(origin, "ana");
  await using browser = await launchBrowser();
  const page = await newPage(browser);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.setDefaultTimeout(20_000);
  await page.context().addCookies(
    Array.from(visitor.cookies, ([name, value]) => ({ name, value, url: origin })),
  );

  await page.goto(`${origin}/users/me`);
  await page.getByRole("link", { name: "Import" }).click();
  await assertAccessible(page);
  await assertFits(page);
  const buffer = Buffer.from(await (await longArchive(5000)).arrayBuffer());
  await page.getByLabel("Archive").setInputFiles({
    name: "archive.zip",
    mimeType: "application/zip",
    buffer,
  });
  await page.getByRole("button", { name: "Import" }).click();
  await page.getByRole("heading", { name: "Import under way" }).waitFor();

  const status = page.getByRole("main").getByRole("status");
  const done = async () => Number(/^(\d+) of 5000/.exec(await status.innerText())![1]);
  const first = await done();
  await page.evaluate(() => document.body.dataset.marked = "yes");
  await page.waitForFunction((first) => {
    const text = document.querySelector("main [role=status]")?.textContent ?? "";
    return document.body.dataset.marked === "yes" && Number.parseInt(text) > first;
  }, first);

  await page.getByRole("heading", { name: "Import finished" }).waitFor();
  assert.equal(await done(), 5000);
  await page.getByLabel("Archive").waitFor();
  await assertAccessible(page);
  await assertFits(page);
  assert.deepEqual(problems, []);
});
