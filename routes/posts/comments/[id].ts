import { z } from "zod";
import { notFound } from "../../../domain/core/errors.ts";
import { endpoint, operation } from "../../../web/operation.ts";
import { IdText } from "../../../web/schemas.ts";

export const handler = endpoint<never>({
  DELETE: operation({
    summary: "Delete one's own comment",
    does: "DeleteComment",
    auth: "required",
    params: z.object({ id: IdText }),
    answers: [204, null],
    async run({ state: { filmroll } }, { params: { id }, caller, sender }) {
      const comment = await filmroll.queries.ask("GetComment", { id });
      if (comment === null) throw notFound("Comment");
      const { post_id } = comment;
      await filmroll.commands.execute("DeleteComment", {
        by: caller.id,
        commentId: id,
        postId: post_id,
      }, sender);
      return { post_id };
    },
    seeOther: (_, { post_id }) => `/posts/${post_id}#comments`,
    notice: "comment-deleted",
  }),
});
