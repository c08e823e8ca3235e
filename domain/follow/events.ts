import type { DomainEvent } from "../core/event.ts";

interface Follow {
  readonly followerId: number;
  readonly followeeId: number;
}

export type UserFollowed = DomainEvent<"UserFollowed", Follow>;
export type UserUnfollowed = DomainEvent<"UserUnfollowed", Follow>;

export type FollowEvent = UserFollowed | UserUnfollowed;
