import { page } from "fresh";
import { z } from "zod";
import { endpoint, operation } from "../../../web/operation.ts";
import { postPage, requirePost } from "../../../web/posts.ts";
import { IdText, Post } from "../../../web/schemas.ts";
import { define } from "../../../web/state.ts";
import PostPage from "../(_components)/PostPage.tsx";

const params = z.object({ id: IdText });

export const handler = endpoint({
  GET: operation({
    summary: "A post",
    does: "GetPost",
    params,
    answers: [200, Post],
    run: (ctx, { params: { id } }) => requirePost(ctx, id),
    page: async (ctx, _, post) => page(await postPage(ctx, post)),
  }),
  DELETE: operation({
    summary: "Delete one's own post",
    does: "DeletePost",
    auth: "required",
    params,
    answers: [204, null],
    run: ({ state: { filmroll } }, { params: { id }, caller, sender }) =>
      filmroll.commands.execute("DeletePost", { by: caller.id, postId: id }, sender),
    seeOther: () => "/",
    notice: "post-deleted",
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <PostPage {...data} state={state} url={url} />
));
