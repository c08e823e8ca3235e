import { page } from "fresh";
import { z } from "zod";
import { endpoint, nextPage, pageOnly } from "../../web/operation.ts";
import { IdText } from "../../web/schemas.ts";
import { type Ctx, define, viewerOf } from "../../web/state.ts";
import ExplorePage, { type Explored } from "./(_components)/ExplorePage.tsx";
import ResultsPage, { type Results } from "./(_components)/ResultsPage.tsx";

const RESULTS = 10;
const POPULAR_HASHTAGS = 9;
const POPULAR_POSTS = 9;
const RECENT_POSTS = 30;

const SearchQuery = z.object({
  q: z.string().trim().default(""),
  before: IdText.optional().catch(undefined),
});

async function find(ctx: Ctx, q: string): Promise<Results> {
  const { queries } = ctx.state.filmroll;
  const first = { q, limit: RESULTS, offset: 0 };
  const [people, hashtags] = await Promise.all([
    queries.ask("SearchUsers", { ...first, viewer: viewerOf(ctx) }),
    queries.ask("SearchHashtags", first),
  ]);
  return {
    people,
    hashtags,
    morePeople: people.length === RESULTS,
    moreHashtags: hashtags.length === RESULTS,
  };
}

async function explore(ctx: Ctx, before: number | undefined): Promise<Explored> {
  const { queries } = ctx.state.filmroll;
  const viewer = viewerOf(ctx);
  const query = { limit: RECENT_POSTS, offset: 0, before };
  const recent = await queries.ask("GetRecentPosts", { viewer, ...query });
  const older = nextPage(ctx.url, query, recent);
  if (before !== undefined) return { hashtags: [], popular: [], recent, older };
  const [hashtags, popular] = await Promise.all([
    queries.ask("GetPopularHashtags", { limit: POPULAR_HASHTAGS }),
    queries.ask("GetPopularPosts", { viewer, limit: POPULAR_POSTS }),
  ]);
  return { hashtags, popular, recent, older };
}

export const handler = endpoint({
  GET: pageOnly({
    async page(ctx) {
      const { q, before } = SearchQuery.parse(Object.fromEntries(ctx.url.searchParams));
      return page(
        q === ""
          ? { q, results: null, explored: await explore(ctx, before) }
          : { q, results: await find(ctx, q), explored: null },
      );
    },
  }),
});

export default define.page<typeof handler>(({ data: { q, results, explored }, state, url }) =>
  results === null
    ? <ExplorePage {...explored} state={state} url={url} />
    : <ResultsPage {...results} q={q} state={state} url={url} />
);
