import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { visitApp } from "../testdata/serve.ts";

const counts = (page: Page) => page.locator(".counter label").allTextContents();

Deno.test("islands in a browser", async (t) => {
  await using visit = await visitApp();

  await t.step("a page shows the same with and without script", async () => {
    const still = await visit.open("/islands", { javaScript: false });
    const live = await visit.open("/islands");
    await live.waitForSelector("[data-ready]");
    assert.equal(await still.textContent("main"), await live.textContent("main"));
  });

  const page = await visit.open("/islands");
  const button = (n: number) => page.locator(".counter button").nth(n);

  await t.step("hydration keeps the elements that the server sent", async () => {
    const fresh = await visit.open("/plain");
    await fresh.route("**/*.js", async (route) => {
      await held.promise;
      await route.continue();
    });
    const held = Promise.withResolvers<void>();
    await fresh.goto(`${visit.origin}/islands`, { waitUntil: "commit" });
    await fresh.waitForSelector("#frsh-state", { state: "attached" });
    await fresh.evaluate(() => {
      const all = document.querySelectorAll("main *");
      Object.assign(globalThis, { before: [...all] });
    });
    await fresh.fill("#typed", "typed by a person");
    held.resolve();
    await fresh.waitForSelector("[data-ready]");
    assert.ok(
      await fresh.evaluate(() => {
        const { before } = globalThis as unknown as { before: Element[] };
        const after = [...document.querySelectorAll("main *")];
        return before.length === after.length && before.every((element, i) => element === after[i]);
      }),
    );
    assert.equal(await fresh.inputValue("#typed"), "typed by a person");
  });

  await t.step("instances of an island have states of their own", async () => {
    await button(0).click();
    assert.deepEqual((await counts(page)).slice(0, 2), ["Own: 1", "Shared: 5"]);
  });

  await t.step("a signal passed to two islands is shared by them", async () => {
    await button(1).click();
    assert.deepEqual((await counts(page)).slice(1, 3), ["Shared: 6", "Also shared: 6"]);
  });

  await t.step("a module that two islands import is one module", async () => {
    assert.equal(await page.textContent("output"), "2");
  });

  await t.step("an island in the children of another one is alive", async () => {
    await button(3).click();
    assert.equal((await counts(page))[3], "Nested: 1");
  });

  await t.step("children keep their state while the island around them renders", async () => {
    const toggle = page.locator(".toggle");
    await toggle.nth(1).click();
    assert.equal((await counts(page))[4], "Hidden: 6");
    await button(4).click();
    assert.equal((await counts(page))[1], "Shared: 7");
    assert.equal((await counts(page))[3], "Nested: 1");
  });

  await t.step("children come back after their island hid them", async () => {
    const toggle = page.locator(".toggle").first();
    await toggle.click();
    assert.equal(await page.locator("#static").count(), 0);
    await toggle.click();
    assert.equal(await page.textContent("#static"), "Static text");
    assert.equal(await page.inputValue("#typed"), "typed");
    await button(3).click();
    assert.equal((await counts(page))[3], "Nested: 1");
  });

  await t.step("ids from useId are unique on the page and join label and control", async () => {
    const ids = await page.locator("[id^=P]").evaluateAll((all) => all.map(({ id }) => id));
    assert.equal(new Set(ids).size, ids.length);
    await page.locator("label").first().click();
    assert.equal((await counts(page))[0], "Own: 2");
  });

  await t.step("Head in an island follows its state", async () => {
    assert.equal(await page.title(), "Islands");
    await page.fill("[data-ready]", "Renamed");
    await page.waitForFunction(() => document.title === "Renamed");
    const descriptions = await page.locator('meta[name="description"]').evaluateAll((all) =>
      all.map((meta) => (meta as HTMLMetaElement).content)
    );
    assert.deepEqual(descriptions, ["About Renamed"]);
  });

  await t.step("asset has the same hash in the browser as on the server", async () => {
    assert.match(
      (await page.getAttribute("form img", "src"))!,
      /^\/logo\.svg\?__frsh_c=[0-9a-f]+$/,
    );
  });

  await t.step("a page without islands loads no script", async () => {
    const plain = await visit.open("/plain");
    assert.equal(await plain.locator("script").count(), 0);
  });

  assert.deepEqual(visit.errors, []);
});
