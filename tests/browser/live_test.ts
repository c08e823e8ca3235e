/** What one browser does appears in the other, at once and without a reload. */
import assert from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { median } from "../../bench/support/table.ts";
import type { Post } from "../../web/schemas.ts";
import { launchBrowser } from "../support/browser.ts";
import { emailOf, join, PASSWORD, type Person } from "../support/client.ts";
import { startFilmroll, type TestServer } from "../support/server.ts";

const ROUNDS = 20;
const WANTED_MS = 200;

/** Somebody with a browser of their own, logged in. */
interface Visitor {
  readonly person: Person;
  readonly context: BrowserContext;
  readonly page: Page;
}

async function visit(browser: Browser, server: TestServer, username: string): Promise<Visitor> {
  const person = await join(server.origin, username);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(`${server.origin}/auth/login`);
  await page.getByLabel("E-mail").fill(emailOf(username));
  await page.getByLabel("Password").fill(PASSWORD);
  const listening = streamOpens(page);
  await page.getByRole("button", { name: "Log in" }).click();
  await listening;
  return { person, context, page };
}

const streamOpens = (page: Page) =>
  page.waitForResponse((response) => response.url().includes("/live?"));

/** Goes to a page and waits until it listens. */
async function goto(server: TestServer, { page }: Visitor, path: string): Promise<void> {
  const listening = streamOpens(page);
  await page.goto(server.origin + path);
  await listening;
}

async function post({ person }: Visitor, content: string): Promise<number> {
  return (await person.post<Post>("/api/posts", { content })).body.id;
}

/** Milliseconds from the moment before `act` until the page shows what `isThere` looks for. */
async function timeUntil<Argument>(
  page: Page,
  isThere: (argument: Argument) => boolean,
  argument: Argument,
  act: () => Promise<unknown>,
): Promise<number> {
  const seen = page.evaluate(
    ([source, argument]) =>
      new Promise<number>((resolve) => {
        const isThere = new Function(`return (${source})`)() as (argument: unknown) => boolean;
        const look = () => isThere(argument) && (observer.disconnect(), resolve(Date.now()));
        const observer = new MutationObserver(look);
        observer.observe(document, { subtree: true, childList: true, characterData: true });
        look();
      }),
    [isThere.toString(), argument] as const,
  );
  // What is evaluated must be looking before anything happens.
  await page.evaluate(() => {});
  const began = Date.now();
  await act();
  return await seen - began;
}

function report(what: string, times: readonly number[]): void {
  const middle = median(times);
  console.log(`${what} appears after ${middle} ms (median of ${times.length})`);
  assert.ok(middle < WANTED_MS, `${what} took ${middle} ms: ${times.join(", ")}`);
}

Deno.test("what one does appears in the other's browser within 200 ms", async (t) => {
  await using browser = await launchBrowser();
  await using server = await startFilmroll();
  const ana = await visit(browser, server, "ana");
  const ben = await visit(browser, server, "ben");
  const id = await post(ana, "Low tide");

  await t.step("a like", async () => {
    await goto(server, ana, `/posts/${id}`);
    await goto(server, ben, `/posts/${id}`);
    const button = ben.page.getByRole("button", { name: "Like" });
    const times: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const count = round % 2 === 1 ? "1" : "";
      times.push(
        await timeUntil(
          ana.page,
          (count) => document.querySelector(".like-button .action-count")?.textContent === count,
          count,
          () => button.click(),
        ),
      );
    }
    report("A like", times);
  });

  await t.step("a comment, and its deletion", async () => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await ben.page.getByLabel("Add a comment").fill(`Cold? ${round}`);
      times.push(
        await timeUntil(
          ana.page,
          (text) => document.querySelector(".comment")?.textContent?.includes(text) === true,
          `Cold? ${round}`,
          () => ben.page.getByRole("button", { name: "Post", exact: true }).click(),
        ),
      );
      await ben.page.getByText(`Cold? ${round}`).waitFor();
    }
    report("A comment", times);
    await ana.page.getByRole("heading", { name: `${ROUNDS} comments` }).waitFor();
    await ben.person.delete(`/api/posts/comments/${ROUNDS}`);
    await ana.page.getByRole("heading", { name: `${ROUNDS - 1} comments` }).waitFor();
    await ana.page.getByText(`Cold? ${ROUNDS - 1}`).waitFor({ state: "hidden" });
  });

  await t.step("a follow", async () => {
    await goto(server, ana, "/@ana");
    await goto(server, ben, "/@ana");
    const button = ben.page.getByRole("button", { name: /^Follow/ });
    const times: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      times.push(
        await timeUntil(
          ana.page,
          (text) => document.querySelector(".profile-counts")?.textContent?.includes(text) === true,
          round % 2 === 1 ? "1 follower" : "0 followers",
          () => button.click(),
        ),
      );
    }
    report("A follow", times);
  });

  await t.step("a message", async () => {
    await goto(server, ana, `/messages/${ben.person.id}`);
    await goto(server, ben, `/messages/${ana.person.id}`);
    const field = ben.page.getByRole("textbox");
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await field.fill(`Hello ${round}.`);
      times.push(
        await timeUntil(
          ana.page,
          (text) => document.querySelector("main")?.textContent?.includes(text) === true,
          `Hello ${round}.`,
          () => field.press("Enter"),
        ),
      );
    }
    report("A message", times);
  });
});

