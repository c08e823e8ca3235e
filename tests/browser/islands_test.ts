/** What the islands add to pages that work without them, in a real browser. */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { launchBrowser, newPage } from "../support/browser.ts";
import { emailOf, join, PASSWORD, type Person } from "../support/client.ts";
import { startFilmroll, type TestServer } from "../support/server.ts";

interface Scene {
  readonly server: TestServer;
  readonly ana: Person;
  readonly ben: Person;
  /** Ben's browser, logged in. */
  readonly page: Page;
  readonly problems: string[];
}

async function logIn(
  page: Page,
  origin: string,
  username: string,
): Promise<void> {
  await page.goto(`${origin}/auth/login`);
  await page.getByLabel("E-mail").fill(emailOf(username));
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("link", { name: "Home" }).waitFor();
}

/** A server where Ben follows Ana, and Ben's browser. */
async function withScene(
  browser: Browser,
  act: (scene: Scene) => Promise<void>,
): Promise<void> {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const ben = await join(server.origin, "ben");
  await ben.post(`/api/follow/${ana.id}`);
  const page = await newPage(browser, {
    viewport: { width: 1000, height: 800 },
  });
  page.setDefaultTimeout(5_000);
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await logIn(page, server.origin, "ben");
  await act({ server, ana, ben, page, problems });
  assert.deepEqual(problems, []);
  await page.close();
}

const hydrated = (page: Page) => page.waitForFunction(() => document.readyState === "complete");
const like = (page: Page) => page.getByRole("button", { name: "Like" }).first();
const pressed = (page: Page) => like(page).getAttribute("aria-pressed");

/** Waits until a post is within 50 pixels of where it was in the window. */
const returned = (page: Page, post: string, before: number) =>
  page.waitForFunction(({ post, before }) => {
    const top = document.querySelector(post)?.getBoundingClientRect().top;
    return top !== undefined && Math.abs(top - before) <= 50;
  }, { post, before });

