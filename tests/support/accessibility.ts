/** What axe and a ruler find on a page of a real browser. */
import assert from "node:assert/strict";
import axe from "axe-core";
import type { Page } from "playwright-core";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
const WIDTHS = [320, 640, 1280, 2560];

/**
 * What axe finds, on a phone and at a desk, its rule for target sizes included; in the dark, for
 * contrast. A line for each rule broken, with the elements that break it.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = new Set<string>();
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const options: axe.RunOptions = colorScheme === "light"
        ? { rules: { "target-size": { enabled: true } } }
        : { runOnly: ["color-contrast"] };
      for (const finding of await lastingFindings(page, options)) {
        found.add(`${finding} (${colorScheme}, ${viewport.width} px)`);
      }
    }
  }
  return [...found];
}

/** Axe finds nothing. */
export async function assertAccessible(page: Page): Promise<void> {
  assert.deepEqual(await axeFindings(page), []);
}

/** Nothing makes the page scroll sideways, from the narrowest screen to the widest. */
export async function assertFits(page: Page): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide at ${width} px`);
  }
}

/** Waits until no colour is on its way to another: transitions start with the next frame. */
const coloursSettled = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    // What is not rendered, as in closed details, gets nowhere.
    const passing = document.getAnimations().filter(({ effect }) =>
      effect?.getComputedTiming().endTime !== Infinity &&
      (effect as KeyframeEffect).target?.checkVisibility()
    );
    await Promise.allSettled(passing.map(({ finished }) => finished));
    await frame();
  });

/** What is wrong is found twice; on a busy machine a page may still be changing the first time. */
async function lastingFindings(page: Page, options: axe.RunOptions): Promise<string[]> {
  await coloursSettled(page);
  const findings = await runAxe(page, options);
  if (findings.length === 0) return [];
  await coloursSettled(page);
  const again = new Set(await runAxe(page, options));
  return findings.filter((finding) => again.has(finding));
}

const runAxe = (page: Page, options: axe.RunOptions): Promise<string[]> =>
  page.evaluate(async (options) => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run({ resultTypes: ["violations"], ...options });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
  }, options);
