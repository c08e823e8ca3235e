/** The tables and charts of docs/scaling.md, out of what was measured. */
import { markdownTable } from "../../../tools/support/markdown.ts";
import { chart } from "./chart.tsx";
import { habits } from "./community.ts";
import { copiesPayFrom, KEPT_COPIES, type Line, PAGE } from "./feed_cost.ts";
import { ROUND_TRIP } from "./feed_latency.ts";
import { bytes, count, duration } from "./figures.ts";
import { type Measurements, type Taken, unitCosts } from "./measure.ts";
import {
  machineOf,
  type Measured,
  simulate,
  type Simulated,
  type Simulation,
} from "./simulation.ts";

export interface Report {
  /** Markdown by the names of the document's blocks. */
  readonly blocks: Readonly<Record<string, string>>;
  /** SVG by the names of files. */
  readonly charts: Readonly<Record<string, string>>;
}

const POWERS = [3, 4, 5, 6, 7, 8];
const DAY = 86_400;

export function reportOf(measured: Measured): Report {
  const simulations = POWERS.map((power) => simulate(10 ** power, measured));
  const finer = POWERS.flatMap((power) => power === 8 ? [power] : [power, power + 0.5])
    .map((power) => simulate(Math.round(10 ** power), measured));
  return {
    blocks: {
      costs: costsTable(measured),
      habits: habitsTable(measured),
      following: followingTable(measured),
      followers: followersTable(measured),
      communities: communitiesTable(simulations, measured),
      strategies: strategiesTable(simulations),
      storage: storageTable(simulations),
    },
    charts: {
      "page.svg": pageChart(measured),
      "cores.svg": coresChart(finer),
      "latency.svg": latencyChart(finer),
      "storage.svg": storageChart(finer),
    },
  };
}

function costsTable({ sqlite, postgres, bytes: sizes, notify, page }: Measured): string {
  const row = (name: string, of: (of: Measurements) => Taken) => [
    name,
    duration(of(sqlite).clock),
    duration(of(postgres).clock),
    duration(of(postgres).cores),
  ];
  const line = ({ fixed, each }: Line, what: string) =>
    `${duration(fixed)} + ${duration(each)} a ${what}`;
  const lineRow = (name: string, key: "merge" | "copying", what: string) => [
    name,
    line(unitCosts(sqlite, "clock")[key], what),
    line(unitCosts(postgres, "clock")[key], what),
    line(unitCosts(postgres, "cores")[key], what),
  ];
  const range = (rows: number) => (of: Measurements) =>
    of.rangeReads.find(({ count }) => count === rows)!.taken;
  const only = (name: string, figure: Taken) => [
    name,
    "",
    duration(figure.clock),
    duration(figure.cores),
  ];
  return markdownTable(["one of", "SQLite", "PostgreSQL", "of its cores"], [
    row("a post by its key, as `GetPost`", ({ pointRead }) => pointRead),
    row("20 rows of an index", range(20)),
    row("1,000 rows of an index", range(1000)),
    lineRow(`a feed page by merging, as \`GetFeed\``, "merge", "person followed"),
    row("a feed page out of copies", ({ copiedPage }) => copiedPage),
    lineRow("copying one post", "copying", "follower"),
    row("taking an old copy away", ({ forgetting }) => forgetting),
    row("a count of 256 posts, each", ({ update }) => update),
    row("the same count 256 times, each", ({ updateOfOne }) => updateOfOne),
    row("a like alone, on disk", ({ alone }) => alone),
    row("a like among 64, on disk", ({ command }) => command),
    row("a post among 64, on disk", ({ post }) => post),
    only("NOTIFY until somebody hears", notify),
    ["the feed as a page, on a node", duration(page), "", ""],
    ["bytes kept: like, post, copy", "", sizesOf(sizes.kept), ""],
    ["bytes logged: like, post, copy", "", sizesOf(sizes.logged), ""],
  ]);
}

const sizesOf = ({ action, post, copy }: Measured["bytes"]["kept"]): string =>
  [action, post, copy].map(bytes).join(", ");

