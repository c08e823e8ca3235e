import type { ComponentChildren, FunctionComponent } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { failureMessage, request, unanswered } from "../components/client/api.ts";
import {
  anchorInView,
  type FeedMemory,
  recallFeed,
  rememberFeed,
} from "../components/client/feed_memory.ts";
import { subscribe } from "../components/client/live.ts";
import { toast } from "../components/client/toast.ts";
import Icon from "../components/Icon.tsx";
import { check } from "../components/icons.ts";
import type { PostCardProps } from "../components/PostCard.tsx";
import type { Post } from "../web/schemas.ts";

export interface InfiniteFeedProps {
  /** The list's path below `/api`, such as `/feed`. */
  readonly source: string;
  /** The id that the next page is before; null when the first page is the last. */
  readonly before: number | null;
  readonly viewerId: number | null;
  /** Path of the page, for forms without script. */
  readonly returnTo: string;
  /** The first page, rendered by the server. */
  readonly children: ComponentChildren;
}

const PAGE = 20;
const MAXIMUM_PAGE = 100;
const AHEAD_PX = 1200;

const lastId = (posts: readonly Post[]): number | null => posts[posts.length - 1]?.id ?? null;

/** Grows a feed while it is scrolled, and finds the way back to where it was left. */
export default function InfiniteFeed(
  { source, before, viewerId, returnTo, children }: InfiniteFeedProps,
) {
  const posts = useSignal<readonly Post[]>([]);
  const cursor = useSignal(before);
  const state = useSignal<"idle" | "loading" | "failed">("idle");
  /** The server draws the first page: what draws others comes with the second. */
  const postCard = useRef<FunctionComponent<PostCardProps> | null>(null);
  const pendingAnchor = useRef<FeedMemory["anchor"] | null>(null);
  const olderLink = useRef<HTMLAnchorElement>(null);

  const fetchPage = (from: number, limit: number) =>
    request<Post[]>("GET", `${source}?before=${from}&limit=${limit}`);

  async function loadPostCard() {
    postCard.current ??= (await import("../components/PostCard.tsx").catch(() => {
      throw unanswered();
    })).default;
  }

  /** Shows posts after the first page as soon as they, and what draws them, are there. */
  async function show(coming: Promise<Pick<FeedMemory, "posts" | "cursor">>) {
    state.value = "loading";
    try {
      const [grown] = await Promise.all([coming, loadPostCard()]);
      posts.value = grown.posts;
      cursor.value = grown.cursor;
      state.value = "idle";
    } catch (error) {
      state.value = "failed";
      toast(failureMessage(error));
    }
  }

  async function withPageBefore(id: number) {
    const page = await fetchPage(id, PAGE);
    return {
      posts: [...posts.value, ...page],
      cursor: page.length < PAGE ? null : lastId(page),
    };
  }

  function loadMore() {
    if (state.value === "loading" || cursor.value === null) return;
    show(withPageBefore(cursor.value));
  }

  /** Brings likes, counts and deletions up to date in what was remembered. */
  async function refresh() {
    if (before === null || posts.value.length === 0) return;
    const limit = Math.min(posts.value.length, MAXIMUM_PAGE);
    const page = await fetchPage(before, limit).catch(() => null);
    const last = page && lastId(page);
    if (!last) return;
    posts.value = [...page, ...posts.value.filter((post) => post.id < last)];
  }

  useEffect(() => {
    const memory = recallFeed();
    if (memory !== null) {
      pendingAnchor.current = memory.anchor;
      if (memory.start !== before) loadMore();
      else if (memory.posts.length > 0) show(Promise.resolve(memory)).then(refresh);
    }
    const remember = () => {
      const anchor = anchorInView();
      if (anchor === null) return;
      rememberFeed({ start: before, posts: posts.value, cursor: cursor.value, anchor });
    };
    addEventListener("pagehide", remember);
    return () => removeEventListener("pagehide", remember);
  }, []);

  useEffect(() =>
    subscribe([], (event) => {
      if (event.type !== "post_deleted") return;
      const post = document.getElementById(`post-${event.data.post_id}`);
      if (post !== null) post.hidden = true;
    }), []);

  useLayoutEffect(() => {
    const anchor = pendingAnchor.current;
    if (anchor === null) return;
    const post = document.getElementById(anchor.id);
    if (post !== null) {
      scrollBy({ top: post.getBoundingClientRect().top - anchor.top, behavior: "instant" });
      pendingAnchor.current = null;
    } else if (posts.value.length > 0) {
      loadMore();
    }
  }, [posts.value]);

  useEffect(() => {
    const link = olderLink.current;
    if (link === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && loadMore(),
      { rootMargin: `${AHEAD_PX}px` },
    );
    observer.observe(link);
    return () => observer.disconnect();
  }, [posts.value]);

  const PostCard = postCard.current;
  return (
    <>
      <div class="feed" aria-busy={state.value === "loading" ? "true" : "false"}>
        {children}
        {PostCard && posts.value.map((post) => (
          // Remounted when its like has changed elsewhere, since a like button keeps its own state.
          <PostCard
            key={`${post.id}:${post.liked}:${post.like_count}`}
            post={post}
            viewerId={viewerId}
            returnTo={returnTo}
          />
        ))}
      </div>
      {state.value === "loading" && <div class="skeleton" aria-hidden="true" />}
      {cursor.value === null
        ? (
          <p class="feed-end">
            <Icon path={check} />
            You’re all caught up
          </p>
        )
        : (
          <div class="pagination">
            <a
              class="button button-secondary"
              rel="next"
              href={`?before=${cursor.value}`}
              ref={olderLink}
              onClick={(event) => {
                event.preventDefault();
                loadMore();
              }}
            >
              {state.value === "failed" ? "Try again" : "Older posts"}
            </a>
          </div>
        )}
    </>
  );
}
