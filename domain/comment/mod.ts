import { contextOf } from "../core/context.ts";
import { createComment, deleteComment } from "./commands.ts";
import { type CommentEvent, personal } from "./events.ts";
import { commentProjection } from "./projection.ts";
import { getComment, getPostComments } from "./queries.ts";
import { commentState } from "./state.ts";

/** Comments on posts. */
export const comment = contextOf<CommentEvent>()({
  name: "comment",
  streams: {
    CommentCreated: ({ commentId }) => `comment-${commentId}`,
    CommentDeleted: ({ commentId }) => `comment-${commentId}`,
  },
  states: { comment: commentState },
  commands: { CreateComment: createComment, DeleteComment: deleteComment },
  queries: { GetComment: getComment, GetPostComments: getPostComments },
  readModel: commentProjection,
  personal,
});
