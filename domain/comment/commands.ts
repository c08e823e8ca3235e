import { userExists } from "../account/state.ts";
import { command } from "../core/decider.ts";
import { forbidden, invalid, notFound } from "../core/errors.ts";
import { postState, requirePublished } from "../post/state.ts";
import type { CommentCreated, CommentDeleted } from "./events.ts";
import { commentState } from "./state.ts";

export interface CreateComment {
  readonly by: number;
  readonly postId: number;
  readonly content: string;
}

export const createComment = command({
  streams: ({ by, postId }: CreateComment) => ({
    authorExists: userExists(by),
    post: postState(postId),
  }),
  decide({ by, postId, content }, { authorExists, post }, { id }): CommentCreated[] {
    if (!authorExists) throw notFound("User");
    requirePublished(post);
    if (content.trim() === "") throw invalid("Must not be empty", "content");
    return [{
      type: "CommentCreated",
      data: { commentId: id("comment"), postId, authorId: by, content },
    }];
  },
  result: ([created]) => ({ commentId: created!.data.commentId }),
});

export interface DeleteComment {
  readonly by: number;
  readonly commentId: number;
  /** The post it stands under: with a deleted post its comments are gone too. */
  readonly postId: number;
}

export const deleteComment = command({
  streams: ({ commentId, postId }: DeleteComment) => ({
    comment: commentState(commentId),
    post: postState(postId),
  }),
  decide({ by, commentId, postId }, { comment, post }): CommentDeleted[] {
    const stands = comment.status === "published" && comment.postId === postId &&
      post.status === "published";
    if (!stands) throw notFound("Comment");
    if (comment.authorId !== by) throw forbidden("Only its author can delete a comment");
    return [{ type: "CommentDeleted", data: { commentId, postId, authorId: by } }];
  },
  result: () => null,
});
