/**
 * What a community's feed costs its databases: by merging when read, by copying when written, or by
 * both. Deterministic: unit costs and a community in, figures out.
 */
import { type Community, mean, sumOf } from "./community.ts";

/** A cost that grows: `fixed + each * count`. */
export interface Line {
  readonly fixed: number;
  readonly each: number;
}

/** What one of each takes, in seconds: of a core, or of a clock. */
export interface UnitCosts {
  /** A row by its key. */
  readonly pointRead: number;
  /** Rows of an index in order, by their number. */
  readonly rangeRead: Line;
  /** A page of the feed, by whom one follows. */
  readonly merge: Line;
  /** A page of the feed where posts were copied to their readers. */
  readonly copiedPage: number;
  /** Copying a post, by the author's followers. */
  readonly copying: Line;
  /** Taking an old copy away. */
  readonly forgetting: number;
  /** A like among others: its share of a full group, read models included. */
  readonly command: number;
  /** A post among others, without copies. */
  readonly post: number;
}

/** Bytes that one of each leaves in tables and indexes, or in the write-ahead log. */
export interface UnitBytes {
  readonly action: number;
  readonly post: number;
  readonly copy: number;
}

/** A database server, and how much of it is to be used at the busiest second. */
export interface Machine {
  readonly cores: number;
  readonly load: number;
  /** Commands a second that one film records. */
  readonly commands: number;
}

/**
 * How a feed is made. Posts of authors with so many followers or fewer are copied to them when
 * written; those of others are merged when read.
 */
export interface Strategy {
  readonly copiedUpTo: number;
}

export const MERGE: Strategy = { copiedUpTo: 0 };
export const COPY: Strategy = { copiedUpTo: Infinity };

export const PAGE = 20;

/** Copies of a person that are kept, the newest. */
export const KEPT_COPIES = 500;

/** Rows by their keys that a page other than the feed reads. */
const ROWS_OF_PAGE = 5;

const DAY = 86_400;

/** On how many of so many shards a number of people, or rows, are. */
export const shardsTouched = (count: number, shards: number): number =>
  shards * (1 - (1 - 1 / shards) ** count);

/** What happens on a day. */
export interface Day {
  readonly feedPages: number;
  readonly otherPages: number;
  readonly posts: number;
  /** Commands other than posts. */
  readonly actions: number;
  readonly follows: number;
  /** Copies that are written. */
  readonly copies: number;
  /** Posts that are copied. */
  readonly copiedPosts: number;
  /** Of all who are followed, counted once a follower, the share whose posts are merged. */
  readonly mergedShare: number;
}

export function dayOf(community: Community, { copiedUpTo }: Strategy): Day {
  const { people, habits } = community;
  const active = people * habits.activeShare;
  const isCopied = (followers: number) => followers <= copiedUpTo;
  const ofCopied = (count: (followers: number, posts: number) => number) =>
    sumOf(
      community,
      ({ followers, posts }) => isCopied(followers) ? count(followers, posts) : 0,
    );
  const followed = sumOf(community, ({ followers }) => followers);
  return {
    feedPages: active * habits.feedPages,
    otherPages: active * habits.otherPages,
    posts: people * habits.posts,
    actions: active * (habits.actions + habits.follows),
    follows: active * habits.follows,
    copies: ofCopied((followers, posts) => followers * posts),
    copiedPosts: ofCopied((_followers, posts) => posts),
    mergedShare: 1 - ofCopied((followers) => followers) / followed,
  };
}

/** The steps of a feed page, on one shard. */
export interface PageSteps {
  /** Finding the copies; nothing where there are none. */
  readonly copies: number;
  /** Finding posts by merging, but for what each person followed adds. */
  readonly merging: number;
  /** Reading the posts that were found. */
  readonly rows: number;
}

export function pageSteps(
  { pointRead, rangeRead, merge, copiedPage }: UnitCosts,
  { copiedUpTo }: Strategy,
): PageSteps {
  const copies = rangeRead.fixed + rangeRead.each * PAGE;
  const rows = Math.max(0, copiedPage - copies);
  return {
    copies: copiedUpTo > 0 ? copies : 0,
    merging: Math.max(pointRead, merge.fixed - rows),
    rows,
  };
}

/** What a feed page costs all databases together. */
export function pageCost(
  { following }: Community,
  costs: UnitCosts,
  strategy: Strategy,
  mergedShare: number,
  shards: number,
): number {
  const { copies, merging, rows } = pageSteps(costs, strategy);
  // One more shard costs at least what a row by its key does.
  const more = (count: number) => Math.max(0, shardsTouched(count, shards) - 1) * costs.pointRead;
  const merged = mean(
    following.map((count) =>
      chanceOfAny(count, mergedShare) * merging + count * mergedShare * costs.merge.each +
      more(count * mergedShare)
    ),
  );
  return copies + merged + rows + more(PAGE);
}

const chanceOfAny = (count: number, share: number): number => 1 - (1 - share) ** count;

