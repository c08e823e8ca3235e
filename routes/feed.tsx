import { page } from "fresh";
import { z } from "zod";
import EmptyState from "../components/EmptyState.tsx";
import PageTitle from "../components/PageTitle.tsx";
import PostCard from "../components/PostCard.tsx";
import StoryTray from "../components/StoryTray.tsx";
import InfiniteFeed from "../islands/InfiniteFeed.tsx";
import NewPostsPill from "../islands/NewPostsPill.tsx";
import { endpoint, nextPage, operation } from "../web/operation.ts";
import { pageOf, Post } from "../web/schemas.ts";
import { define } from "../web/state.ts";
import { storyTray } from "../web/stories.ts";
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
    page: async (ctx, { query }, posts) =>
      page({
        posts,
        isFirst: query.before === undefined,
        more: nextPage(ctx.url, query, posts) !== null,
        storytellers: query.before === undefined ? await storyTray(ctx) : [],
      }),
  }),
});

export default define.page<typeof handler>(
  ({ data: { posts, isFirst, more, storytellers }, state, url }) => {
    const viewerId = state.caller!.id;
    // Below words there is room for a picture, below a picture there is not.
    const firstInView = posts.slice(0, 2).findIndex(({ images }) => images.length > 0);
    return (
      <Page state={state} url={url} title="Home" canonicalPath="/" noIndex>
        <PageTitle hidden>Home</PageTitle>
        {isFirst && <StoryTray storytellers={storytellers} viewer={state.caller!} />}
        {isFirst && <NewPostsPill />}
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
                  priority={index === firstInView}
                />
              ))}
            </InfiniteFeed>
          )}
      </Page>
    );
  },
);
