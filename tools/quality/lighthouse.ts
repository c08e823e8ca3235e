import { ASIDE, run } from "./npm_tool.ts";

const LIGHTHOUSE = "npm:lighthouse@13.5.0";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"] as const;

/** 0 to 100, by category. */
export type Scores = Readonly<Record<(typeof CATEGORIES)[number], number>>;

/** A page's scores, and the audits that cost it something. */
export interface LighthouseResult {
  readonly scores: Scores;
  /** Like "seo: is-crawlable". */
  readonly lost: readonly string[];
}

export interface LighthouseOptions {
  /** Of a Chromium's DevTools protocol. */
  readonly port: number;
  /** Sent with every request; empty for a visitor. */
  readonly cookie: string;
  /** Audits to leave out. */
  readonly skip?: readonly string[];
}

interface Report {
  readonly runtimeError?: { readonly message: string };
  readonly categories: Readonly<
    Record<string, {
      readonly score: number | null;
      readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
    }>
  >;
  readonly audits: Readonly<Record<string, Audit>>;
}

interface Audit {
  readonly score: number | null;
  readonly scoreDisplayMode: string;
}

const isLow = (audit: Audit | undefined): boolean =>
  audit?.scoreDisplayMode === "error" || (audit?.score ?? 1) < 0.9;

/** Runs Lighthouse with its mobile preset. A page that it cannot measure scores 0, and it says why. */
export async function lighthouse(
  url: string,
  { port, cookie, skip = [] }: LighthouseOptions,
): Promise<LighthouseResult> {
  const { success, stdout, stderr } = await run(Deno.execPath(), [
    ...["run", "-A", ...ASIDE, LIGHTHOUSE, url, `--port=${port}`, "--output=json", "--quiet"],
    `--only-categories=${CATEGORIES}`,
    ...skip.map((audit) => `--skip-audits=${audit}`),
    ...(cookie === "" ? [] : [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`]),
  ]);
  return success ? read(JSON.parse(stdout)) : { scores: NOTHING, lost: [stderr.trim()] };
}

const NOTHING: Scores = { performance: 0, accessibility: 0, "best-practices": 0, seo: 0 };

function read({ audits, categories, runtimeError }: Report): LighthouseResult {
  if (runtimeError !== undefined) return { scores: NOTHING, lost: [runtimeError.message] };
  const scoreOf = (category: string) => Math.round((categories[category]?.score ?? 0) * 100);
  return {
    scores: Object.fromEntries(CATEGORIES.map((name) => [name, scoreOf(name)])) as Scores,
    lost: CATEGORIES.flatMap((name) =>
      (categories[name]?.auditRefs ?? [])
        .filter(({ id, weight }) => weight > 0 && isLow(audits[id]))
        .map(({ id }) => `${name}: ${id}`)
    ),
  };
}
