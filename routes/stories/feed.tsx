import { page } from "fresh";
import { z } from "zod";
import { endpoint, nextPage, operation } from "../../web/operation.ts";
import { pageOf, Story } from "../../web/schemas.ts";
import { define } from "../../web/state.ts";
import { askerOf } from "../../web/stories.ts";
import StoriesPage from "./(_components)/StoriesPage.tsx";

export const handler = endpoint({
  GET: operation({
    summary: "One's own stories and those of the people one follows, newest first",
    does: "GetStoryFeed",
    auth: "required",
    query: pageOf(100),
    answers: [200, z.array(Story)],
    run: (ctx, { query }) =>
      ctx.state.filmroll.queries.ask("GetStoryFeed", { ...askerOf(ctx), ...query }),
    page: ({ url }, { query }, stories) => page({ stories, older: nextPage(url, query, stories) }),
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <StoriesPage {...data} title="Stories" empty="Nobody has a story now" state={state} url={url} />
));
