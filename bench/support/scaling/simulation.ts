/** Communities of all sizes on what was measured. The same measurements give the same figures. */
import { seeded } from "../../../cli/demo/pictures_paint.ts";
import { type Community, communityOf } from "./community.ts";
import {
  amplification,
  bestStrategy,
  COPY,
  type Day,
  dayOf,
  deliverySeconds,
  type Machine,
  MERGE,
  type Plan,
  planOf,
  type Strategy,
  writtenBy,
} from "./feed_cost.ts";
import { feedLatency, type Latency } from "./feed_latency.ts";
import { type Bytes, type Measurements, type Taken, unitCosts } from "./measure.ts";

/** All that one run measured. */
export interface Measured {
  readonly sqlite: Measurements;
  readonly postgres: Measurements;
  readonly bytes: Bytes;
  readonly notify: Taken;
  /** Seconds of a node's core for the feed as a page. */
  readonly page: number;
}

/** A community with one way to make its feeds. */
export interface Simulated {
  readonly strategy: Strategy;
  readonly day: Day;
  readonly plan: Plan;
  readonly latency: Latency;
  /** Seconds until the last follower of the most followed author whose posts are copied has one. */
  readonly delivery: number;
  readonly amplification: number;
  /** Bytes of a day in tables and indexes. */
  readonly kept: { readonly commands: number; readonly copies: number };
}

export interface Simulation {
  readonly community: Community;
  readonly merge: Simulated;
  readonly copy: Simulated;
  readonly hybrid: Simulated;
}

/** A database server as one rents them, half of it used at the busiest second. */
const CORES = 16;
const LOAD = 0.5;

/** In which copies of a post are to arrive where a hybrid is free to choose, in seconds. */
export const IN_TIME = 1;

const SEED = 6;

export const machineOf = ({ postgres }: Measured): Machine => ({
  cores: CORES,
  load: LOAD,
  commands: 1 / postgres.command.clock,
});

export function simulate(people: number, measured: Measured): Simulation {
  const community = communityOf(people, seeded(SEED));
  const cores = unitCosts(measured.postgres, "cores");
  const clock = unitCosts(measured.postgres, "clock");
  const machine = machineOf(measured);
  const by = (strategy: Strategy): Simulated => {
    const day = dayOf(community, strategy);
    const plan = planOf(community, cores, strategy, machine);
    const copied = community.ranks.map(({ followers }) => followers)
      .filter((followers) => followers <= strategy.copiedUpTo);
    return {
      strategy,
      day,
      plan,
      latency: feedLatency(community, clock, strategy, day.mergedShare, plan, seeded(SEED)),
      delivery: copied.length === 0 ? 0 : deliverySeconds(clock, Math.max(...copied), plan.shards),
      amplification: amplification(writtenBy(day, measured.bytes.logged)),
      kept: writtenBy(day, measured.bytes.kept),
    };
  };
  return {
    community,
    merge: by(MERGE),
    copy: by(COPY),
    hybrid: by(bestStrategy(community, cores, clock, machine, IN_TIME)),
  };
}
