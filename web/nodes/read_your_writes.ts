import type { Middleware } from "fresh";
import { z } from "zod";
import { readingFrom, ReadPosition } from "../../domain/core/read_position.ts";
import { readCookie } from "../cookies.ts";
import { readSessionCookie } from "../session_cookie.ts";
import type { Ctx, State } from "../state.ts";
import { POSITION_COOKIE, positionCookie } from "./position_cookie.ts";

/** Where programs carry what browsers have in a cookie. */
export const POSITION_HEADER = "filmroll-position";

/** What anybody is shown is no further behind than so many events: a stream soon makes up for it. */
const MOST_BEHIND = 256;

/** A position on the film as a header or a query says it. */
export const PositionText = z.string().regex(/^\d{1,15}$/, "Must be the id of an event")
  .transform(Number);

/**
 * Has each request read from where its sender has seen the film, so that a copy of the database that
 * has come as far can answer, and tells them of the commands that they send now. A person or a program
 * that does not say where that is reads as of now.
 */
export const readYourWrites: Middleware<State> = async (ctx) => {
  const position = new ReadPosition(seenBy(ctx));
  // What is read from an earlier position is as old as that, and is told live from there on.
  ctx.state.livePosition = Math.min(ctx.state.livePosition, position.after ?? Infinity);
  const response = await readingFrom(position, () => ctx.next());
  const { committed } = position;
  if (committed === null) return response;
  response.headers.set(POSITION_HEADER, String(committed));
  if (!ctx.req.headers.has("authorization")) {
    response.headers.append("set-cookie", positionCookie(committed));
  }
  return response;
};

/** The position from which a request is to be answered; undefined where it is to be as of now. */
function seenBy({ req: { headers }, state: { livePosition, publicUrl } }: Ctx): number | undefined {
  const earliest = Math.max(0, livePosition - MOST_BEHIND);
  const text = headers.get(POSITION_HEADER) ?? readCookie(headers, POSITION_COOKIE);
  const { data: seen } = PositionText.safeParse(text);
  if (seen !== undefined) return seen > livePosition ? undefined : Math.max(seen, earliest);
  const isSomebody = headers.has("authorization") || readSessionCookie(headers, publicUrl) !== null;
  return isSomebody ? undefined : earliest;
}
