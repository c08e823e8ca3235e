/** The search field and what it finds, in a real browser. */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { assertAccessible, assertFits } from "../support/accessibility.ts";
import { launchBrowser, newPage, type PageOptions } from "../support/browser.ts";
import { join } from "../support/client.ts";
import { startFilmroll } from "../support/server.ts";

/** A server where Ana, Anton and Ben are, and Ana has posted with hashtags. */
async function startSearchable() {
  const server = await startFilmroll();
  const [ana] = [await join(server.origin, "ana")];
  for (const name of ["anton", "ben.olsen"]) await join(server.origin, name);
  for (const content of ["#anemone at low tide", "#anemone and #tide", "#été"]) {
    await ana.post("/api/posts", { content });
  }
  return { ...server, [Symbol.asyncDispose]: server.stop };
}

async function openSearch(
  browser: Browser,
  origin: string,
  options: PageOptions = {},
): Promise<Page> {
  const page = await newPage(browser, options);
  page.setDefaultTimeout(10_000);
  await page.goto(`${origin}/search`, { waitUntil: "networkidle" });
  return page;
}

const field = (page: Page) => page.getByRole("combobox", { name: "Search people and hashtags" });

const options = async (page: Page): Promise<string[]> => {
  await page.getByRole("option").first().waitFor();
  const texts = await page.getByRole("option").locator(".person-name").allInnerTexts();
  return texts;
};

/** The option that the field says is chosen. */
const chosen = async (page: Page): Promise<string | null> => {
  const id = await field(page).getAttribute("aria-activedescendant");
  return id === null ? null : await page.locator(`#${id} .person-name`).innerText();
};

Deno.test("the search field suggests people and hashtags, chosen by arrows and Enter", async () => {
  await using server = await startSearchable();
  await using browser = await launchBrowser();
  const page = await openSearch(browser, server.origin);

  await field(page).pressSequentially("an");
  assert.deepEqual(await options(page), ["anton", "ana", "#anemone"]);
  assert.equal(await field(page).getAttribute("aria-expanded"), "true");
  await page.getByRole("status").getByText("3 suggestions").waitFor();

  const seen: (string | null)[] = [];
  for (const key of ["Down", "Down", "Down", "Down", "Up", "Up"]) {
    await field(page).press(`Arrow${key}`);
    seen.push(await chosen(page));
  }
  assert.deepEqual(seen, ["anton", "ana", "#anemone", null, "#anemone", "ana"]);
  assert.equal(await page.getByRole("option", { selected: true }).count(), 1);
  await field(page).press("Enter");
  await page.waitForURL(`${server.origin}/@ana`);
});

Deno.test("Esc closes the suggestions and keeps what was typed, and Enter then searches", async () => {
  await using server = await startSearchable();
  await using browser = await launchBrowser();
  const page = await openSearch(browser, server.origin);

  await field(page).pressSequentially("an");
  await options(page);
  await field(page).press("Escape");
  assert.equal(await page.getByRole("option").count(), 0);
  assert.equal(await field(page).inputValue(), "an");
  assert.equal(await field(page).getAttribute("aria-expanded"), "false");
  assert.ok(await field(page).evaluate((input) => input === document.activeElement));

  await field(page).press("ArrowDown");
  await options(page);
  assert.equal(await chosen(page), null, "opening chooses nothing");
  await field(page).press("Enter");
  await page.waitForURL(`${server.origin}/search?q=an`);
  assert.equal(await field(page).inputValue(), "an");
  await page.getByRole("heading", { name: "People" }).waitFor();
});

Deno.test("a suggestion is taken by a click, and '#' asks for hashtags alone", async () => {
  await using server = await startSearchable();
  await using browser = await launchBrowser();
  const page = await openSearch(browser, server.origin);

  await field(page).pressSequentially("#ete");
  assert.deepEqual(await options(page), ["#été"]);
  await page.getByRole("option").click();
  await page.getByRole("heading", { name: "#été" }).waitFor();
  await page.getByText("1 post", { exact: true }).waitFor();
});

Deno.test("an answer that comes late does not replace a newer one", async () => {
  await using server = await startSearchable();
  await using browser = await launchBrowser();
  const page = await openSearch(browser, server.origin);
  const late = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  await page.route(/search\/users\?.*q=a$/, async (route) => {
    asked.resolve();
    await late.promise;
    await route.continue();
  });

  await field(page).fill("a");
  await asked.promise;
  await field(page).fill("ben");
  assert.deepEqual(await options(page), ["ben.olsen"]);
  const answered = page.waitForResponse(/q=a$/);
  late.resolve();
  await (await answered).finished();
  assert.deepEqual(await options(page), ["ben.olsen"]);
});

Deno.test("searching works without script", async () => {
  await using server = await startSearchable();
  await using browser = await launchBrowser();
  const page = await openSearch(browser, server.origin, { javaScript: false });
  await field(page).fill("ané");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: "#anemone" }).click();
  await page.getByRole("heading", { name: "#anemone" }).waitFor();
  assert.equal(await page.locator(".grid > li").count(), 2);
});

Deno.test("axe finds nothing on the pages of searching", async (t) => {
  await using server = await startSearchable();
  await using browser = await launchBrowser();
  const page = await openSearch(browser, server.origin, { reducedMotion: "reduce" });
  const paths = ["/search", "/search?q=an", "/search?q=zz", "/search/users?q=an"];
  for (
    const path of [...paths, "/search/hashtags?q=t", "/search/posts/hashtag/tide"]
  ) {
    await t.step(path, async () => {
      await page.goto(server.origin + path, { waitUntil: "networkidle" });
      if (path === paths.at(0)) {
        await field(page).pressSequentially("an");
        await options(page);
        await field(page).press("ArrowDown");
      }
      await assertAccessible(page);
      await assertFits(page);
    });
  }
});