function habitsTable(measured: Measured): string {
  const { cores, load, commands } = machineOf(measured);
  return markdownTable(["assumed", "figure"], [
    ["come on a day", `${100 * habits.activeShare} % of all`],
    ["feed pages, other pages a day of who comes", `${habits.feedPages}, ${habits.otherPages}`],
    ["likes, comments, messages a day of who comes", String(habits.actions)],
    ["new follows a day of who comes", String(habits.follows)],
    ["posts a day of anybody", String(habits.posts)],
    ["posts grow with followers", `to the power of ${habits.postsPower}`],
    ["the busiest second against the average", `${habits.peak} times`],
    [
      "people follow",
      `median ${habits.medianFollowing}, log-normal (σ ${habits.followingSpread}), at most ${
        count(habits.mostFollowing)
      }`,
    ],
    ["are followed", `power law, density exponent ${habits.followersExponent}`],
    [
      "a database",
      `${cores} cores like these, ${100 * load} % busy at most, ${
        count(commands)
      } commands/s a film`,
    ],
    ["from a node to a database and back", duration(ROUND_TRIP)],
    ["copies kept of a person", String(KEPT_COPIES)],
  ]);
}

const PAGES_PER_POST = [1, 3, 6, 10, 30, 100];

/** From how many followed on a copied page is cheaper. */
function followingTable({ postgres }: Measured): string {
  const costs = unitCosts(postgres, "cores");
  return markdownTable(
    ["feed pages read for each post of somebody followed", "copies are cheaper from"],
    PAGES_PER_POST.map((pages) => {
      const from = copiesPayFrom(costs, pages);
      return [String(pages), from === Infinity ? "never" : `${count(Math.ceil(from))} followed on`];
    }),
  );
}

const HELD = [0.01, 0.1, 1, 10, 60];

/** How many followers' copies take so long. */
function followersTable({ postgres }: Measured): string {
  const { copying } = unitCosts(postgres, "clock");
  return markdownTable(
    ["one post's copies take", "with so many followers, on one shard", "on 16 shards"],
    HELD.map((seconds) => {
      const followers = (seconds - copying.fixed) / copying.each;
      return [duration(seconds), count(followers), count(16 * followers)];
    }),
  );
}

function communitiesTable(simulations: readonly Simulation[], measured: Measured): string {
  const { commands: ofOneFilm } = machineOf(measured);
  return markdownTable(
    [
      "people",
      "most followers",
      "feed pages/s",
      "commands/s",
      "films' worth",
      "cores of nodes",
      "film a day",
    ],
    simulations.map(({ community, merge: { day, kept } }) => {
      const atPeak = (aDay: number) => aDay * habits.peak / DAY;
      const commands = atPeak(day.posts + day.actions);
      return [
        count(community.people),
        count(Math.max(...community.ranks.map(({ followers }) => followers))),
        count(atPeak(day.feedPages)),
        count(commands),
        cores(commands / ofOneFilm),
        cores(atPeak(day.feedPages + day.otherPages) * measured.page),
        bytes(kept.commands),
      ];
    }),
  );
}

/** Of cores: what is next to nothing is not told more exactly. */
const cores = (figure: number): string =>
  figure === 0 ? "0" : figure < 0.01 ? "< 0.01" : count(figure);

const ways = ({ merge, copy, hybrid }: Simulation): readonly (readonly [string, Simulated])[] => [
  ["merge", merge],
  ["copy", copy],
  [hybridName(hybrid), hybrid],
];

const hybridName = ({ strategy: { copiedUpTo } }: Simulated): string =>
  copiedUpTo === 0 ? "hybrid: all merged" : `hybrid: copied up to ${count(copiedUpTo)}`;

function strategiesTable(simulations: readonly Simulation[]): string {
  return markdownTable(
    [
      "people",
      "feed",
      "cores busy",
      "of these feed, copies",
      "shards",
      "page p50",
      "p99",
      "last copy after",
      "log written",
    ],
    simulations.flatMap((simulation) =>
      ways(simulation).map(([name, { plan, latency, delivery, amplification }], index) => [
        index === 0 ? count(simulation.community.people) : "",
        name,
        cores(plan.cores),
        `${cores(plan.of.feed)}, ${cores(plan.of.copies)}`,
        count(plan.shards),
        duration(latency.p50),
        duration(latency.p99),
        delivery === 0 ? "" : duration(delivery),
        `${amplification.toFixed(1)} ×`,
      ])
    ),
  );
}

