/**
 * Takes the pictures in docs/screenshots/: every page, light and dark, on a phone and on a desktop.
 * Wants a Filmroll with the demo community at the address given: `deno task screenshots URL`.
 */
import type { Browser, Page } from "playwright-core";
import { launchBrowser, newPage } from "../tests/support/browser.ts";

const origin = Deno.args[0] ?? "http://localhost:8000";
const folder = new URL("../docs/screenshots/", import.meta.url).pathname;
const EMAIL = "mira.holt@example.org";
const PASSWORD = "smile-for-the-camera";

const WIDTHS = [390, 1280] as const;
const SCHEMES = ["light", "dark"] as const;

const visitorPages = {
  landing: "/",
  register: "/auth/register",
  login: "/auth/login",
};

const memberPages = {
  feed: "/",
  create: "/posts/new",
  post: "/posts/80",
  profile: "/@jonas_lind",
  "own-profile": "/@mira.holt",
  followers: "/users/1/followers",
  following: "/users/1/following",
  "edit-profile": "/users/me",
  admin: "/admin",
  "admin-film": "/admin/film",
  "admin-stream": "/admin/streams/post-80",
  "admin-read-models": "/admin/read-models",
  explore: "/search",
  search: "/search?q=la",
  hashtag: "/search/posts/hashtag/aurora",
  notifications: "/notifications",
  messages: "/messages",
  conversation: "/messages/2",
  stories: "/stories/feed",
  story: "/stories/2",
  "new-story": "/stories/new",
  "not-found": "/nothing-here",
};

async function logIn(page: Page): Promise<void> {
  await page.goto(`${origin}/auth/login`);
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL(`${origin}/`);
}

async function take(page: Page, pages: Record<string, string>, suffix: string): Promise<void> {
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(origin + path, { waitUntil: "networkidle" });
    await page.screenshot({ path: `${folder}${name}-${suffix}.png` });
  }
}

async function shoot(browser: Browser): Promise<void> {
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      const height = width === 390 ? 844 : 900;
      const page = await newPage(browser, { viewport: { width, height }, colorScheme });
      const suffix = `${width}-${colorScheme}`;
      await take(page, visitorPages, suffix);
      await logIn(page);
      await take(page, memberPages, suffix);
      await page.context().close();
    }
  }
}

await Deno.mkdir(folder, { recursive: true });
await using browser = await launchBrowser();
await shoot(browser);
