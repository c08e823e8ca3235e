import { markdownTable } from "../support/markdown.ts";
import type { Weight } from "./browse.ts";
import type { LighthouseResult } from "./lighthouse.ts";
import type { MeasuredPage } from "./pages.ts";

/** What was measured of one page. */
export interface Measured {
  readonly page: MeasuredPage;
  /** Null where Lighthouse does not measure: errors. */
  readonly lighthouse: LighthouseResult | null;
  readonly axe: readonly string[];
  readonly html: readonly string[];
  readonly withoutScript: boolean;
  readonly weight: Weight;
}

const LEAST_SCORE = 95;
const MOST_SCRIPT = 25 * 1024;
const MOST_STYLE = 15 * 1024;

const nameOf = ({ name, as }: MeasuredPage): string => `${name}, ${as}`;

const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1);

/** What of a page falls short, a sentence each; what Lighthouse took off says where to look. */
export function shortcomings({ page, lighthouse, axe, html, ...rest }: Measured): string[] {
  const { withoutScript, weight: { script, style } } = rest;
  const low = Object.entries(lighthouse?.scores ?? {}).filter(([, score]) => score < LEAST_SCORE);
  const about = (limit: number) => `more than ${kilobytes(limit)} KB`;
  return [
    ...low.map(([category, score]) =>
      `${category} is ${score}, below ${LEAST_SCORE} (${lighthouse?.lost.join(", ")})`
    ),
    ...axe.map((finding) => `axe finds ${finding}`),
    ...html.map((finding) => `HTML: ${finding}`),
    ...(withoutScript ? [] : [`"${page.main}" is not to be seen without script`]),
    ...(script > MOST_SCRIPT ? [`script is ${kilobytes(script)} KB, ${about(MOST_SCRIPT)}`] : []),
    ...(style > MOST_STYLE ? [`style is ${kilobytes(style)} KB, ${about(MOST_STYLE)}`] : []),
  ].map((sentence) => `${nameOf(page)}: ${sentence}`);
}

const HEAD = [
  ...["page", "performance", "accessibility", "best practices", "SEO", "axe", "HTML"],
  ...["no script", "script", "style"],
];

/** The table of docs/quality.md. */
export const qualityTable = (all: readonly Measured[]): string =>
  markdownTable(
    HEAD,
    all.map(({ page, lighthouse, axe, html, withoutScript, weight }) => [
      nameOf(page),
      ...(lighthouse === null
        ? ["–", "–", "–", "–"]
        : Object.values(lighthouse.scores).map(String)),
      String(axe.length),
      String(html.length),
      withoutScript ? "yes" : "no",
      `${kilobytes(weight.script)} KB`,
      `${kilobytes(weight.style)} KB`,
    ]),
  );