function storageTable(simulations: readonly Simulation[]): string {
  return markdownTable(
    ["people", "film and read models a day", "a year", "copies a day", "copies kept"],
    simulations.map(({ community, copy: { kept, day } }) => {
      const each = kept.copies / day.copies;
      return [
        count(community.people),
        bytes(kept.commands),
        bytes(365 * kept.commands),
        bytes(kept.copies),
        bytes(community.people * KEPT_COPIES * each),
      ];
    }),
  );
}

const PEOPLE = { label: "people", format: count };

const lineOf = (
  simulations: readonly Simulation[],
  of: (simulation: Simulation) => number,
): [number, number][] =>
  simulations.map((simulation) => [simulation.community.people, of(simulation)]);

function pageChart({ sqlite, postgres }: Measured): string {
  const points = ({ merges }: Measurements) =>
    merges.map(({ count, taken }) => [count, taken.clock] as const);
  const [first, last] = [postgres.merges[0]!.count, postgres.merges.at(-1)!.count];
  const flat = (value: number) => [[first, value], [last, value]] as const;
  return chart({
    title: `A feed page of ${PAGE} posts, as measured`,
    x: { label: "people followed", format: count },
    y: { label: "time in the database", format: duration },
    series: [
      { name: "PostgreSQL, merged", colour: 2, hasDots: true, points: points(postgres) },
      {
        name: "PostgreSQL, copied",
        colour: 2,
        isDashed: true,
        points: flat(postgres.copiedPage.clock),
      },
      { name: "SQLite, merged", colour: 1, hasDots: true, points: points(sqlite) },
      { name: "SQLite, copied", colour: 1, isDashed: true, points: flat(sqlite.copiedPage.clock) },
    ],
  });
}

function coresChart(simulations: readonly Simulation[]): string {
  const perMillion = (of: (simulation: Simulation) => number) =>
    lineOf(simulations, (one) => of(one) / one.community.people * 1e6);
  return chart({
    title: "Work of the databases by how the feed is made",
    x: PEOPLE,
    y: { label: "cores busy at the busiest second, for a million people", format: count },
    series: [
      { name: "merged", colour: 2, points: perMillion(({ merge }) => merge.plan.cores) },
      { name: "hybrid", colour: 3, points: perMillion(({ hybrid }) => hybrid.plan.cores) },
      { name: "copied", colour: 1, points: perMillion(({ copy }) => copy.plan.cores) },
      {
        name: "all but the feed",
        colour: 4,
        isDashed: true,
        points: perMillion(({ merge }) => merge.plan.of.rest),
      },
    ],
  });
}

function latencyChart(simulations: readonly Simulation[]): string {
  const pair = (
    name: string,
    colour: 1 | 2 | 3,
    of: (simulation: Simulation) => Simulated,
  ) => [
    { name: `${name}, p99`, colour, points: lineOf(simulations, (one) => of(one).latency.p99) },
    {
      name: `${name}, p50`,
      colour,
      isDashed: true,
      points: lineOf(simulations, (one) => of(one).latency.p50),
    },
  ];
  return chart({
    title: "How long a feed page waits for the databases",
    x: PEOPLE,
    y: { label: "time, on as many shards as needed", format: duration },
    series: [
      ...pair("merged", 2, ({ merge }) => merge),
      ...pair("copied", 1, ({ copy }) => copy),
      ...pair("hybrid", 3, ({ hybrid }) => hybrid),
    ],
  });
}

function storageChart(simulations: readonly Simulation[]): string {
  return chart({
    title: "What a day adds",
    x: PEOPLE,
    y: { label: "bytes in tables and indexes", format: bytes },
    series: [
      {
        name: "film, read models",
        colour: 4,
        points: lineOf(simulations, ({ merge }) => merge.kept.commands),
      },
      {
        name: "copies, all copied",
        colour: 1,
        points: lineOf(simulations, ({ copy }) => copy.kept.copies),
      },
      {
        name: "copies, hybrid",
        colour: 3,
        points: lineOf(simulations, ({ hybrid }) => hybrid.kept.copies)
          .filter(([, size]) => size > 0),
      },
    ],
  });
}
