import { type Context, createDefine } from "fresh";
import type { Clock } from "../domain/core/clock.ts";
import type { Filmroll } from "../domain/mod.ts";
import type { Accounts, Caller } from "./accounts.ts";
import type { Importer } from "./archive/importer.ts";
import type { Faults } from "./faults.ts";
import type { LiveData } from "./live/events.ts";
import type { Live } from "./live/live.ts";
import type { MediaLibrary } from "./media/library.ts";
import type { RateLimiter } from "./rate_limit.ts";
import type { Activity } from "./watching/activity.ts";
import type { Metrics } from "./watching/metrics.ts";
import type { Operating } from "./watching/operating.ts";
import type { Readiness } from "./watching/readiness.ts";

/** What tells operators, and whoever sends requests here, how the server does. */
export interface Watching {
  readonly activity: Activity;
  readonly metrics: Metrics;
  /** What opens the metrics to other machines; null keeps them to this one. */
  readonly metricsToken: string | null;
  readonly readiness: () => Promise<Readiness>;
}

/** What every route may use: made once, when the server starts. */
export interface Services {
  readonly filmroll: Filmroll;
  readonly accounts: Accounts;
  /** Tells people what happens while they look. */
  readonly live: Live;
  readonly limiter: RateLimiter;
  readonly faults: Faults;
  readonly importer: Importer;
  /** What time it is, for what runs out when it is read. */
  readonly clock: Clock;
  readonly publicUrl: string;
  /** Days in which who deleted their account can come back. */
  readonly eraseGraceDays: number;
  /** The pictures that this server keeps itself. */
  readonly pictures: MediaLibrary;
  /** The folder of files that are being sent. */
  readonly uploadsDir: string;
  readonly watching: Watching;
  /** Whether other programs may work on the same database. */
  readonly areSeveralNodes: boolean;
  /** What the operator's pages show and do. */
  readonly operating: Operating;
}

/** What is known of a request before its route runs. */
export interface State extends Services {
  /** Null where nobody is logged in. */
  caller: Caller | null;
  /** `/api/…` and `/media/…` always answer JSON; elsewhere the Accept header decides. */
  wants: "html" | "json";
  /** The live position when the request came: what a page shows is at least as new. */
  livePosition: number;
  /** For a page: how much the caller has not read. */
  unread: LiveData["unread"];
  /** For a page: what to say about the form that led to it. */
  notice: string | null;
}

export type Ctx = Context<State>;

export const define = createDefine<State>();

/** The id that `liked`, `following` and the like are answered for. */
export const viewerOf = (ctx: Ctx): number | null => ctx.state.caller?.id ?? null;
