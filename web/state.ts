import { type Context, createDefine } from "fresh";
import type { Filmroll } from "../domain/mod.ts";
import type { Accounts, Caller } from "./accounts.ts";
import type { RateLimiter } from "./rate_limit.ts";

/** What every route may use: made once, when the server starts. */
export interface Services {
  readonly filmroll: Filmroll;
  readonly accounts: Accounts;
  readonly limiter: RateLimiter;
  readonly publicUrl: string;
  /** The folder of pictures that this server keeps itself. */
  readonly mediaDir: string;
}

/** What is known of a request before its route runs. */
export interface State extends Services {
  /** Null where nobody is logged in. */
  caller: Caller | null;
  /** `/api/…` always answers JSON; elsewhere the Accept header decides. */
  wants: "html" | "json";
}

export type Ctx = Context<State>;

export const define = createDefine<State>();

/** The id that `liked`, `following` and the like are answered for. */
export const viewerOf = (ctx: Ctx): number | null => ctx.state.caller?.id ?? null;