Deno.test("a page that was rendered before something happened hears of it all the same", async () => {
  await using browser = await launchBrowser();
  await using server = await startFilmroll();
  const ana = await visit(browser, server, "ana");
  const ben = await join(server.origin, "ben");
  const id = await post(ana, "Low tide");
  // The page is there, but its stream is not yet.
  const held = Promise.withResolvers<void>();
  await ana.page.route("**/live?**", async (route) => {
    await held.promise;
    await route.continue();
  });
  await ana.page.goto(`${server.origin}/posts/${id}`);
  await ben.post(`/api/posts/${id}/comments`, { content: "Cold?" });
  held.resolve();
  await ana.page.getByText("Cold?").waitFor();
  assert.equal(await ana.page.getByText("Cold?").count(), 1);
});

Deno.test("after a lost connection everything missed arrives once and in order", async () => {
  await using browser = await launchBrowser();
  await using server = await startFilmroll();
  const ana = await visit(browser, server, "ana");
  const ben = await join(server.origin, "ben");
  const id = await post(ana, "Low tide");
  await goto(server, ana, `/posts/${id}`);
  const say = (text: string) => ben.post(`/api/posts/${id}/comments`, { content: text });
  await say("One");
  await ana.page.getByText("One").waitFor();

  await ana.context.setOffline(true);
  // Playwright's "offline" leaves an open stream alone; the network would not.
  server.live.disconnectAll();
  for (const text of ["Two", "Three", "Four", "Five"]) await say(text);
  await ana.context.setOffline(false);
  await ana.page.getByText("Five").waitFor();
  await say("Six");
  await ana.page.getByText("Six").waitFor();
  const said = await ana.page.locator(".comment-text").allInnerTexts();
  assert.deepEqual(said, ["Six", "Five", "Four", "Three", "Two", "One"]);
});

Deno.test("unread counts update live in the rail and in the tab's title", async () => {
  await using browser = await launchBrowser();
  await using server = await startFilmroll();
  const ana = await visit(browser, server, "ana");
  const ben = await join(server.origin, "ben");
  const id = await post(ana, "Low tide");
  await goto(server, ana, "/");
  const { page } = ana;
  const titled = (title: string) => page.waitForFunction((it) => document.title === it, title);
  const place = (name: string) => page.getByRole("link", { name, exact: true });

  await titled("Home · Filmroll");
  await ben.post(`/api/posts/${id}/likes`);
  await place("Notifications 1 unread").waitFor();
  await titled("(1) Home · Filmroll");
  await ben.post("/api/messages", { receiver_id: ana.person.id, content: "Hello" });
  await place("Messages 1 unread").waitFor();
  await titled("(2) Home · Filmroll");

  // The server knows as much when the page is opened.
  const answer = await page.request.get(server.origin);
  assert.match(await answer.text(), /class="badge">1/);

  await ben.post(`/api/posts/${id}/likes`);
  await place("Notifications").waitFor();
  await ana.person.post(`/api/messages/${ben.id}/read`);
  await place("Messages").waitFor();
  await titled("Home · Filmroll");
});

