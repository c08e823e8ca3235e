import { ASIDE, run } from "./npm_tool.ts";

export const LIGHTHOUSE = "npm:lighthouse@13.5.0";

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
  readonly audits: Readonly<Record<string, { readonly score: number | null }>>;
}

/**
 * Runs Lighthouse with its mobile preset.
 *
 * @throws {Error} if it could not measure the page
 */
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
  if (!success) throw new Error(`Lighthouse could not measure "${url}": ${stderr}`);
  return read(JSON.parse(stdout));
}

function read({ audits, categories, runtimeError }: Report): LighthouseResult {
  if (runtimeError !== undefined) throw new Error(runtimeError.message);
  const scoreOf = (category: string) => Math.round((categories[category]?.score ?? 0) * 100);
  return {
    scores: Object.fromEntries(CATEGORIES.map((name) => [name, scoreOf(name)])) as Scores,
    lost: CATEGORIES.flatMap((name) =>
      (categories[name]?.auditRefs ?? [])
        .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
        .map(({ id }) => `${name}: ${id}`)
    ),
  };
}
