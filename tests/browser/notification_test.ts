/** The page of notifications, in a real browser. */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { assertAccessible, assertFits } from "../support/accessibility.ts";
import { launchBrowser, newPage, type PageOptions } from "../support/browser.ts";
import { accountOf, join } from "../support/client.ts";
import { startFilmroll } from "../support/server.ts";

/** A server where four people liked Ana's post, and Ben also commented on it and follows her. */
async function startTold() {
  const server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  await ana.post("/api/posts", { content: "Low tide", image_url: "/media/none.webp" });
  for (const name of ["emil", "dora", "cleo", "ben"]) {
    const person = await join(server.origin, name);
    await person.post("/api/posts/1/likes");
    if (name !== "ben") continue;
    await person.post("/api/posts/1/comments", { content: "Cold?" });
    await person.post("/api/follow/1");
  }
  return { ...server, ana, [Symbol.asyncDispose]: server.stop };
}

async function visit(
  browser: Browser,
  origin: string,
  path: string,
  options: PageOptions = {},
): Promise<Page> {
  const page = await newPage(browser, options);
  page.setDefaultTimeout(10_000);
  await page.goto(`${origin}/auth/login?return_to=${path}`);
  const { email, password } = accountOf("ana");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL(origin + path);
  return page;
}

const lines = (page: Page) => page.getByRole("main").getByRole("listitem");
const unread = (page: Page) => page.locator(".notification-unread");

for (const javaScript of [true, false]) {
  const how = javaScript ? "with JavaScript" : "without JavaScript";
  Deno.test(`notifications are grouped, highlighted, and marked as read, ${how}`, async () => {
    await using server = await startTold();
    await using browser = await launchBrowser();
    const page = await visit(browser, server.origin, "/notifications", { javaScript });

    await page.getByRole("heading", { name: "Today" }).waitFor();
    assert.equal(await lines(page).count(), 3);
    assert.equal(await unread(page).count(), 3);
    await lines(page).filter({ hasText: "ben, cleo and 2 others liked your post" }).waitFor();

    const comment = lines(page).filter({ hasText: "commented on your post" });
    await comment.getByRole("button", { name: "Mark as read" }).click();
    await page.waitForURL(`${server.origin}/notifications`);
    await comment.and(page.locator(":not(:has(.notification-unread))")).waitFor();
    assert.equal(await unread(page).count(), 2);

    await page.getByRole("button", { name: "Follow back @ben" }).click();
    await page.getByRole("button", { name: "Following @ben", pressed: true }).waitFor();

    await page.getByRole("button", { name: "Mark all as read" }).click();
    await page.getByRole("button", { name: "Mark all as read" }).waitFor({ state: "detached" });
    assert.equal(await unread(page).count(), 0);

    await comment.getByRole("link", { name: "commented on your post" }).click();
    await page.waitForURL(`${server.origin}/posts/1#comment-1`);
  });
}

Deno.test("24. notifications appear, join their line and go while one looks", async () => {
  await using server = await startTold();
  await using browser = await launchBrowser();
  const page = await visit(browser, server.origin, "/notifications");
  const likes = lines(page).filter({ hasText: "liked your post" });
  await likes.filter({ hasText: "ben, cleo and 2 others" }).waitFor();

  const fay = await join(server.origin, "fay");
  await fay.post("/api/posts/1/likes");
  await likes.filter({ hasText: "fay, ben and 3 others" }).waitFor();
  await fay.post("/api/posts/1/comments", { content: "Where is this?" });
  await lines(page).first().filter({ hasText: "Where is this?" }).waitFor();
  assert.equal(await unread(page).count(), 4);

  await fay.post("/api/posts/1/likes");
  await likes.filter({ hasText: "ben, cleo and 2 others" }).waitFor();
  await server.ana.post("/api/notifications/read-all");
  await page.getByRole("button", { name: "Mark all as read" }).waitFor({ state: "detached" });
  assert.equal(await unread(page).count(), 0);
});

Deno.test("axe finds nothing on the notifications", async () => {
  await using server = await startTold();
  await using browser = await launchBrowser();
  const page = await visit(browser, server.origin, "/notifications", { reducedMotion: "reduce" });
  await assertAccessible(page);
  await assertFits(page);
});
