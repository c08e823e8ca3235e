import { page } from "fresh";
import { z } from "zod";
import PeoplePage from "../(_components)/PeoplePage.tsx";
import { requireProfile } from "../../../web/people.ts";
import { endpoint, nextPage, operation } from "../../../web/operation.ts";
import { IdText, pageOf, User } from "../../../web/schemas.ts";
import { define, viewerOf } from "../../../web/state.ts";

export const handler = endpoint({
  GET: operation({
    summary: "Who follows a person, the latest first",
    does: "GetUserFollowers",
    params: z.object({ id: IdText }),
    query: pageOf(20),
    answers: [200, z.array(User)],
    async run(ctx, { params: { id }, query }) {
      await requireProfile(ctx, id);
      const { queries } = ctx.state.filmroll;
      return await queries.ask("GetUserFollowers", { id, viewer: viewerOf(ctx), ...query });
    },
    async page(ctx, { params: { id }, query }, people) {
      const profile = await requireProfile(ctx, id);
      return page({ profile, people, older: nextPage(ctx.url, query, people) });
    },
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <PeoplePage
    {...data}
    title="Followers"
    empty="Nobody follows this person yet."
    state={state}
    url={url}
  />
));
