/** What is measured: every page, as a visitor and as a member of the demo community see it. */
import type { Story, Token } from "../../web/schemas.ts";
import { api } from "../../tests/support/client.ts";

/** A member of the demo community. */
export const MEMBER = { email: "mira.holt@example.org", password: "smile-for-the-camera" };

/** A page to measure. */
export interface MeasuredPage {
  readonly name: string;
  readonly path: string;
  readonly as: "visitor" | "member";
  /** A selector of what one comes to the page for; it must be there without script. */
  readonly main: string;
  /** Whether search engines are asked to leave it out. */
  readonly isUnlisted: boolean;
  /** Whether its status is an error, which Lighthouse refuses to measure. */
  readonly isError: boolean;
}

type Described = Pick<MeasuredPage, "name" | "path" | "main"> & Partial<MeasuredPage>;

const page = (as: MeasuredPage["as"]) => (described: Described): MeasuredPage => ({
  as,
  isUnlisted: false,
  isError: false,
  ...described,
});

/** What is somebody's own, and results of searches. */
const unlisted = { isUnlisted: true };

const POST = 'article, form[action$="/likes"]';

const visitorPages: readonly Described[] = [
  { name: "landing", path: "/", main: 'a[href="/auth/register"]' },
  { name: "register", path: "/auth/register", main: 'form[action="/auth/register"]' },
  { name: "log in", path: "/auth/login", main: 'form[action="/auth/login"]' },
  { name: "post", path: "/posts/80", main: POST },
  { name: "comments", path: "/posts/80/comments", main: POST },
  { name: "profile", path: "/@jonas_lind", main: 'a[href^="/posts/"]' },
  { name: "followers", path: "/users/1/followers", main: 'a[href^="/@"]' },
  { name: "explore", path: "/search", main: 'a[href^="/posts/"]' },
  { name: "search", path: "/search?q=lena", main: 'a[href^="/@"]', ...unlisted },
  { name: "hashtag", path: "/search/posts/hashtag/film", main: 'a[href^="/posts/"]' },
  { name: "not found", path: "/nothing-here", main: 'a[href="/"]', isError: true },
];

/** @param story id of one of the member's own */
const memberPages = (story: number): readonly Described[] => [
  { name: "feed", path: "/", main: 'article form[action$="/likes"]', ...unlisted },
  { name: "create", path: "/posts/new", main: 'form[action="/posts"]', ...unlisted },
  { name: "post", path: "/posts/80", main: 'form[action="/posts/80/comments"]' },
  { name: "profile", path: "/@jonas_lind", main: 'form[action="/follow/2"]' },
  { name: "own profile", path: "/@mira.holt", main: 'a[href="/users/me"]' },
  { name: "settings", path: "/users/me", main: 'form[action="/users/me"]', ...unlisted },
  { name: "import", path: "/users/me/import", main: 'input[type="file"]', ...unlisted },
  { name: "delete account", path: "/users/me/delete", main: 'input[type="password"]', ...unlisted },
  { name: "following", path: "/users/1/following", main: 'form[action^="/follow/"]' },
  { name: "explore", path: "/search", main: 'input[name="q"]' },
  { name: "search", path: "/search?q=lena", main: 'input[name="q"]', ...unlisted },
  { name: "people found", path: "/search/users?q=a", main: 'a[href^="/@"]', ...unlisted },
  {
    name: "hashtags found",
    path: "/search/hashtags?q=f",
    main: 'a[href^="/search/posts/"]',
    ...unlisted,
  },
  { name: "hashtag", path: "/search/posts/hashtag/film", main: 'a[href^="/posts/"]' },
  { name: "stories", path: "/stories/feed", main: 'a[href^="/stories/"]', ...unlisted },
  { name: "own stories", path: "/stories", main: 'a[href^="/stories/"]', ...unlisted },
  { name: "story", path: `/stories/${story}`, main: "#main", ...unlisted },
  { name: "story viewers", path: `/stories/${story}/views`, main: "#main", ...unlisted },
  { name: "create a story", path: "/stories/new", main: 'form[action="/stories"]', ...unlisted },
  { name: "messages", path: "/messages", main: 'a[href^="/messages/"], main a', ...unlisted },
  { name: "conversation", path: "/messages/2", main: 'form[action="/messages"]', ...unlisted },
  { name: "notifications", path: "/notifications", main: "main li", ...unlisted },
  { name: "operator", path: "/admin", main: 'a[href="/admin/film"]', ...unlisted },
  { name: "film", path: "/admin/film", main: 'form[action="/admin/film"]', ...unlisted },
  { name: "event", path: "/admin/film/1", main: "pre", ...unlisted },
  { name: "stream", path: "/admin/streams/post-80", main: "pre", ...unlisted },
  { name: "read models", path: "/admin/read-models", main: 'button[type="submit"]', ...unlisted },
  { name: "not found", path: "/nothing-here", main: 'a[href="/"]', isError: true },
];

/**
 * The pages of a server with the demo community.
 *
 * @throws {Error} if the demo's member is not there, or has no story
 */
export async function pagesOf(origin: string): Promise<MeasuredPage[]> {
  const { status, body } = await api(origin).post<Token>("/api/auth/login", MEMBER);
  if (status !== 200) throw new Error(`"${origin}" does not know "${MEMBER.email}" of the demo`);
  const stories = await api(origin, body.access_token).get<Story[]>("/api/stories");
  const story = stories.body[0]?.id;
  if (story === undefined) throw new Error(`"${MEMBER.email}" has no story at "${origin}"`);
  return [...visitorPages.map(page("visitor")), ...memberPages(story).map(page("member"))];
}
