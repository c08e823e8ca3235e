import assert from "node:assert/strict";
import { type Measured, qualityTable, shortcomings } from "./report.ts";

const good: Measured = {
  page: {
    name: "landing",
    path: "/",
    as: "visitor",
    main: "main",
    isUnlisted: false,
    isError: false,
  },
  lighthouse: {
    scores: { performance: 99, accessibility: 100, "best-practices": 100, seo: 95 },
    lost: [],
  },
  axe: [],
  html: [],
  withoutScript: true,
  weight: { script: 25 * 1024, style: 15 * 1024 },
};

Deno.test("a page that reaches every target has no shortcomings", () => {
  assert.deepEqual(shortcomings(good), []);
  assert.deepEqual(shortcomings({ ...good, lighthouse: null }), []);
});

Deno.test("each target that is missed is named", () => {
  const bad: Measured = {
    ...good,
    lighthouse: {
      scores: { ...good.lighthouse!.scores, seo: 94 },
      lost: ["seo: meta-description"],
    },
    axe: ["label: <input>"],
    html: ["Stray end tag"],
    withoutScript: false,
    weight: { script: 26 * 1024, style: 16 * 1024 },
  };
  assert.deepEqual(shortcomings(bad), [
    "landing, visitor: seo is 94, below 95 (seo: meta-description)",
    "landing, visitor: axe finds label: <input>",
    "landing, visitor: HTML: Stray end tag",
    `landing, visitor: "main" is not to be seen without script`,
    "landing, visitor: script is 26.0 KB, more than 25.0 KB",
    "landing, visitor: style is 16.0 KB, more than 15.0 KB",
  ]);
});

Deno.test("the table has a row for each page", () => {
  const rows = qualityTable([good, { ...good, lighthouse: null }]).split("\n");
  const cells = rows.map((row) => row.split("|").slice(1, -1).map((cell) => cell.trim()));
  assert.deepEqual(cells.slice(2), [
    ["landing, visitor", "99", "100", "100", "95", "0", "0", "yes", "25.0 KB", "15.0 KB"],
    ["landing, visitor", "–", "–", "–", "–", "0", "0", "yes", "25.0 KB", "15.0 KB"],
  ]);
});
