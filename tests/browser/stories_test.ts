/** Rings and the viewer of stories, in a real browser. */
import assert from "node:assert/strict";
import type { Browser, Locator, Page } from "playwright-core";
import { assertAccessible, assertFits } from "../support/accessibility.ts";
import { launchBrowser, newPage, type PageOptions } from "../support/browser.ts";
import { accountOf, join } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { startFilmroll } from "../support/server.ts";

/** A server where Ana (1) has told three stories and Cleo (2) one, both followed by Ben (3). */
async function startStories() {
  const server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const cleo = await join(server.origin, "cleo");
  const ben = await join(server.origin, "ben");
  for (const id of [1, 2]) await ben.post(`/api/follow/${id}`);
  await cleo.post("/api/stories", { content: "Evening" });
  for (const content of ["First", "Second #sea", "Third"]) {
    await ana.post("/api/stories", { content });
  }
  return { ...server, ana, ben, [Symbol.asyncDispose]: server.stop };
}

/** Somebody logged in, at their feed. */
async function visit(
  browser: Browser,
  origin: string,
  username: string,
  options: PageOptions = {},
): Promise<Page> {
  const page = await newPage(browser, options);
  page.setDefaultTimeout(10_000);
  await page.goto(`${origin}/auth/login`);
  const { email, password } = accountOf(username);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL(`${origin}/`);
  return page;
}

const ring = (page: Page, name: string): Locator =>
  page.getByRole("navigation", { name: "Stories" }).getByRole("link", { name });

/** The viewer showing one of a person's stories, its clock running. */
const shows = (page: Page, text: string): Promise<void> =>
  page.locator(".stage-media").getByText(text).waitFor();

const running = (page: Page): Promise<unknown> => page.locator(".bars-running").waitFor();

/** States of the animations that are the viewer's clock. */
const clocks = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document.getAnimations().filter((animation) => animation instanceof CSSAnimation)
      .map(({ playState }) => playState)
  );

/** Lets the time of the story that is shown run out. */
async function runOut(page: Page): Promise<void> {
  await running(page);
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
}

Deno.test("a ring tells seen from unseen, and the viewer moves on by itself", async () => {
  await using server = await startStories();
  await using browser = await launchBrowser();
  const page = await visit(browser, server.origin, "ben");

  await ring(page, "ana not seen yet").click();
  await page.waitForURL(/\/stories\/2$/);
  await page.evaluate(() => document.body.dataset.same = "page");
  for (const [text, path] of [["First", 2], ["Second", 3], ["Third", 4]] as const) {
    await shows(page, text);
    await page.waitForURL(`${server.origin}/stories/${path}`);
    await runOut(page);
  }
  await page.waitForURL(/\/stories\/1$/);
  await shows(page, "Evening");
  assert.equal(await page.title(), "Story by cleo · Filmroll");
  assert.equal(await page.locator("body").getAttribute("data-same"), "page");
  await runOut(page);
  await page.waitForURL(`${server.origin}/#stories-of-2`);
  await ring(page, "ana seen").waitFor();
  await ring(page, "cleo seen").waitFor();

  const { body } = await server.ana.get<{ view_count: number }[]>("/api/stories");
  assert.deepEqual(body.map(({ view_count }) => view_count), [1, 1, 1]);
  await page.goBack();
  assert.equal(new URL(page.url()).pathname, "/", "the viewer is left behind");
});

Deno.test("the viewer pages by taps and arrow keys, and Esc gives the focus back", async () => {
  await using server = await startStories();
  await using browser = await launchBrowser();
  const page = await visit(browser, server.origin, "ben", {
    viewport: { width: 390, height: 844 },
  });
  await ring(page, "ana").click();
  await shows(page, "First");
  await running(page);

  await page.mouse.click(350, 500);
  await shows(page, "Second");
  await page.mouse.click(40, 500);
  await shows(page, "First");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await shows(page, "Second");
  await page.getByRole("button", { name: "Next story" }).press("Enter");
  await shows(page, "Third");
  await page.keyboard.press("ArrowLeft");
  await shows(page, "Second");
  assert.equal(
    await page.getByRole("link", { name: "#sea" }).getAttribute("href"),
    "/search/posts/hashtag/sea",
  );

  await page.keyboard.press("Escape");
  await page.waitForURL(`${server.origin}/#stories-of-1`);
  await page.waitForFunction(() => document.activeElement?.id === "stories-of-1");
});

