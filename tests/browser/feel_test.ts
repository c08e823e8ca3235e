/** The rest of the checklist that one feels: keys, undo, waiting and being offline, by its numbers. */
import assert from "node:assert/strict";
import type { Browser, Locator, Page } from "playwright-core";
import { launchBrowser, newPage, type PageOptions } from "../support/browser.ts";
import { join, type Person, signUp, type Visitor } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { startFilmroll, type TestServer } from "../support/server.ts";

const POSTS = 25;

interface Scene {
  readonly server: TestServer;
  readonly ana: Person;
  readonly ben: Visitor;
  /** Opens a page as Ben, and waits until its islands listen. */
  open(path: string, options?: PageOptions): Promise<Page>;
}

/** Ana has 25 posts; Ben follows her, has a post (26) of his own and has commented on it (1). */
async function withScene(browser: Browser, act: (scene: Scene) => Promise<void>): Promise<void> {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  for (let i = 1; i <= POSTS; i++) await ana.post("/api/posts", { content: `Frame ${i}` });
  const ben = await signUp(server.origin, "ben");
  for (
    const [path, fields] of [
      ["/follow/1", {}],
      ["/posts", { content: "Mine" }],
      ["/posts/26/comments", { content: "My own comment" }],
    ] as const
  ) {
    const response = await ben.request(path, {
      method: "POST",
      body: new URLSearchParams({ ...fields }),
    });
    await response.body?.cancel();
  }
  const problems: string[] = [];
  const pages: Page[] = [];
  async function open(path: string, options: PageOptions = {}): Promise<Page> {
    const page = await newPage(browser, options);
    pages.push(page);
    page.setDefaultTimeout(10_000);
    page.on("pageerror", (error) => problems.push(`${path}: ${error.message}`));
    await page.context().addCookies(
      Array.from(ben.cookies, ([name, value]) => ({ name, value, url: server.origin })),
    );
    // Time goes on as usual, and can be sent ahead.
    await page.clock.install();
    await page.goto(server.origin + path);
    if (options.javaScript !== false) await hydrated(page);
    return page;
  }
  await act({ server, ana, ben, open });
  assert.deepEqual(problems, []);
  for (const page of pages) await page.context().close();
}

const hydrated = (page: Page) =>
  page.waitForFunction(() => document.readyState === "complete").then(() =>
    page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 500 })))
  );

const focusedId = (page: Page) => page.evaluate(() => document.activeElement?.id);
const post = (page: Page, id: number) => page.locator(`#post-${id}`);
const toast = (page: Page) => page.getByRole("status").locator(".toast");
const undo = (page: Page) => toast(page).getByRole("button", { name: "Undo" });

const undoFocused = (page: Page) =>
  page.waitForFunction(() => document.activeElement?.textContent === "Undo");

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

async function deleteByMenu(card: Locator): Promise<void> {
  await card.getByRole("button", { name: "Options" }).click();
  await card.getByRole("button", { name: "Delete post" }).click();
}

const gone = (reader: Person, path: string) =>
  eventually(`"${path}" to be gone`, async () => (await reader.get(path)).status === 404);