Deno.test("islands", async (t) => {
  await using browser = await launchBrowser();
  const step = (name: string, act: (scene: Scene) => Promise<void>) =>
    t.step(name, () => withScene(browser, act));

  await step(
    "a like shows before the answer, and a failure reverts it and says so",
    async ({ ana, page }) => {
      await ana.post("/api/posts", { content: "Low tide" });
      await page.reload();
      await hydrated(page);
      const answer = Promise.withResolvers<void>();
      await page.route("**/api/posts/*/likes", async (route) => {
        await answer.promise;
        await route.abort();
      });
      await like(page).click();
      const shownAfter = await page.evaluate(() => {
        const button = document.querySelector(".like-button")!;
        const start = performance.now();
        return new Promise<number>((resolve) => {
          const look = () =>
            button.getAttribute("aria-pressed") === "true"
              ? resolve(performance.now() - start)
              : requestAnimationFrame(look);
          look();
        });
      });
      assert.ok(shownAfter < 100, `Shown after ${shownAfter} ms`);
      answer.resolve();
      await page.getByText("You seem to be offline").waitFor();
      assert.equal(await pressed(page), "false");
    },
  );

  await step(
    "a double click on the like button ends where it was",
    async ({ ana, page }) => {
      await ana.post("/api/posts", { content: "Low tide" });
      await page.reload();
      await hydrated(page);
      await like(page).dblclick();
      await page.waitForLoadState("networkidle");
      assert.equal(await pressed(page), "false");
      assert.equal(
        (await ana.get<{ like_count: number }>("/api/posts/1")).body.like_count,
        0,
      );
    },
  );

  await step(
    "a double click on the picture likes and never unlikes",
    async ({ ana, page }) => {
      await ana.post("/api/posts", { content: "Low tide" });
      await page.reload();
      await hydrated(page);
      const card = page.locator(".text-card");
      await card.click();
      assert.equal(await pressed(page), "false");
      // Two single clicks, further apart than a double click.
      await page.waitForTimeout(400);
      await card.click();
      assert.equal(await pressed(page), "false");
      await page.waitForTimeout(400);
      await card.dblclick();
      await page.locator('.like-button[aria-pressed="true"]').waitFor();
      await card.dblclick();
      await page.waitForLoadState("networkidle");
      assert.equal(await pressed(page), "true");
      assert.equal(
        (await ana.get<{ like_count: number }>("/api/posts/1")).body.like_count,
        1,
      );
    },
  );

  await step(
    "following shows at once, and holds after quick clicks",
    async ({ server, ana, page }) => {
      await page.goto(`${server.origin}/@ana`);
      await hydrated(page);
      const button = page.getByRole("button", { name: "@ana" });
      assert.equal(await button.textContent(), "Following @ana");
      await button.click();
      await button.click();
      await button.click();
      await page.waitForLoadState("networkidle");
      assert.equal(await button.textContent(), "Follow @ana");
      const followers = await ana.get<unknown[]>(
        `/api/users/${ana.id}/followers`,
      );
      assert.equal(followers.body.length, 0);
    },
  );

  await step(
    "the feed grows to its end, and Back returns to where one was",
    async ({ server, ana, page }) => {
      for (let i = 1; i <= 65; i++) {
        await ana.post("/api/posts", { content: `Frame ${i}` });
      }
      // With a handler for requests, Chromium goes Back past its cache.
      await page.route("**/*", (route) => route.continue());
      await page.goto(`${server.origin}/`);
      await hydrated(page);
      const posts = page.locator("article.post");
      assert.equal(await posts.count(), 20);
      while (await page.locator("#post-25").count() === 0) {
        await page.mouse.wheel(0, 2000);
      }
      await page.locator("#post-25").scrollIntoViewIfNeeded();
      const top = () =>
        page.locator("#post-25").evaluate((post) => post.getBoundingClientRect().top);
      const before = await top();
      await page.locator("#post-25 .post-time").click();
      await page.waitForURL("**/posts/25");
      // A post made meanwhile moves the first page.
      await ana.post("/api/posts", { content: "Newer" });
      await page.goBack();
      await returned(page, "#post-25", before);
      while (await page.getByText("all caught up").count() === 0) {
        await page.mouse.wheel(0, 4000);
      }
      const ids = await posts.evaluateAll((all) => all.map((post) => post.id));
      assert.equal(ids.length, 66);
      assert.equal(new Set(ids).size, 66);
    },
  );

  await step(
    "Back returns to where one was in an unchanged feed, with a like made on the post's page",
    async ({ server, ana, page }) => {
      for (let i = 1; i <= 45; i++) {
        await ana.post("/api/posts", { content: `Frame ${i}` });
      }
      await page.goto(`${server.origin}/`);
      await hydrated(page);
      while (await page.locator("#post-15").count() === 0) {
        await page.mouse.wheel(0, 2000);
      }
      await page.locator("#post-15").scrollIntoViewIfNeeded();
      const top = () =>
        page.locator("#post-15").evaluate((post) => post.getBoundingClientRect().top);
      const before = await top();
      await page.locator("#post-15 .post-time").click();
      await page.waitForURL("**/posts/15");
      await hydrated(page);
      await like(page).click();
      await page.waitForLoadState("networkidle");
      await page.goBack();
      await page.locator('#post-15 .like-button[aria-pressed="true"]')
        .waitFor();
      await returned(page, "#post-15", before);
    },
  );

  await step(
    "a comment survives a reload, appears at once when sent, and counts",
    async ({ server, ana, ben, page }) => {
      await ana.post("/api/posts", { content: "Low tide" });
      await ben.post("/api/posts/1/comments", { content: "First" });
      await page.goto(`${server.origin}/posts/1`);
      await hydrated(page);
      const field = page.getByLabel("Add a comment");
      await field.fill("Which film?");
      await page.reload();
      await hydrated(page);
      await page.waitForFunction(() =>
        document.querySelector<HTMLTextAreaElement>("#comment-content")!
          .value !== ""
      );
      assert.equal(await field.inputValue(), "Which film?");
      await page.getByRole("button", { name: "Post", exact: true }).dblclick();
      await page.getByRole("heading", { name: "2 comments" }).waitFor();
      await page.waitForLoadState("networkidle");
      assert.deepEqual(await page.locator(".comment-text").allTextContents(), [
        "Which film?",
        "First",
      ]);
      assert.equal(await field.inputValue(), "");
      assert.equal(
        (await ana.get<unknown[]>("/api/posts/1/comments")).body.length,
        2,
      );
      await page.reload();
      assert.equal(await field.inputValue(), "");
    },
  );

  await step(
    "an unfinished post survives a reload and a lost connection, and is sent once",
    async ({ server, ana, page }) => {
      await page.goto(`${server.origin}/posts/new`);
      await hydrated(page);
      await page.getByLabel("Caption").fill("Half a thought");
      await page.reload();
      await hydrated(page);
      await page.waitForFunction(() => document.querySelector("textarea")!.value !== "");
      await page.context().setOffline(true);
      await page.getByRole("button", { name: "Share" }).click();
      await page.getByText("You seem to be offline").waitFor();
      await page.context().setOffline(false);
      await page.getByRole("button", { name: "Share" }).dblclick().catch(
        () => {},
      );
      await page.waitForURL("**/posts/1");
      assert.equal((await ana.get("/api/posts/2")).status, 404);
      await page.goto(`${server.origin}/posts/new`);
      await hydrated(page);
      assert.equal(await page.getByLabel("Caption").inputValue(), "");
    },
  );

  await step(
    "an empty post is refused beside the field, which gets the focus",
    async ({ server, page }) => {
      await page.goto(`${server.origin}/posts/new`);
      await hydrated(page);
      await page.getByRole("button", { name: "Share" }).click();
      await page.locator("#field-content-error").waitFor();
      assert.equal(
        await page.evaluate(() => document.activeElement?.id),
        "field-content",
      );
    },
  );

  await step(
    "who has logged out meanwhile is taken to log in, and comes back",
    async ({ server, ana, page }) => {
      await ana.post("/api/posts", { content: "Low tide" });
      await page.goto(`${server.origin}/posts/1`);
      await hydrated(page);
      await page.context().clearCookies();
      await like(page).click();
      await page.waitForURL("**/auth/login?return_to=*");
      await page.getByLabel("E-mail").fill(emailOf("ben"));
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Log in" }).click();
      await page.waitForURL("**/posts/1");
    },
  );
});
