import type { Post } from "../../web/schemas.ts";
import { attempt } from "./storage.ts";

/** Where somebody was in a feed when they left it. */
export interface FeedMemory {
  /** The cursor after the server-rendered first page, by which it is known to be the same page. */
  readonly start: number | null;
  /** What was loaded after it. */
  readonly posts: readonly Post[];
  /** The cursor after those; null at the end. */
  readonly cursor: number | null;
  /** The first post in view, and its distance in pixels from the top of the window. */
  readonly anchor: { readonly id: string; readonly top: number };
}

const key = () => `feed:${location.pathname}${location.search}`;

/** The topmost post of which something is in view. */
export function anchorInView(): FeedMemory["anchor"] | null {
  for (const post of document.querySelectorAll("article.post")) {
    const { top, bottom } = post.getBoundingClientRect();
    if (bottom > 0) return { id: post.id, top };
  }
  return null;
}

/** Without storage, Back starts at the top, as it would without script. */
export function rememberFeed(memory: FeedMemory): void {
  attempt(() => sessionStorage.setItem(key(), JSON.stringify(memory)));
}

/** What was remembered, when this page was reached by Back or Forward; else null. */
export function recallFeed(): FeedMemory | null {
  const [navigation] = performance.getEntriesByType("navigation");
  if ((navigation as PerformanceNavigationTiming | undefined)?.type !== "back_forward") return null;
  return attempt(() => JSON.parse(sessionStorage.getItem(key()) ?? "null"));
}
