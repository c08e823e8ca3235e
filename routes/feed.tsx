import { page } from "fresh";
import { z } from "zod";
import EmptyState from "../components/EmptyState.tsx";
import PageTitle from "../components/PageTitle.tsx";
import PostCard from "../components/PostCard.tsx";
import InfiniteFeed from "../islands/InfiniteFeed.tsx";
import { endpoint, nextPage, operation } from "../web/operation.ts";
import { pageOf, Post } from "../web/schemas.ts";
import { define } from "../web/state.ts";
import Page from "./(_components)/Page.tsx";

export const handler = endpoint({
  GET: operation({
    summary: "One's own posts and those of the people one follows, newest first",
    does: "GetFeed",
    auth: "required",
    query: pageOf(20),
    answers: [200, z.array(Post)],
    run: ({ state: { filmroll } }, { query, caller }) =>
      filmroll.queries.ask("GetFeed", { viewer: caller.id, ...query }),
    page: ({ url }, { query }, posts) =>
      page({
        posts,
        isFirst: query.before === undefined,
        more: nextPage(url, query, posts) !== null,
      }),
  }),
});

export default define.page<typeof handler>(({ data: { posts, isFirst, more }, state, url }) => {
  const viewerId = state.caller!.id;
  return (
    <Page state={state} url={url} title="Home" canonicalPath="/" noIndex>
      <PageTitle hidden>Home</PageTitle>
      {posts.length === 0 && isFirst
        ? (
          <EmptyState
            title="Nothing developed yet"
            action={{ href: "/posts/new", label: "Take the first picture" }}
          >
            Your posts and those of the people you follow appear here, the newest first.
          </EmptyState>
        )
        : (
          <InfiniteFeed
            source="/feed"
            before={more ? posts.at(-1)!.id : null}
            viewerId={viewerId}
            returnTo={url.pathname + url.search}
          >
            {posts.map((post, index) => (
              <PostCard
                key={post.id}
                post={post}
                viewerId={viewerId}
                returnTo={url.pathname + url.search}
                priority={index === 0}
              />
            ))}
          </InfiniteFeed>
        )}
    </Page>
  );
});
