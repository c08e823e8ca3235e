import { page } from "fresh";
import { z } from "zod";
import { endpoint, nextPage, operation, type RefusedForm } from "../../web/operation.ts";
import { pageOf, Story, StoryCreate } from "../../web/schemas.ts";
import { define } from "../../web/state.ts";
import { askerOf } from "../../web/stories.ts";
import StoriesPage from "./(_components)/StoriesPage.tsx";
import StoryComposerPage from "./(_components)/StoryComposerPage.tsx";

interface Mine {
  readonly stories: readonly Story[];
  readonly older: string | null;
}

type Data = Mine | RefusedForm;

export const handler = endpoint<Data>({
  GET: operation({
    summary: "One's own stories of the last 24 hours, newest first",
    does: "GetMyStories",
    auth: "required",
    query: pageOf(100),
    answers: [200, z.array(Story)],
    run: (ctx, { query }) =>
      ctx.state.filmroll.queries.ask("GetMyStories", { ...askerOf(ctx), ...query }),
    page: ({ url }, { query }, stories) =>
      page<Data>({ stories, older: nextPage(url, query, stories) }),
  }),
  POST: operation({
    summary: "Tell a story: a picture, some words, or both, for 24 hours",
    does: "CreateStory",
    auth: "required",
    body: StoryCreate,
    photos: { most: 1 },
    answers: [201, Story],
    run: ({ state: { filmroll } }, { body: { content, image_url, media }, caller, sender }) =>
      filmroll.commands.execute("CreateStory", {
        by: caller.id,
        content: content ?? null,
        imageUrl: image_url ?? null,
        media,
      }, sender),
    json: (ctx, _, { storyId }) =>
      ctx.state.filmroll.queries.ask("GetStory", { id: storyId, ...askerOf(ctx) }),
    seeOther: (_, { storyId }) => `/stories/${storyId}`,
    formAgain: (_, form): Data => form,
  }),
});

export default define.page<typeof handler>(({ data, state, url }) =>
  "stories" in data
    ? (
      <StoriesPage
        {...data}
        title="Your stories"
        empty="You have no stories now"
        state={state}
        url={url}
      />
    )
    : <StoryComposerPage form={data} state={state} url={url} />
);
