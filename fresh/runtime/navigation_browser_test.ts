import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { visitApp } from "../testdata/serve.ts";

Deno.test("client navigation in a browser", async (t) => {
  await using visit = await visitApp();

  /** Opens a page below `f-client-nav`, marked so that a full load can be told from an update. */
  async function open(path: string): Promise<Page> {
    const page = await visit.open(path, { viewport: { width: 800, height: 400 } });
    await page.click(".counter button >> nth=0");
    await page.waitForFunction(() => document.querySelector("label")!.textContent === "Outside: 1");
    await page.evaluate(() => Object.assign(globalThis, { stayed: true }));
    return page;
  }
  const stayed = (page: Page) => page.evaluate(() => "stayed" in globalThis);
  const heading = (page: Page, text: string) => page.waitForSelector(`h1:text-is("${text}")`);
  const link = (page: Page, name: string) => page.click(`nav a:text-is("${name}")`);
  const path = (page: Page) => page.url().slice(visit.origin.length);

  await t.step("a link exchanges the partial and leaves the rest", async () => {
    const page = await open("/nav/a");
    await link(page, "B");
    await heading(page, "B");
    assert.equal(path(page), "/nav/b");
    assert.equal(await stayed(page), true);
    assert.deepEqual(await page.locator("label").allTextContents(), ["Outside: 1", "Inside: 0"]);
    await page.locator(".counter button").nth(1).click();
    assert.deepEqual(await page.locator("label").allTextContents(), ["Outside: 1", "Inside: 1"]);
  });

  await t.step("the head follows the page", async () => {
    const page = await open("/nav/a");
    assert.equal(await page.getAttribute('meta[name="description"]', "content"), "About A");
    await link(page, "B");
    await heading(page, "B");
    assert.equal(await page.title(), "Page B");
    assert.equal(await page.getAttribute('meta[name="description"]', "content"), "A fixture");
    assert.equal(await page.locator('meta[property="og:title"]').count(), 0);
    await link(page, "A");
    await heading(page, "A");
    assert.equal(await page.locator("head title").count(), 1);
    assert.equal(await page.locator('meta[property="og:title"]').count(), 1);
    assert.equal(await page.locator("head link").count(), 1);
  });

  await t.step("links say which page is the current one", async () => {
    const page = await open("/nav/a");
    const current = () =>
      page.locator("nav a[aria-current=page]").evaluateAll((all) => all.map((a) => a.textContent));
    assert.deepEqual(await current(), ["A", "Fragment"]);
    await link(page, "B");
    await heading(page, "B");
    assert.deepEqual(await current(), ["B", "Ordinary"]);
  });

  await t.step("back and forward restore content and scrolling", async () => {
    const page = await open("/nav/long");
    await page.evaluate(() => scrollTo(0, 1234));
    await page.waitForFunction(() => history.state.scrollY === 1234);
    await page.evaluate(() => document.querySelector<HTMLElement>("nav a")!.click());
    await heading(page, "A");
    assert.equal(await page.evaluate(() => scrollY), 0);
    await page.goBack();
    await heading(page, "Long");
    await page.waitForFunction(() => scrollY === 1234);
    await page.goForward();
    await heading(page, "A");
    assert.equal(await stayed(page), true);
    await page.waitForFunction(() => scrollY === 0);
  });

  await t.step("a fragment in the address is scrolled to", async () => {
    const page = await open("/nav/a");
    await link(page, "End");
    await heading(page, "Long");
    await page.waitForFunction(() =>
      document.querySelector("#end")!.getBoundingClientRect().top < innerHeight
    );
    assert.equal(path(page), "/nav/long#end");
  });

  await t.step("f-partial fetches another URL than the one shown", async () => {
    const page = await open("/nav/b");
    await link(page, "Fragment");
    await heading(page, "Fragment");
    assert.equal(path(page), "/nav/a");
    assert.equal(await page.title(), "Page B");
  });

  await t.step("a button appends to a partial, and what it brings is alive", async () => {
    const page = await open("/nav/a");
    await page.click("text=More");
    await page.click("text=More");
    await page.waitForFunction(() => document.querySelectorAll("li").length === 3);
    await page.locator("li button").nth(1).click();
    assert.deepEqual(await page.locator("li").allTextContents(), [
      "first",
      "Added: 0+",
      "Added: 1+",
    ]);
    assert.equal(path(page), "/nav/a");
  });

  await t.step("a form is sent with its button, and its redirect followed", async () => {
    const page = await open("/nav/b");
    await page.fill("[name=word]", "hello");
    await page.click("text=Say loudly");
    await page.waitForSelector("#said:text-is('hello loudly')");
    assert.equal(path(page), "/nav/b?said=hello%20loudly");
    assert.equal(await stayed(page), true);
    await page.goBack();
    await page.waitForSelector("#said:text-is('nothing')");
  });

  await t.step("of two navigations the later one wins, whichever answers first", async () => {
    const page = await open("/nav/long");
    const held = Promise.withResolvers<void>();
    await page.route("**/nav/a?*", async (route) => {
      await held.promise;
      await route.continue().catch(() => {});
    });
    await link(page, "A");
    await link(page, "B");
    await heading(page, "B");
    held.resolve();
    await page.evaluate(() => fetch("/nav/long"));
    assert.equal(await page.textContent("h1"), "B");
    assert.equal(path(page), "/nav/b");
    assert.equal(await stayed(page), true);
  });

  await t.step("a page without partials is loaded by the browser", async () => {
    const page = await open("/nav/a");
    await link(page, "Plain");
    await heading(page, "Plain");
    assert.equal(await stayed(page), false);
  });

  await t.step("a failing request falls back to a full load", async () => {
    const page = await open("/nav/a");
    await page.route("**/nav/b?fresh-partial=true", (route) => route.abort());
    await link(page, "B");
    await heading(page, "B");
    assert.equal(await stayed(page), false);
    assert.equal(path(page), "/nav/b");
  });

  await t.step("f-client-nav={false} leaves a link to the browser", async () => {
    const page = await open("/nav/a");
    await link(page, "Ordinary");
    await heading(page, "B");
    assert.equal(await stayed(page), false);
  });

  await t.step("everything works without script", async () => {
    const page = await visit.open("/nav/a", { javaScript: false });
    await link(page, "B");
    await page.fill("[name=word]", "hello");
    await page.click("text=Say softly");
    assert.equal(await page.textContent("#said"), "hello softly");
  });

  const unexpected = visit.errors.filter((text) => !text.includes("net::ERR_FAILED"));
  assert.deepEqual(unexpected, []);
});
