import { page } from "fresh";
import { z } from "zod";
import { forbidden } from "../../../domain/core/errors.ts";
import { endpoint, nextPage, operation } from "../../../web/operation.ts";
import { IdText, pageOf, StoryStatus, StoryViewer } from "../../../web/schemas.ts";
import { define } from "../../../web/state.ts";
import { requireStory } from "../../../web/stories.ts";
import StoryViewersPage from "../(_components)/StoryViewersPage.tsx";

const params = z.object({ id: IdText });

export const handler = endpoint({
  GET: operation({
    summary: "Who has seen one's own story, the latest first",
    does: "GetStoryViewers",
    auth: "required",
    params,
    query: pageOf(50),
    answers: [200, z.array(StoryViewer)],
    async run(ctx, { params: { id }, query, caller }) {
      const story = await requireStory(ctx, id);
      if (story.author_id !== caller.id) throw forbidden("Only its author sees who saw a story");
      const viewers = await ctx.state.filmroll.queries.ask("GetStoryViewers", {
        storyId: id,
        viewer: caller.id,
        ...query,
      });
      return viewers;
    },
    page: async (ctx, { params: { id }, query }, viewers) =>
      page({
        story: await requireStory(ctx, id),
        viewers,
        older: nextPage(ctx.url, query, viewers),
      }),
  }),
  POST: operation({
    summary: "Say that one has seen a story",
    does: "ViewStory",
    auth: "required",
    params,
    answers: [200, StoryStatus],
    async run(ctx, { params: { id: storyId }, caller: { id: by }, sender }) {
      await requireStory(ctx, storyId);
      return await ctx.state.filmroll.commands.execute("ViewStory", { by, storyId }, sender);
    },
    seeOther: ({ params: { id } }) => `/stories/${id}`,
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <StoryViewersPage {...data} state={state} url={url} />
));