Deno.test("new posts appear as a pill, and nothing scrolls by itself", async () => {
  await using browser = await launchBrowser();
  await using server = await startFilmroll();
  const ana = await visit(browser, server, "ana");
  const ben = await join(server.origin, "ben");
  await ana.person.post(`/api/follow/${ben.id}`);
  for (let index = 1; index <= 8; index++) {
    await ben.post("/api/posts", { content: `Old ${index}` });
  }
  await goto(server, ana, "/");
  const { page } = ana;
  await page.evaluate(() => scrollTo(0, 900));
  const top = () =>
    page.evaluate(() => [scrollY, document.querySelector("article")!.getBoundingClientRect().top]);
  const before = await top();

  const fresh = (await ben.post<Post>("/api/posts", { content: "Fresh" })).body;
  await page.getByRole("status").getByRole("link", { name: "1 new post" }).waitFor();
  await ben.post("/api/posts", { content: "Fresher" });
  await page.getByRole("link", { name: "2 new posts" }).waitFor();
  await ben.delete(`/api/posts/${fresh.id}`);
  const pill = page.getByRole("link", { name: "1 new post" });
  await pill.waitFor();
  assert.deepEqual(await top(), before);
  assert.equal(await page.getByText("Fresher").count(), 0);

  await pill.click();
  await page.getByText("Fresher").waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0);
  assert.equal(await page.getByRole("link", { name: /new post/ }).count(), 0);
});

Deno.test("a comment that arrives moves nothing of what is read", async () => {
  await using browser = await launchBrowser();
  await using server = await startFilmroll();
  const ana = await visit(browser, server, "ana");
  const ben = await join(server.origin, "ben");
  const id = await post(ana, "Low tide");
  for (let index = 1; index <= 30; index++) {
    await ben.post(`/api/posts/${id}/comments`, { content: `Wave ${index}` });
  }
  await goto(server, ana, `/posts/${id}`);
  const { page } = ana;
  await page.locator("#comment-10").scrollIntoViewIfNeeded();
  const top = () =>
    page.locator("#comment-10").evaluate((comment) =>
      Math.round(comment.getBoundingClientRect().top)
    );
  const before = await top();
  await ben.post(`/api/posts/${id}/comments`, { content: "The next wave" });
  await page.getByText("The next wave").waitFor({ state: "attached" });
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.equal(await top(), before);
});

Deno.test("one's own like and follow show in one's other tab", async () => {
  await using browser = await launchBrowser();
  await using server = await startFilmroll();
  const ana = await visit(browser, server, "ana");
  const ben = await join(server.origin, "ben");
  const { id } = (await ben.post<Post>("/api/posts", { content: "Low tide" })).body;
  const other = await ana.context.newPage();
  await goto(server, ana, `/posts/${id}`);
  await goto(server, { ...ana, page: other }, `/posts/${id}`);
  await other.getByRole("button", { name: "Like" }).click();
  const like = ana.page.getByRole("button", { name: "Like", pressed: true });
  await like.waitFor();
  assert.equal((await like.innerText()).replace(/\s+/g, " "), "Like 1");

  await goto(server, ana, "/@ben");
  await goto(server, { ...ana, page: other }, "/@ben");
  await other.getByRole("button", { name: "Follow @ben" }).click();
  await ana.page.getByRole("button", { name: "Following @ben", pressed: true }).waitFor();
});

Deno.test("a page shares one stream, and gives it back when it is left", async () => {
  await using browser = await launchBrowser();
  await using server = await startFilmroll();
  const ana = await visit(browser, server, "ana");
  for (let index = 0; index < 5; index++) await post(ana, `Wave ${index}`);
  const streams: string[] = [];
  ana.page.on("request", (request) => {
    if (request.url().includes("/live?")) streams.push(request.url());
  });
  /** A connection that a browser closed is noticed a moment later. */
  const areOpen = async (howMany: number) => {
    const deadline = Date.now() + 5000;
    while (server.live.openStreams !== howMany && Date.now() < deadline) {
      await ana.page.evaluate(() => {});
    }
    assert.equal(server.live.openStreams, howMany);
  };
  for (const [index, path] of ["/", "/@ana", "/posts/1"].entries()) {
    await goto(server, ana, path);
    await areOpen(1);
    assert.equal(streams.length, index + 1, streams.join(", "));
  }
  await ana.page.goto("about:blank");
  await areOpen(0);
});
