/** Communities of any size as figures: who follows how many, who is followed by how many, what they do. */
import type { Random } from "../../../cli/demo/pictures_paint.ts";

/** What people do: assumptions, which docs/scaling.md names. Rates are a day. */
export interface Habits {
  /** How many of all come on a day. */
  readonly activeShare: number;
  /** Feed pages of somebody who comes. */
  readonly feedPages: number;
  /** Other pages of somebody who comes, each some five rows by their keys. */
  readonly otherPages: number;
  /** Likes, comments, messages and marks of somebody who comes, each a command. */
  readonly actions: number;
  /** People whom somebody who comes begins to follow. */
  readonly follows: number;
  /** Posts of anybody, on average. */
  readonly posts: number;
  /** Those with more followers post more: their posts grow with this power of followers. */
  readonly postsPower: number;
  /** The busiest second against the average one. */
  readonly peak: number;
  /** Of those in the middle, whom they follow; in a community of less than twenty times that, a twentieth. */
  readonly medianFollowing: number;
  /** Deviation of the logarithm of how many one follows. */
  readonly followingSpread: number;
  /** Nobody follows more. */
  readonly mostFollowing: number;
  /** Exponent of the density of followers. */
  readonly followersExponent: number;
}

export const habits: Habits = {
  activeShare: 0.5,
  feedPages: 12,
  otherPages: 20,
  actions: 15,
  follows: 0.2,
  posts: 0.3,
  postsPower: 0.25,
  peak: 3,
  medianFollowing: 100,
  followingSpread: 1.2,
  mostFollowing: 7500,
  followersExponent: 2.276,
};

/** People with about as many followers. */
export interface Rank {
  readonly people: number;
  /** Of each. */
  readonly followers: number;
  /** Of each, a day. */
  readonly posts: number;
}

export interface Community {
  readonly people: number;
  readonly habits: Habits;
  /** From the most followed to the least; all people are in one. */
  readonly ranks: readonly Rank[];
  /** How many each of a sample of people follows. */
  readonly following: readonly number[];
}

/** Each rank reaches so much further down the list than the one before. */
const RANK_RATIO = 1.2;

const SAMPLE = 10_000;

/**
 * A community of so many people. Followers are Zipf-distributed over ranks, which is the power law;
 * as many follow as are followed.
 */
export function communityOf(people: number, random: Random, of: Habits = habits): Community {
  const most = Math.min(of.mostFollowing, people - 1);
  const median = Math.min(of.medianFollowing, people / 20);
  const following = Array.from({ length: SAMPLE }, () => {
    const drawn = Math.round(median * Math.exp(of.followingSpread * random.normal()));
    return Math.min(most, Math.max(1, drawn));
  });
  const sizes = ranksOf(people);
  const follows = people * mean(following);
  const weights = zipf(sizes, 1 / (of.followersExponent - 1));
  const factor = solve((factor) => total(sizes, followersOf(factor, weights, people)) - follows);
  const followers = followersOf(factor, weights, people);
  const postsOf = followers.map((count) => (1 + count) ** of.postsPower);
  const posts = of.posts * people / total(sizes, postsOf);
  return {
    people,
    habits: of,
    following,
    ranks: sizes.map((size, index) => ({
      people: size,
      followers: followers[index]!,
      posts: posts * postsOf[index]!,
    })),
  };
}

export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** The value that a share of the numbers does not exceed. */
export const quantile = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((a, b) =>
    a - b
  )[Math.min(numbers.length - 1, Math.floor(share * numbers.length))]!;

/** Sums over the people of all ranks. */
export const sumOf = ({ ranks }: Community, of: (rank: Rank) => number): number =>
  ranks.reduce((sum, rank) => sum + rank.people * of(rank), 0);

const total = (sizes: readonly number[], each: readonly number[]): number =>
  sizes.reduce((sum, size, index) => sum + size * each[index]!, 0);

function ranksOf(people: number): number[] {
  const sizes: number[] = [];
  for (let seen = 0; seen < people;) {
    const size = Math.min(people - seen, Math.max(1, Math.floor(seen * (RANK_RATIO - 1))));
    sizes.push(size);
    seen += size;
  }
  return sizes;
}

/** Of each rank's middle person, with the first's as 1. */
function zipf(sizes: readonly number[], power: number): number[] {
  let seen = 0;
  return sizes.map((size) => {
    const middle = seen + (1 + size) / 2;
    seen += size;
    return middle ** -power;
  });
}

const followersOf = (factor: number, weights: readonly number[], people: number): number[] =>
  weights.map((weight) => Math.min(people - 1, factor * weight));

/** Where a growing function passes zero, above zero. */
function solve(excess: (value: number) => number): number {
  let low = 0;
  let high = 1;
  while (excess(high) < 0 && high < 1e18) high *= 2;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (excess(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}
