import { stateOf } from "../core/decider.ts";
import type { CommentEvent } from "./events.ts";

export type CommentState =
  | { readonly status: "unknown" | "deleted" }
  | { readonly status: "published"; readonly authorId: number; readonly postId: number };

const unknown: CommentState = { status: "unknown" };

function evolve(_: CommentState, event: CommentEvent): CommentState {
  if (event.type === "CommentDeleted") return { status: "deleted" };
  const { authorId, postId } = event.data;
  return { status: "published", authorId, postId };
}

export const commentState = (commentId: number) =>
  stateOf(`comment-${commentId}`, { initial: unknown, evolve });
