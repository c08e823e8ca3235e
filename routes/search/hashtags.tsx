import { page } from "fresh";
import { z } from "zod";
import HashtagList from "../../components/HashtagList.tsx";
import { endpoint, nextPage, operation } from "../../web/operation.ts";
import { Hashtag, searchOf } from "../../web/schemas.ts";
import { define } from "../../web/state.ts";
import ListPage from "./(_components)/ListPage.tsx";

export const handler = endpoint({
  GET: operation({
    summary: "Hashtags that begin with what is asked for; none for an empty question",
    does: "SearchHashtags",
    query: searchOf(20),
    answers: [200, z.array(Hashtag)],
    run: ({ state: { filmroll } }, { query }) => filmroll.queries.ask("SearchHashtags", query),
    page: ({ url }, { query }, hashtags) =>
      page({ q: query.q, hashtags, older: nextPage(url, query, hashtags) }),
  }),
});

export default define.page<typeof handler>(({ data: { q, hashtags, older }, state, url }) => (
  <ListPage q={q} title="Hashtags" older={older} state={state} url={url}>
    {hashtags.length === 0 ? null : <HashtagList hashtags={hashtags} />}
  </ListPage>
));
