import { notFound } from "../domain/core/errors.ts";
import type { PostView } from "../domain/post/queries.ts";
import { blankForm, nextPage, type RefusedForm } from "./operation.ts";
import type { Comment, Post } from "./schemas.ts";
import { type Ctx, viewerOf } from "./state.ts";

const COMMENTS = 50;

/** A post as the caller sees it, or a refusal. */
export async function requirePost(ctx: Ctx, id: number): Promise<PostView> {
  const post = await ctx.state.filmroll.queries.ask("GetPost", { id, viewer: viewerOf(ctx) });
  if (post === null) throw notFound("Post");
  return post;
}

/** What a post's page shows. */
export interface PostPageData {
  readonly post: Post;
  readonly comments: readonly Comment[];
  readonly older: string | null;
  readonly form: RefusedForm;
}

/** A post with the latest of its comments. */
export async function postPage(
  ctx: Ctx,
  post: PostView,
  form: RefusedForm = blankForm,
): Promise<PostPageData> {
  const page = { limit: COMMENTS, offset: 0 };
  const comments = await ctx.state.filmroll.queries.ask("GetPostComments", {
    postId: post.id,
    ...page,
  });
  const url = new URL(`/posts/${post.id}/comments`, ctx.url);
  return { post, comments, older: nextPage(url, page, comments), form };
}