Deno.test("the feel of the interface", async (t) => {
  await using browser = await launchBrowser();
  const step = (name: string, act: (scene: Scene) => Promise<void>) =>
    t.step(name, () => withScene(browser, act));

  await step("4. j and k move between posts, l likes and c comments", async ({ ana, open }) => {
    const page = await open("/");
    await press(page, "j");
    assert.equal(await focusedId(page), "post-26");
    await press(page, "j", "j");
    assert.equal(await focusedId(page), "post-24");
    const { y } = (await post(page, 24).boundingBox())!;
    assert.ok(y >= 0 && y < 100, `The post begins ${y} px below the top`);
    await press(page, "k");
    assert.equal(await focusedId(page), "post-25");
    await press(page, "l");
    await post(page, 25).getByRole("button", { name: "Like", pressed: true }).waitFor();
    await eventually(
      "a like",
      async () => (await ana.get<{ like_count: number }>("/api/posts/25")).body.like_count === 1,
    );
    await press(page, "c");
    await page.waitForURL("**/posts/25#comment-content");
    await page.waitForFunction(() => document.activeElement?.id === "comment-content");
  });

  await step("4. j goes on into posts that are loaded meanwhile", async ({ open }) => {
    const page = await open("/");
    for (let id = 26; id >= 4; id--) {
      await post(page, id).waitFor();
      await press(page, "j");
      assert.equal(await focusedId(page), `post-${id}`);
    }
  });

  await step("4. / searches, from any page", async ({ server, open }) => {
    const page = await open("/posts/3");
    await press(page, "/");
    await page.waitForURL("**/search#search");
    await page.waitForFunction(() => document.activeElement?.id === "search");
    await page.keyboard.type("jkl/?");
    assert.equal(await page.getByRole("combobox").inputValue(), "jkl/?");
    await page.goto(`${server.origin}/search`);
    await hydrated(page);
    await press(page, "/");
    assert.equal(await focusedId(page), "search");
  });

  await step("4. keys do nothing while one types, nor with Control or Alt", async ({ open }) => {
    const page = await open("/posts/3");
    await page.getByLabel("Add a comment").focus();
    await page.keyboard.type("jlk?");
    assert.equal(await page.getByLabel("Add a comment").inputValue(), "jlk?");
    await page.locator("#main").focus();
    await press(page, "Control+l", "Alt+l", "Meta+l");
    assert.equal(await page.getByRole("button", { name: "Like", pressed: true }).count(), 0);
    assert.equal(await page.getByRole("dialog").count(), 0);
  });

  await step("4. the shortcuts can be turned off in this browser", async ({ server, open }) => {
    const page = await open("/users/me");
    const box = page.getByRole("switch", { name: "Single-key shortcuts" });
    assert.ok(await box.isChecked());
    await box.uncheck();
    await page.goto(`${server.origin}/`);
    await hydrated(page);
    await press(page, "j", "l", "?");
    assert.equal(await focusedId(page), "");
    assert.equal(await page.getByRole("dialog").count(), 0);
    await page.goto(`${server.origin}/users/me`);
    await hydrated(page);
    assert.equal(await box.isChecked(), false);
    await box.check();
    await page.locator("#main").focus();
    await press(page, "?");
    await page.getByRole("dialog").waitFor();
  });

  await step(
    "4. and 5. ? lists the shortcuts in a dialog; Escape closes it and gives the focus back",
    async ({ open }) => {
      const page = await open("/");
      await press(page, "j", "?");
      const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
      await dialog.waitFor();
      await press(page, "l", "j");
      assert.equal(await dialog.locator("kbd").count(), 8);
      await press(page, "Escape");
      await dialog.waitFor({ state: "hidden" });
      assert.equal(await focusedId(page), "post-26");
      assert.equal(await page.getByRole("button", { name: "Like", pressed: true }).count(), 0);
    },
  );

  await step("5. Escape closes a menu and gives the focus back", async ({ open }) => {
    const page = await open("/");
    const options = post(page, 26).getByRole("button", { name: "Options" });
    await options.focus();
    await press(page, "Enter");
    await page.getByRole("button", { name: "Delete post" }).waitFor();
    await press(page, "Tab", "Escape");
    await page.getByRole("button", { name: "Delete post" }).waitFor({ state: "hidden" });
    assert.ok(await options.evaluate((button) => button === document.activeElement));
  });

  await step("10. relative times refresh", async ({ open }) => {
    const page = await open("/posts/26");
    const time = page.locator(".post-time time");
    assert.equal(await time.textContent(), "now");
    await page.clock.fastForward("05:30");
    await page.waitForFunction(() =>
      document.querySelector(".post-time time")?.textContent === "5m"
    );
    assert.match(await time.getAttribute("title") ?? "", / at \d\d:\d\d UTC$/);
  });

  await step("14. a skeleton shows only after 200 ms", async ({ open }) => {
    const page = await open("/");
    const answer = Promise.withResolvers<void>();
    await page.route("**/api/feed?*", async (route) => {
      await answer.promise;
      await route.continue();
    });
    const shownAfter = await page.evaluate(() => {
      const skeleton = () => document.querySelector(".skeleton");
      return new Promise<number>((resolve) => {
        let start: number | undefined;
        const look = () => {
          const element = skeleton();
          if (element !== null) start ??= performance.now();
          if (element !== null && getComputedStyle(element).opacity === "1") {
            resolve(performance.now() - start!);
          } else requestAnimationFrame(look);
        };
        look();
        scrollTo(0, document.body.scrollHeight);
      });
    });
    assert.ok(shownAfter > 150 && shownAfter < 1_000, `Shown after ${shownAfter} ms`);
    answer.resolve();
    await post(page, 6).waitFor();
    assert.equal(await page.locator(".skeleton").count(), 0);
  });

  await step(
    "15. a deleted post is gone at once and can be had back for five seconds",
    async ({ ana, open }) => {
      const page = await open("/");
      await deleteByMenu(post(page, 26));
      await post(page, 26).waitFor({ state: "hidden" });
      assert.match(await toast(page).textContent() ?? "", /Post deleted/);
      await page.clock.fastForward(5_000);
      assert.equal((await ana.get("/api/posts/26")).status, 200);
      await undo(page).click();
      await post(page, 26).waitFor();
      assert.equal(
        await page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
        "Options",
      );
      assert.equal(await toast(page).count(), 0);
      await page.reload();
      await post(page, 26).waitFor();
    },
  );

  await step("15. what is not undone is deleted for good", async ({ ana, open }) => {
    const page = await open("/");
    await deleteByMenu(post(page, 26));
    await page.mouse.move(0, 0);
    await undo(page).waitFor();
    await page.clock.fastForward(7_100);
    await toast(page).waitFor({ state: "detached" });
    await gone(ana, "/api/posts/26");
    await page.reload();
    assert.equal(await post(page, 26).count(), 0);
  });

  await step(
    "15. leaving the page settles what was deleted on it",
    async ({ server, ana, open }) => {
      const page = await open("/");
      await deleteByMenu(post(page, 26));
      await undo(page).waitFor();
      await page.goto(`${server.origin}/@ben`);
      await gone(ana, "/api/posts/26");
      await page.locator(".tile").waitFor({ state: "hidden" });
    },
  );

  await step(
    "15. a deletion that was cut off with its page is sent by the next one",
    async ({ server, ana, open }) => {
      const page = await open("/");
      await page.evaluate(() => globalThis.fetch = () => new Promise(() => {}));
      await deleteByMenu(post(page, 26));
      await undo(page).waitFor();
      await page.goto(`${server.origin}/@ben`);
      await gone(ana, "/api/posts/26");
      await page.locator(".tile").waitFor({ state: "hidden" });
    },
  );

  await step(
    "15. deleted from its own page, a post can be had back where that leads",
    async ({ ana, open }) => {
      const page = await open("/posts/26");
      await deleteByMenu(post(page, 26));
      await page.waitForURL((url) => url.pathname === "/");
      await undo(page).waitFor();
      await post(page, 26).waitFor({ state: "hidden" });
      assert.equal((await ana.get("/api/posts/26")).status, 200);
      await undo(page).click();
      await post(page, 26).waitFor();
    },
  );

  await step(
    "15. by keyboard the focus is on Undo, and the toast waits for it",
    async ({ ana, open }) => {
      const page = await open("/posts/26");
      const heading = page.getByRole("heading", { name: "comment" });
      assert.equal(await heading.textContent(), "1 comment");
      const remove = page.getByRole("button", { name: "Delete comment" });
      await remove.focus();
      await press(page, "Enter");
      await page.locator("#comment-1").waitFor({ state: "hidden" });
      assert.equal(await page.locator("#comments-title").textContent(), "Comments");
      await undoFocused(page);
      await page.clock.fastForward(30_000);
      await press(page, "Enter");
      await page.locator("#comment-1").waitFor();
      assert.equal(await page.locator("#comments-title").textContent(), "1 comment");
      assert.ok(await remove.evaluate((button) => button === document.activeElement));
      await press(page, "Enter");
      await undoFocused(page);
      await press(page, "Tab", "Enter"); // Dismiss is next to Undo.
      await toast(page).waitFor({ state: "detached" });
      assert.equal(await focusedId(page), "main");
      await eventually(
        "no comment",
        async () => (await ana.get<unknown[]>("/api/posts/26/comments")).body.length === 0,
      );
    },
  );

  await step("15. what could not be deleted comes back", async ({ open }) => {
    const page = await open("/");
    await page.route("**/api/posts/26", (route) => route.abort());
    await deleteByMenu(post(page, 26));
    await toast(page).getByRole("button", { name: "Dismiss" }).click();
    await page.getByText("You seem to be offline").waitFor();
    await post(page, 26).waitFor();
  });

  await step(
    "15. without script a post is deleted at once, and the page says so",
    async (scene) => {
      const page = await scene.open("/posts/26", { javaScript: false });
      await deleteByMenu(post(page, 26));
      await page.waitForURL((url) => url.pathname === "/");
      assert.equal((await toast(page).textContent())?.trim(), "Post deleted");
      assert.equal((await scene.ana.get("/api/posts/26")).status, 404);
      await page.reload();
      assert.equal(await toast(page).count(), 0);
    },
  );

  await step(
    "offline, a page says so and comes back with the connection",
    async ({ server, open }) => {
      const page = await open("/");
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
      await page.waitForFunction(() => caches.match("/offline").then((kept) => kept !== undefined));
      await page.context().setOffline(true);
      await page.goto(`${server.origin}/posts/7`);
      await page.getByRole("heading", { name: "You are offline" }).waitFor();
      const styled = await page.locator(".error-frame").evaluate((frame) =>
        getComputedStyle(frame).overflow
      );
      assert.equal(styled, "hidden");
      assert.ok(!(await page.content()).includes("ben"));
      assert.deepEqual(
        await page.evaluate(async () => {
          const kept = await (await caches.open("offline")).keys();
          return kept.map(({ url }) => new URL(url).pathname).sort();
        }),
        ["/offline", "/perforation.svg", "/styles.css"],
      );
      await page.context().setOffline(false);
      await page.getByRole("link", { name: "Try again" }).click();
      await post(page, 7).waitFor();
    },
  );
});