/** Seconds of cores that a day costs all databases, by what they go to. */
export interface DayCost {
  readonly feed: number;
  readonly copies: number;
  /** Commands and other pages, which no strategy changes. */
  readonly rest: number;
}

export function dayCost(
  community: Community,
  costs: UnitCosts,
  strategy: Strategy,
  shards: number,
): DayCost {
  const day = dayOf(community, strategy);
  const { copying, forgetting } = costs;
  const perCopy = copying.each + forgetting;
  const reach = day.copiedPosts === 0 ? 0 : day.copies / day.copiedPosts;
  // Who begins to follow gets a page of copies, which are found like a merged page of one.
  const newlyFollowed = day.follows * (1 - day.mergedShare) *
    (costs.merge.fixed + PAGE * perCopy);
  return {
    feed: day.feedPages * pageCost(community, costs, strategy, day.mergedShare, shards),
    copies: day.copies * perCopy +
      day.copiedPosts * shardsTouched(reach, shards) * copying.fixed +
      (strategy.copiedUpTo > 0 ? newlyFollowed : 0),
    rest: day.actions * costs.command + day.posts * costs.post +
      day.otherPages * ROWS_OF_PAGE * costs.pointRead,
  };
}

/** What a community needs at its busiest second. */
export interface Plan {
  /** Cores of databases that are busy. */
  readonly cores: number;
  /** Of these, what `DayCost` says. */
  readonly of: DayCost;
  /** Databases, each with a film of its own. */
  readonly shards: number;
  /** How much of each is busy, 0–1. */
  readonly load: number;
}

/** The fewest shards that carry a community at its busiest second. */
export function planOf(
  community: Community,
  costs: UnitCosts,
  strategy: Strategy,
  machine: Machine,
): Plan {
  const { peak } = community.habits;
  const { posts, actions } = dayOf(community, strategy);
  const commands = (posts + actions) * peak / DAY;
  const busy = (shards: number): DayCost => {
    const { feed, copies, rest } = dayCost(community, costs, strategy, shards);
    const atPeak = peak / DAY;
    return { feed: feed * atPeak, copies: copies * atPeak, rest: rest * atPeak };
  };
  const coresOf = (of: DayCost) => of.feed + of.copies + of.rest;
  const fits = (shards: number) =>
    coresOf(busy(shards)) <= shards * machine.cores * machine.load &&
    commands <= shards * machine.commands * machine.load;
  const shards = least(fits);
  const of = busy(shards);
  const cores = coresOf(of);
  const load = Math.max(cores / machine.cores, commands / machine.commands) / shards;
  return { cores, of, shards, load };
}

/** The least whole number that fits; every greater one does, too. */
function least(fits: (count: number) => boolean): number {
  let high = 1;
  while (!fits(high)) {
    high *= 2;
    if (high > 1e9) throw new Error("No number of shards carries this community");
  }
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The seconds until the last of so many followers has a post: each shard copies to its own. */
export const deliverySeconds = ({ copying }: UnitCosts, followers: number, shards: number) =>
  copying.fixed + copying.each * followers / shards;

/**
 * The hybrid that costs least of those whose posts all arrive in time.
 *
 * @param clock unit costs in seconds of a clock
 * @param inTime seconds
 */
export function bestStrategy(
  community: Community,
  costs: UnitCosts,
  clock: UnitCosts,
  machine: Machine,
  inTime: number,
): Strategy {
  const candidates = THRESHOLDS.filter((copiedUpTo) =>
    deliverySeconds(clock, copiedUpTo, 1) <= inTime
  );
  const coresOf = (copiedUpTo: number) => planOf(community, costs, { copiedUpTo }, machine).cores;
  const best = candidates.map((copiedUpTo) => ({ copiedUpTo, cores: coresOf(copiedUpTo) }))
    .toSorted((a, b) => a.cores - b.cores)[0];
  return best === undefined ? MERGE : { copiedUpTo: best.copiedUpTo };
}

/** Where a hybrid may change from copying to merging, in followers. 0 is merging alone. */
const THRESHOLDS = [
  0,
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((power) => [10 ** power, 2 * 10 ** power, 5 * 10 ** power]),
];

/** Bytes of a day. */
export interface Written {
  readonly commands: number;
  readonly copies: number;
}

export const writtenBy = (
  { actions, posts, copies }: Day,
  { action, post, copy }: UnitBytes,
): Written => ({ commands: actions * action + posts * post, copies: copies * copy });

/** Bytes written for each byte that the commands alone would write. */
export const amplification = ({ commands, copies }: Written): number =>
  (commands + copies) / commands;

/**
 * How many somebody must follow for copies to be cheaper than merging, by the feed pages that they
 * read for each post of somebody they follow; Infinity where copies never are.
 */
export function copiesPayFrom(
  { merge, copiedPage, copying, forgetting }: UnitCosts,
  pagesPerPost: number,
): number {
  const saved = merge.each - (copying.each + forgetting) / pagesPerPost;
  return saved <= 0 ? Infinity : Math.max(0, (copiedPage - merge.fixed) / saved);
}