Deno.test("a story stands while it is held, or paused, and a hold is no tap", async () => {
  await using server = await startStories();
  await using browser = await launchBrowser();
  const page = await visit(browser, server.origin, "ben");
  await ring(page, "ana").click();
  await running(page);
  assert.deepEqual(await clocks(page), ["running"]);

  await page.mouse.move(700, 400);
  await page.mouse.down();
  await page.locator(".stage-paused").waitFor();
  assert.deepEqual(await clocks(page), ["paused"]);
  const start = await page.evaluate(() => performance.now());
  await page.waitForFunction((start) => performance.now() - start > 350, start);
  await page.mouse.up();
  await page.locator(".stage-frame:not(.stage-paused)").waitFor();
  assert.deepEqual(await clocks(page), ["running"]);
  await shows(page, "First");

  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Play" }).waitFor();
  assert.deepEqual(await clocks(page), ["paused"]);
  await page.getByRole("button", { name: "Play" }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();
  assert.deepEqual(await clocks(page), ["running"]);
});

Deno.test("under reduced motion no story moves on by itself", async () => {
  await using server = await startStories();
  await using browser = await launchBrowser();
  const page = await visit(browser, server.origin, "ben", { reducedMotion: "reduce" });
  await ring(page, "ana").click();
  await running(page);
  assert.deepEqual(await clocks(page), []);
  assert.equal(await page.getByRole("button", { name: "Pause" }).count(), 0);
  await page.keyboard.press("ArrowRight");
  await shows(page, "Second");
});

Deno.test("a story's time begins when its picture is there", async () => {
  await using server = await startStories();
  await using browser = await launchBrowser();
  await server.ana.post("/api/stories", { image_url: "https://pictures.example/slow.png" });
  const page = await visit(browser, server.origin, "ben");
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  await page.route("https://pictures.example/**", async (route) => {
    asked.resolve();
    await answer.promise;
    await route.abort();
  });
  await page.goto(`${server.origin}/stories/5`, { waitUntil: "commit" });
  await asked.promise;
  await page.getByRole("button", { name: "Pause" }).waitFor();
  assert.deepEqual(await clocks(page), []);
  answer.resolve();
  await running(page);
});

Deno.test("15. deleting a story can be undone, and then is final", async () => {
  await using server = await startStories();
  await using browser = await launchBrowser();
  const page = await visit(browser, server.origin, "ana");
  const tile = page.getByRole("link", { name: "Second #sea" });
  const toast = page.getByRole("status").filter({ hasText: "Story deleted" });
  const remove = async () => {
    await page.goto(`${server.origin}/stories/3`);
    await running(page);
    await page.getByRole("button", { name: "Delete story" }).click();
    await page.waitForURL(`${server.origin}/stories`);
    await tile.waitFor({ state: "hidden" });
  };

  await remove();
  await toast.getByRole("button", { name: "Undo" }).click();
  await tile.waitFor();
  assert.ok(await tile.evaluate((link) => link === document.activeElement));
  assert.equal((await server.ana.get("/api/stories/3")).status, 200);

  await remove();
  await toast.getByRole("button", { name: "Dismiss" }).click();
  await eventually(
    "the story to be gone",
    async () => (await server.ana.get("/api/stories/3")).status === 404,
  );
});

Deno.test("axe finds nothing on the pages of stories", async (t) => {
  await using server = await startStories();
  await using browser = await launchBrowser();
  await server.ben.post("/api/stories", { content: "Mine", image_url: "/media/none.webp" });
  await server.ana.post("/api/follow/3");
  await server.ana.post("/api/stories/5/views");
  const page = await visit(browser, server.origin, "ben", { reducedMotion: "reduce" });
  const paths = ["/", "/stories", "/stories/feed", "/stories/new", "/stories/3", "/stories/5"];
  for (const path of [...paths, "/stories/5/views"]) {
    await t.step(path, async () => {
      await page.goto(server.origin + path);
      await assertAccessible(page);
      await assertFits(page);
    });
  }
});
