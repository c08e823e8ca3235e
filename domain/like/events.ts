import type { DomainEvent } from "../core/event.ts";

interface Like {
  readonly postId: number;
  readonly userId: number;
}

export type PostLiked = DomainEvent<"PostLiked", Like>;
export type PostUnliked = DomainEvent<"PostUnliked", Like>;

export type LikeEvent = PostLiked | PostUnliked;
