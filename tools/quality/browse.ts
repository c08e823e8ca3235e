/** What a real browser finds on a page. */
import { gzipSync } from "node:zlib";
import type { Browser, Page, Response } from "playwright-core";
import { axeFindings } from "../../tests/support/accessibility.ts";
import { newPage, type PageOptions } from "../../tests/support/browser.ts";
import type { MeasuredPage } from "./pages.ts";

const PHONE = { width: 390, height: 844 };

/** What is downloaded to show a page, in bytes of gzip. */
export interface Weight {
  readonly script: number;
  readonly style: number;
}

/** Somebody with a browser; the cookie is "name=value", or empty for a visitor. */
export interface Browsing {
  readonly browser: Browser;
  readonly origin: string;
  readonly cookie: string;
}

async function withPage<Result>(
  { browser, origin, cookie }: Browsing,
  options: PageOptions,
  use: (page: Page) => Promise<Result>,
): Promise<Result> {
  const page = await newPage(browser, { viewport: PHONE, reducedMotion: "reduce", ...options });
  try {
    const [name, value] = cookie.split("=");
    if (name && value) await page.context().addCookies([{ name, value, url: origin }]);
    return await use(page);
  } finally {
    await page.context().close();
  }
}

/** Opens a page, and waits until everything that belongs to it has come. */
async function visit(page: Page, url: string): Promise<void> {
  // A member's page keeps a stream open, with which the network is never idle.
  await page.route("**/live?*", (route) => route.fulfill({ status: 204 }));
  await page.goto(url, { waitUntil: "networkidle" });
}

/** What axe finds: a line for each rule broken. */
export const accessibilityFindings = (
  browsing: Browsing,
  { path }: MeasuredPage,
): Promise<string[]> =>
  withPage(browsing, {}, async (page) => {
    await visit(page, browsing.origin + path);
    return await axeFindings(page);
  });

/** Whether what one comes for is to be seen with scripts turned off. */
export const worksWithoutScript = (
  browsing: Browsing,
  { path, main }: MeasuredPage,
): Promise<boolean> =>
  withPage(browsing, { javaScript: false }, async (page) => {
    await visit(page, browsing.origin + path);
    return await page.locator(main).filter({ visible: true }).count() > 0;
  });

/** What a page brings along, files and inline; what islands are given is data, not script. */
export const weightOf = (browsing: Browsing, { path }: MeasuredPage): Promise<Weight> =>
  withPage(browsing, {}, async (page) => {
    const responses: Response[] = [];
    page.on("response", (response) => responses.push(response));
    await visit(page, browsing.origin + path);
    const inline = (selector: string) =>
      page.locator(selector).evaluateAll((all) => all.map(({ textContent }) => textContent ?? ""));
    const ofType = async (type: string) => {
      const those = responses.filter((one) => one.request().resourceType() === type && one.ok());
      return (await Promise.all(those.map((one) => one.body()))).map(gzipped);
    };
    return {
      script: sum([
        ...await ofType("script"),
        ...(await inline('script:not([src], [type="application/json"])')).map(gzipped),
      ]),
      style: sum([...await ofType("stylesheet"), ...(await inline("style")).map(gzipped)]),
    };
  });

const gzipped = (content: string | Uint8Array): number => gzipSync(content).length;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
