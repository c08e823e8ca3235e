import { page } from "fresh";
import { z } from "zod";
import { endpoint, operation } from "../../../web/operation.ts";
import { IdText, Story } from "../../../web/schemas.ts";
import { define } from "../../../web/state.ts";
import { requireStory, storyPage } from "../../../web/stories.ts";
import StoryPage from "../(_components)/StoryPage.tsx";

const params = z.object({ id: IdText });

export const handler = endpoint({
  GET: operation({
    summary: "A story",
    does: "GetStory",
    auth: "required",
    params,
    answers: [200, Story],
    run: (ctx, { params: { id } }) => requireStory(ctx, id),
    page: async (ctx, _, story) => page(await storyPage(ctx, story)),
  }),
  DELETE: operation({
    summary: "Delete one's own story, also one that has run out",
    does: "DeleteStory",
    auth: "required",
    params,
    answers: [204, null],
    run: ({ state: { filmroll } }, { params: { id }, caller, sender }) =>
      filmroll.commands.execute("DeleteStory", { by: caller.id, storyId: id }, sender),
    seeOther: () => "/stories",
    notice: "story-deleted",
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <StoryPage {...data} state={state} url={url} />
));
