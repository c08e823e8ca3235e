import { stateOf } from "../core/decider.ts";
import { type DomainError, forbidden } from "../core/errors.ts";
import type { ModerationEvent } from "./events.ts";

export interface Moderation {
  readonly isSuspended: boolean;
  /** Null until somebody decided: then it depends on whether the person was the first. */
  readonly isAdmin: boolean | null;
}

/** What somebody hears who is suspended. */
export const suspended = (): DomainError =>
  forbidden("This account is suspended; whoever runs this Filmroll can tell you why");

const initial: Moderation = { isSuspended: false, isAdmin: null };

function evolve(moderation: Moderation, { type }: ModerationEvent): Moderation {
  switch (type) {
    case "UserSuspended":
      return { ...moderation, isSuspended: true };
    case "UserReinstated":
      return { ...moderation, isSuspended: false };
    case "AdminAppointed":
      return { ...moderation, isAdmin: true };
    case "AdminDismissed":
      return { ...moderation, isAdmin: false };
    default:
      return moderation;
  }
}

export const moderationOf = (userId: number) =>
  stateOf(`moderation-${userId}`, { initial, evolve });
