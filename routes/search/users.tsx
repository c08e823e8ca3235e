import { page } from "fresh";
import { z } from "zod";
import PeopleList from "../../components/PeopleList.tsx";
import { endpoint, nextPage, operation } from "../../web/operation.ts";
import { searchOf, User } from "../../web/schemas.ts";
import { define, viewerOf } from "../../web/state.ts";
import ListPage from "./(_components)/ListPage.tsx";

export const handler = endpoint({
  GET: operation({
    summary: "People whose names begin with what is asked for; none for an empty question",
    does: "SearchUsers",
    query: searchOf(20),
    answers: [200, z.array(User)],
    run: (ctx, { query }) =>
      ctx.state.filmroll.queries.ask("SearchUsers", { viewer: viewerOf(ctx), ...query }),
    page: ({ url }, { query }, people) =>
      page({ q: query.q, people, older: nextPage(url, query, people) }),
  }),
});

export default define.page<typeof handler>(({ data: { q, people, older }, state, url }) => (
  <ListPage q={q} title="People" older={older} state={state} url={url}>
    {people.length === 0 ? null : (
      <PeopleList
        users={people}
        viewerId={state.caller?.id ?? null}
        returnTo={url.pathname + url.search}
      />
    )}
  </ListPage>
));
