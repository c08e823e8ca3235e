import { page } from "fresh";
import { z } from "zod";
import { blankForm, endpoint, nextPage, operation } from "../../../web/operation.ts";
import { postPage, requirePost } from "../../../web/posts.ts";
import { Comment, CommentCreate, IdText, pageOf } from "../../../web/schemas.ts";
import { define } from "../../../web/state.ts";
import PostPage from "../(_components)/PostPage.tsx";

const params = z.object({ id: IdText });

export const handler = endpoint({
  GET: operation({
    summary: "A post's comments, newest first",
    does: "GetPostComments",
    params,
    query: pageOf(50),
    answers: [200, z.array(Comment)],
    async run(ctx, { params: { id }, query }) {
      await requirePost(ctx, id);
      return await ctx.state.filmroll.queries.ask("GetPostComments", { postId: id, ...query });
    },
    async page(ctx, { params: { id }, query }, comments) {
      const post = await requirePost(ctx, id);
      return page({ post, comments, older: nextPage(ctx.url, query, comments), form: blankForm });
    },
  }),
  POST: operation({
    summary: "Comment on a post",
    does: "CreateComment",
    auth: "required",
    params,
    body: CommentCreate,
    answers: [201, Comment],
    async run(ctx, { params: { id: postId }, body: { content }, caller: { id: by }, sender }) {
      await requirePost(ctx, postId);
      const { commands } = ctx.state.filmroll;
      return await commands.execute("CreateComment", { by, postId, content }, sender);
    },
    json: ({ state: { filmroll } }, _, { commentId }) =>
      filmroll.queries.ask("GetComment", { id: commentId }),
    seeOther: ({ params: { id } }) => `/posts/${id}#comments`,
    formAgain: async (ctx, form) =>
      await postPage(ctx, await requirePost(ctx, Number(ctx.params.id)), form),
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <PostPage {...data} state={state} url={url} />
));
