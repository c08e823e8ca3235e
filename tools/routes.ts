/**
 * Lists every route with its methods and the command or query behind it: `deno task routes`. Fails,
 * naming what is wrong, if a route of the HTTP contract is missing or does something else.
 */
import type { CommandName, QueryName } from "../domain/mod.ts";
import { type Route, routes } from "../web/catalogue.ts";
import type { Method } from "../web/operation.ts";
import { columns } from "./support/columns.ts";

/** What answers a route: a command, a query, or a document. */
type Does = CommandName | QueryName | typeof DOCUMENTATION;

const DOCUMENTATION = "documentation";

/** The HTTP contract: 32 operations, and 4 routes that document them. */
export const CONTRACT: readonly (readonly [endpoint: string, does: Does])[] = [
  ["POST /api/auth/register", "RegisterUser"],
  ["POST /api/auth/login", "LoginUser"],
  ["GET /api/auth/me", "GetUserById"],
  ["GET /api/users/{id}", "GetUserProfile"],
  ["PUT /api/users/me", "UpdateUser"],
  ["GET /api/users/{id}/posts", "GetUserPosts"],
  ["GET /api/users/{id}/followers", "GetUserFollowers"],
  ["GET /api/users/{id}/following", "GetUserFollowing"],
  ["POST /api/posts", "CreatePost"],
  ["GET /api/posts/{id}", "GetPost"],
  ["DELETE /api/posts/{id}", "DeletePost"],
  ["POST /api/posts/{id}/likes", "ToggleLike"],
  ["GET /api/posts/{id}/comments", "GetPostComments"],
  ["POST /api/posts/{id}/comments", "CreateComment"],
  ["DELETE /api/posts/comments/{id}", "DeleteComment"],
  ["POST /api/follow/{user_id}", "FollowUser"],
  ["DELETE /api/follow/{user_id}", "UnfollowUser"],
  ["GET /api/feed", "GetFeed"],
  ["POST /api/stories", "CreateStory"],
  ["GET /api/stories", "GetMyStories"],
  ["GET /api/stories/feed", "GetStoryFeed"],
  ["DELETE /api/stories/{id}", "DeleteStory"],
  ["POST /api/messages", "SendMessage"],
  ["GET /api/messages", "GetConversations"],
  ["GET /api/messages/{user_id}", "GetConversation"],
  ["POST /api/messages/{sender_id}/read", "MarkMessagesRead"],
  ["GET /api/notifications", "GetNotifications"],
  ["POST /api/notifications/{id}/read", "MarkNotificationRead"],
  ["POST /api/notifications/read-all", "MarkAllNotificationsRead"],
  ["GET /api/search/users", "SearchUsers"],
  ["GET /api/search/hashtags", "SearchHashtags"],
  ["GET /api/search/posts/hashtag/{tag}", "GetPostsByHashtag"],
  ["GET /openapi.json", DOCUMENTATION],
  ["GET /docs", DOCUMENTATION],
  ["GET /docs/oauth2-redirect", DOCUMENTATION],
  ["GET /redoc", DOCUMENTATION],
];

/** One method of one route. */
export interface Endpoint {
  /** Like "GET /api/posts/{id}". An operation's page is at the same path without "/api". */
  readonly endpoint: string;
  /** The command or query behind it; else "page", "form", "documentation", or "–". */
  readonly does: string;
  /** The file below routes/. */
  readonly file: string;
}

const isDocumentation = (path: string): boolean =>
  /^\/(docs|redoc|openapi\.json)(\/[^{]*)?$/.test(path);

/** What a method of a route is that has no operation behind it. */
function kindOf({ path, hasPage }: Route, method: Method): string {
  if (isDocumentation(path)) return DOCUMENTATION;
  if (!hasPage) return "–";
  return method === "GET" ? "page" : "form";
}

/** The routes, a line for each method. */
export const endpointsOf = (all: readonly Route[]): Endpoint[] =>
  all.flatMap((route) =>
    route.methods.map(([method, operation]) => ({
      endpoint: operation === null ? `${method} ${route.path}` : `${method} /api${route.path}`,
      does: operation === null ? kindOf(route, method) : operation.does,
      file: route.file,
    }))
  );

/** What of the contract is missing or does something else, a sentence each. */
export function breaches(endpoints: readonly Endpoint[]): string[] {
  const found = new Map(endpoints.map(({ endpoint, does }) => [endpoint, does]));
  return CONTRACT.flatMap(([endpoint, wanted]) => {
    const does = found.get(endpoint);
    if (does === wanted) return [];
    return does === undefined
      ? [`"${endpoint}" is missing; it shall do "${wanted}"`]
      : [`"${endpoint}" does "${does}"; it shall do "${wanted}"`];
  });
}

function listing(endpoints: readonly Endpoint[]): string {
  return columns(endpoints.map(({ endpoint, does, file }) => {
    const [method, path] = endpoint.split(" ");
    return [method!, path!, does, `routes/${file}`];
  }));
}

if (import.meta.main) {
  const endpoints = endpointsOf(await routes());
  const wrong = breaches(endpoints);
  console.log(listing(endpoints));
  console.log(`\n${CONTRACT.length - wrong.length} of ${CONTRACT.length} routes of the contract`);
  for (const sentence of wrong) console.error(sentence);
  if (wrong.length > 0) Deno.exit(1);
}
