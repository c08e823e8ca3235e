import { LIMITS } from "../../media/limits.ts";
import { endpoint, operation, pageOnly, type RefusedForm, seeOther } from "../../web/operation.ts";
import { Post, PostCreate } from "../../web/schemas.ts";
import { define } from "../../web/state.ts";
import ComposerPage from "./(_components)/ComposerPage.tsx";

export const handler = endpoint<RefusedForm>({
  GET: pageOnly({ page: () => seeOther("/") }),
  POST: operation({
    summary: "Post a picture, some words, or both",
    does: "CreatePost",
    auth: "required",
    body: PostCreate,
    photos: { most: LIMITS.picturesPerPost },
    answers: [201, Post],
    run: ({ state: { filmroll } }, { body: { content, image_url, media }, caller, sender }) =>
      filmroll.commands.execute("CreatePost", {
        by: caller.id,
        content: content ?? null,
        imageUrl: image_url ?? null,
        media,
      }, sender),
    json: ({ state: { filmroll } }, { caller }, { postId }) =>
      filmroll.queries.ask("GetPost", { id: postId, viewer: caller.id }),
    seeOther: (_, { postId }) => `/posts/${postId}`,
    formAgain: (_, form) => form,
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <ComposerPage form={data} state={state} url={url} />
));
