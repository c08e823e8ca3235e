import { userExists } from "../account/state.ts";
import { command } from "../core/decider.ts";
import { notFound } from "../core/errors.ts";
import { sql } from "../core/statement.ts";
import type { AdminAppointed, AdminDismissed, UserReinstated, UserSuspended } from "./events.ts";
import { isFirst } from "./first.ts";
import { type Moderation, moderationOf } from "./state.ts";

export interface Moderate {
  readonly userId: number;
}

const streams = ({ userId }: Moderate) => ({
  exists: userExists(userId),
  moderation: moderationOf(userId),
});

interface States {
  readonly exists: boolean;
  readonly moderation: Moderation;
}

function requirePerson({ exists }: States): void {
  if (!exists) throw notFound("User");
}

const isAdmin = (userId: number, { moderation }: States): boolean =>
  moderation.isAdmin ?? isFirst(userId);

/** Ends every session; programs are refused with their next request. */
export const suspendUser = command({
  streams,
  decide({ userId }, states): UserSuspended[] {
    requirePerson(states);
    return states.moderation.isSuspended ? [] : [{ type: "UserSuspended", data: { userId } }];
  },
  result: () => null,
  secrets: (_, { userId }) => [sql`DELETE FROM session WHERE user_id = ${userId}`],
});

export const reinstateUser = command({
  streams,
  decide({ userId }, states): UserReinstated[] {
    requirePerson(states);
    return states.moderation.isSuspended ? [{ type: "UserReinstated", data: { userId } }] : [];
  },
  result: () => null,
});

export const appointAdmin = command({
  streams,
  decide({ userId }, states): AdminAppointed[] {
    requirePerson(states);
    return isAdmin(userId, states) ? [] : [{ type: "AdminAppointed", data: { userId } }];
  },
  result: () => null,
});

export const dismissAdmin = command({
  streams,
  decide({ userId }, states): AdminDismissed[] {
    requirePerson(states);
    return isAdmin(userId, states) ? [{ type: "AdminDismissed", data: { userId } }] : [];
  },
  result: () => null,
});
