import type { DomainEvent } from "../core/event.ts";

interface Person {
  readonly userId: number;
}

/** A person may no longer log in or act. What they posted stays. */
export type UserSuspended = DomainEvent<"UserSuspended", Person>;
export type UserReinstated = DomainEvent<"UserReinstated", Person>;

/** A person sees the operator's pages. The first to register does from the beginning. */
export type AdminAppointed = DomainEvent<"AdminAppointed", Person>;
export type AdminDismissed = DomainEvent<"AdminDismissed", Person>;

export type ModerationEvent = UserSuspended | UserReinstated | AdminAppointed | AdminDismissed;
