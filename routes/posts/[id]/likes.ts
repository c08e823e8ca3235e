import { z } from "zod";
import { IdText, LikeRequest, LikeStatus } from "../../../web/schemas.ts";
import { endpoint, operation, pageOnly, seeOther } from "../../../web/operation.ts";
import { requirePost } from "../../../web/posts.ts";

const params = z.object({ id: IdText });

export const handler = endpoint<never>({
  GET: pageOnly({ page: ({ params }) => seeOther(`/posts/${params.id}`) }),
  POST: operation({
    summary: "Like a post, or unlike it",
    does: "ToggleLike",
    auth: "required",
    params,
    body: LikeRequest,
    answers: [200, LikeStatus],
    async run(ctx, { params, body, caller, sender }) {
      const { commands, queries } = ctx.state.filmroll;
      await requirePost(ctx, params.id);
      const like = { postId: params.id, by: caller.id };
      const { liked } = body?.liked === undefined
        ? await commands.execute("ToggleLike", like, sender)
        : await commands.execute("SetLike", { ...like, liked: body.liked }, sender);
      const like_count = await queries.ask("GetLikeCount", { postId: params.id }) ?? 0;
      return { liked, like_count };
    },
    seeOther: ({ params: { id } }) => `/posts/${id}`,
  }),
});
