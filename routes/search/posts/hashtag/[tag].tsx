import { page } from "fresh";
import { z } from "zod";
import { counted } from "../../../../components/count.ts";
import EmptyState from "../../../../components/EmptyState.tsx";
import { hashtagHref } from "../../../../components/hashtag_href.ts";
import PageTitle from "../../../../components/PageTitle.tsx";
import Pagination from "../../../../components/Pagination.tsx";
import PostGrid from "../../../../components/PostGrid.tsx";
import { normaliseHashtag } from "../../../../domain/post/hashtags.ts";
import { endpoint, nextPage, operation } from "../../../../web/operation.ts";
import { pageOf, Post } from "../../../../web/schemas.ts";
import { define, viewerOf } from "../../../../web/state.ts";
import Page from "../../../(_components)/Page.tsx";

/** "#Sea", "Sea" and "sea" are one hashtag. In a path the '#' stays encoded, being a reserved character. */
const Tag = z.string().transform((tag) => normaliseHashtag(tag.replace(/^%23/, "")));

const COLUMNS = 3;

/** A page that another follows ends with a whole row of the grid. */
const wholeRows = <Item,>(items: readonly Item[]): readonly Item[] =>
  items.length < COLUMNS ? items : items.slice(0, items.length - items.length % COLUMNS);

export const handler = endpoint({
  GET: operation({
    summary: "The posts with a hashtag, newest first; none for one that nobody uses",
    does: "GetPostsByHashtag",
    params: z.object({ tag: Tag }),
    query: pageOf(20),
    answers: [200, z.array(Post)],
    run: (ctx, { params: { tag }, query }) =>
      ctx.state.filmroll.queries.ask("GetPostsByHashtag", { tag, viewer: viewerOf(ctx), ...query }),
    async page({ state: { filmroll }, url }, { params: { tag }, query }, posts) {
      const hashtag = await filmroll.queries.ask("GetHashtag", { tag });
      const count = hashtag?.post_count ?? 0;
      const shown = posts.length < query.limit ? posts : wholeRows(posts);
      const older = posts.length < query.limit
        ? null
        : nextPage(url, { limit: shown.length }, shown);
      return page({ tag, count, posts: shown, older });
    },
  }),
});

const LONGEST_SHOWN = 100;

export default define.page<typeof handler>(({ data: { tag, count, posts, older }, state, url }) => {
  const name = `#${[...tag].slice(0, LONGEST_SHOWN).join("")}`;
  return (
    <Page
      state={state}
      url={url}
      layout="wide"
      title={name}
      description={`${counted(count, "post")} with ${name}.`}
      canonicalPath={hashtagHref(tag)}
      image={posts[0]?.images[0] ?? null}
      noIndex={count === 0}
    >
      <PageTitle back={{ href: "/search", label: "Explore" }} lead={counted(count, "post")}>
        {name}
      </PageTitle>
      {posts.length > 0 ? <PostGrid posts={posts} /> : (
        <EmptyState
          title={`Nothing with ${name} yet`}
          action={{ href: "/posts/new", label: "Be the first" }}
        />
      )}
      <Pagination href={older} />
    </Page>
  );
});
