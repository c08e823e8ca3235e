/**
 * The HTTP contract, docs/api.md, held against a running server: its operations, its errors and its
 * rules, in the contract's own order and words.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { linkedImage } from "../domain/media/image.ts";
import { catalogue } from "../web/catalogue.ts";
import type { Comment, Post, Problem, User, UserProfile } from "../web/schemas.ts";
import { Tokens } from "../web/tokens.ts";
import {
  accountOf,
  type Answer,
  api,
  browserless,
  emailOf,
  join,
  PASSWORD,
  type Person,
  type SendOptions,
  signUp,
} from "./support/client.ts";
import { onEachEngine } from "./support/engines.ts";
import { JWT_SECRET } from "./support/server.ts";

// Bodies

/** The types of a body's fields. More fields may be there; none of these may be missing. */
type Shape = Readonly<Record<string, keyof typeof isOfType>>;

const isOfType = {
  integer: (value: unknown) => Number.isInteger(value),
  string: (value: unknown) => typeof value === "string",
  "string or null": (value: unknown) => value === null || typeof value === "string",
  boolean: (value: unknown) => typeof value === "boolean",
  list: (value: unknown) => Array.isArray(value),
  "object or null": (value: unknown) => typeof value === "object",
  time: (value: unknown) =>
    typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/.test(value),
};

const UserShape: Shape = {
  id: "integer",
  username: "string",
  email: "string or null",
  full_name: "string or null",
  bio: "string or null",
  profile_image_url: "string or null",
  is_active: "boolean",
  created_at: "time",
};

const UserProfileShape: Shape = {
  id: "integer",
  username: "string",
  full_name: "string or null",
  bio: "string or null",
  profile_image_url: "string or null",
  post_count: "integer",
  follower_count: "integer",
  following_count: "integer",
};

const TokenShape: Shape = { access_token: "string", token_type: "string" };

const PostShape: Shape = {
  id: "integer",
  author_id: "integer",
  author_username: "string",
  content: "string or null",
  image_url: "string or null",
  images: "list",
  like_count: "integer",
  comment_count: "integer",
  created_at: "time",
};

const CommentShape: Shape = {
  id: "integer",
  post_id: "integer",
  author_id: "integer",
  author_username: "string",
  content: "string",
  created_at: "time",
};

const StoryShape: Shape = {
  id: "integer",
  author_id: "integer",
  author_username: "string",
  image_url: "string or null",
  image: "object or null",
  content: "string or null",
  created_at: "time",
  expires_at: "time",
};

const MessageShape: Shape = {
  id: "integer",
  sender_id: "integer",
  receiver_id: "integer",
  content: "string",
  image: "object or null",
  is_read: "boolean",
  created_at: "time",
};

const NotificationShape: Shape = {
  id: "integer",
  user_id: "integer",
  actor_id: "integer",
  type: "string",
  message: "string",
  is_read: "boolean",
  created_at: "time",
};

const HashtagShape: Shape = { id: "integer", name: "string" };

const ProblemShape: Shape = {
  type: "string",
  title: "string",
  status: "integer",
  detail: "string",
};

/** A shape alone is an object; in brackets, a list of at least one. */
function assertShape(body: unknown, shape: Shape | readonly [Shape]): void {
  if (Array.isArray(shape)) {
    assert.ok(Array.isArray(body) && body.length > 0, "Not a list with something in it");
    for (const item of body) assertShape(item, shape[0]);
    return;
  }
  for (const [field, type] of Object.entries(shape as Shape)) {
    const value = (body as Record<string, unknown>)[field];
    assert.ok(isOfType[type](value), `"${field}" is ${JSON.stringify(value)}, not ${type}`);
  }
}

/** Each named field as it is named; other fields may be anything. */
function assertContains(body: unknown, expected: Readonly<Record<string, unknown>>): void {
  const found = Object.keys(expected).map((field) => [field, (body as never)[field]]);
  assert.deepEqual(Object.fromEntries(found), expected);
}

// Operations

interface OperationRow {
  readonly number: number;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** "{last}" stands for the id of the answer before, or of its first item. */
  readonly path: string;
  readonly as?: "ana" | "ben";
  readonly json?: unknown;
  readonly status: 200 | 201 | 204;
  readonly shape?: Shape | readonly [Shape];
  /** Of the answer, or of its first item. */
  readonly contains?: Readonly<Record<string, unknown>>;
}

/** A story: each row finds what those above it left. Ana has id 1, Ben 2. */
const operations: readonly OperationRow[] = [
  {
    number: 1,
    method: "POST",
    path: "/auth/register",
    json: { ...accountOf("Cleo.1"), full_name: "Cleo" },
    status: 201,
    shape: UserShape,
    contains: { id: 3, username: "Cleo.1", email: emailOf("cleo.1"), full_name: "Cleo" },
  },
  {
    number: 2,
    method: "POST",
    path: "/auth/login",
    json: { email: emailOf("Cleo.1"), password: PASSWORD },
    status: 200,
    shape: TokenShape,
    contains: { token_type: "bearer" },
  },
  {
    number: 3,
    method: "GET",
    path: "/auth/me",
    as: "ana",
    status: 200,
    shape: UserShape,
    contains: { id: 1, username: "ana", email: emailOf("ana"), is_active: true },
  },
  {
    number: 5,
    method: "PUT",
    path: "/users/me",
    as: "ana",
    json: { bio: "35 mm", profile_image_url: "https://example.org/ana.webp" },
    status: 200,
    shape: UserShape,
    contains: { id: 1, bio: "35 mm", profile_image_url: "https://example.org/ana.webp" },
  },
  {
    number: 9,
    method: "POST",
    path: "/posts",
    as: "ana",
    json: { content: "The #sea", image_url: "https://example.org/sea.webp" },
    status: 201,
    shape: PostShape,
    contains: {
      id: 1,
      author_id: 1,
      author_username: "ana",
      content: "The #sea",
      image_url: "https://example.org/sea.webp",
      images: [linkedImage("https://example.org/sea.webp")],
      like_count: 0,
    },
  },
  { number: 10, method: "GET", path: "/posts/1", status: 200, shape: PostShape },
  {
    number: 12,
    method: "POST",
    path: "/posts/1/likes",
    as: "ben",
    status: 200,
    contains: { liked: true, like_count: 1 },
  },
  {
    number: 12,
    method: "POST",
    path: "/posts/1/likes",
    as: "ben",
    status: 200,
    contains: { liked: false, like_count: 0 },
  },
  {
    number: 14,
    method: "POST",
    path: "/posts/1/comments",
    as: "ben",
    json: { content: "Cold?" },
    status: 201,
    shape: CommentShape,
    contains: { id: 1, post_id: 1, author_id: 2, author_username: "ben", content: "Cold?" },
  },
  {
    number: 13,
    method: "GET",
    path: "/posts/1/comments",
    status: 200,
    shape: [CommentShape],
  },
  {
    number: 16,
    method: "POST",
    path: "/follow/1",
    as: "ben",
    status: 200,
    contains: { following: true },
  },
  {
    number: 4,
    method: "GET",
    path: "/users/1",
    status: 200,
    shape: UserProfileShape,
    contains: { id: 1, username: "ana", post_count: 1, follower_count: 1, following_count: 0 },
  },
  { number: 6, method: "GET", path: "/users/1/posts", status: 200, shape: [PostShape] },
  { number: 7, method: "GET", path: "/users/1/followers", status: 200, shape: [UserShape] },
  { number: 8, method: "GET", path: "/users/2/following", status: 200, shape: [UserShape] },
  { number: 18, method: "GET", path: "/feed", as: "ben", status: 200, shape: [PostShape] },
  {
    number: 19,
    method: "POST",
    path: "/stories",
    as: "ana",
    json: { content: "Good morning" },
    status: 201,
    shape: StoryShape,
    contains: { id: 1, author_id: 1, content: "Good morning", image_url: null },
  },
  { number: 20, method: "GET", path: "/stories", as: "ana", status: 200, shape: [StoryShape] },
  {
    number: 21,
    method: "GET",
    path: "/stories/feed",
    as: "ben",
    status: 200,
    shape: [StoryShape],
    contains: { id: 1, author_username: "ana" },
  },
  { number: 22, method: "DELETE", path: "/stories/1", as: "ana", status: 204 },
  {
    number: 23,
    method: "POST",
    path: "/messages",
    as: "ben",
    json: { receiver_id: 1, content: "Where was that?" },
    status: 201,
    shape: MessageShape,
    contains: { id: 1, sender_id: 2, receiver_id: 1, content: "Where was that?", is_read: false },
  },
  {
    number: 24,
    method: "GET",
    path: "/messages",
    as: "ana",
    status: 200,
    shape: [{ other_user_id: "integer" }],
    contains: { other_user_id: 2 },
  },
  {
    number: 26,
    method: "POST",
    path: "/messages/2/read",
    as: "ana",
    status: 200,
    contains: { status: "ok" },
  },
  {
    number: 25,
    method: "GET",
    path: "/messages/1",
    as: "ben",
    status: 200,
    shape: [MessageShape],
    contains: { id: 1, is_read: true },
  },
  {
    number: 27,
    method: "GET",
    path: "/notifications",
    as: "ana",
    status: 200,
    shape: [NotificationShape],
    contains: {
      user_id: 1,
      actor_id: 2,
      type: "follow",
      reference_id: null,
      message: "started following you",
      is_read: false,
    },
  },
  {
    number: 28,
    method: "POST",
    path: "/notifications/{last}/read",
    as: "ana",
    status: 200,
    contains: { status: "ok" },
  },
  {
    number: 29,
    method: "POST",
    path: "/notifications/read-all",
    as: "ana",
    status: 200,
    contains: { status: "ok" },
  },
  {
    number: 27,
    method: "GET",
    path: "/notifications?limit=1&offset=1",
    as: "ana",
    status: 200,
    shape: [NotificationShape],
    contains: {
      type: "comment",
      reference_id: 1,
      message: "commented on your post",
      is_read: true,
    },
  },
  {
    number: 30,
    method: "GET",
    path: "/search/users?q=AN",
    status: 200,
    shape: [UserShape],
    contains: { id: 1, username: "ana", email: null },
  },
  {
    number: 31,
    method: "GET",
    path: "/search/hashtags?q=se",
    status: 200,
    shape: [HashtagShape],
    contains: { name: "sea" },
  },
  {
    number: 32,
    method: "GET",
    path: "/search/posts/hashtag/Sea",
    status: 200,
    shape: [PostShape],
    contains: { id: 1 },
  },
  { number: 15, method: "DELETE", path: "/posts/comments/1", as: "ben", status: 204 },
  {
    number: 17,
    method: "DELETE",
    path: "/follow/1",
    as: "ben",
    status: 200,
    contains: { following: false },
  },
  { number: 11, method: "DELETE", path: "/posts/1", as: "ana", status: 204 },
];

for (const prefix of ["/api", ""]) {
  const how = prefix === "" ? "by negotiation, without /api" : "below /api";
  onEachEngine(`operations 1–32 answer JSON ${how}`, async (startFilmroll, t) => {
    await using server = await startFilmroll();
    const people = {
      ana: await join(server.origin, "ana"),
      ben: await join(server.origin, "ben"),
      nobody: api(server.origin),
    };
    let last: unknown;
    for (
      const { number, method, path, as = "nobody", json, status, shape, contains } of operations
    ) {
      await t.step(`${number}. ${method} ${prefix}${path} is ${status}`, async () => {
        const address = prefix + path.replace("{last}", String(firstOf(last).id));
        const answer = await people[as].send(method, address, { json });
        last = answer.body;
        assert.equal(answer.status, status, JSON.stringify(answer.body));
        if (status === 204) return assert.equal(answer.body, undefined);
        assert.equal(answer.headers.get("content-type"), "application/json");
        if (shape !== undefined) assertShape(answer.body, shape);
        if (contains !== undefined) assertContains(firstOf(answer.body), contains);
      });
    }
  });
}

/** An answer, or its first item. */
const firstOf = (body: unknown): Record<string, unknown> =>
  (Array.isArray(body) ? body[0] : body) ?? {};

onEachEngine(
  "operations 33–36 are the documentation, served from here alone",
  async (startFilmroll, t) => {
    await using server = await startFilmroll();

    await t.step("33. GET /openapi.json describes every operation below /api", async () => {
      const { status, body } = await api(server.origin).get<{
        openapi: string;
        paths: Record<string, Record<string, { operationId: string }>>;
      }>("/openapi.json");
      assert.equal(status, 200);
      assert.match(body.openapi, /^3\.1\./);
      const described = Object.entries(body.paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
      );
      for (const { method, path } of operations) {
        const template = path.replace(/\?.*/, "")
          .replace(/^\/(follow|messages)\/\d+$/, "/$1/{user_id}")
          .replace(/^\/messages\/\d+\/read$/, "/messages/{sender_id}/read")
          .replace(/hashtag\/\w+/, "hashtag/{tag}")
          .replace(/\d+|\{last\}/, "{id}");
        assert.ok(described.includes(`${method} /api${template}`), `${method} /api${template}`);
      }
    });

    for (const [number, path] of [[34, "/docs"], [35, "/docs/oauth2-redirect"], [36, "/redoc"]]) {
      await t.step(`${number}. GET ${path} is a page whose every part is ours`, async () => {
        const page = await browserless(server.origin).open(String(path));
        assert.equal(page.status, 200);
        assert.match(page.headers.get("content-type")!, /^text\/html/);
        const parts = Array.from(page.html.matchAll(/(?:src|href)="([^"]*)"/g), ([, url]) => url!);
        for (const part of parts) {
          assert.match(part, /^\/(?!\/)/);
          const response = await fetch(server.origin + part);
          assert.equal(response.status, 200, part);
          await response.body?.cancel();
        }
      });
    }
  },
);

// Errors

interface ErrorRow extends SendOptions {
  readonly case: string;
  readonly request: `${string} /${string}`;
  readonly as?: "ana" | "ben";
  readonly status: number;
  readonly detail?: RegExp;
  readonly answers?: Readonly<Record<string, string | RegExp>>;
}

const BEARER = { "www-authenticate": /^Bearer/ };
const expired = await new Tokens(JWT_SECRET).issue(1, new Date(Date.now() - 2 * 60 * 60 * 1000));
const foreign = await new Tokens("another secret, just as long as it has to be").issue(
  1,
  new Date(),
);
const unsigned = `${btoa('{"alg":"none"}')}.${
  btoa('{"sub":"1","iss":"filmroll","exp":9999999999}')
}.`.replaceAll("=", "");

const account = accountOf("cleo");

/** Ana (1) has post 1 with her comment 1; Ben (2) follows her. */
const errors: readonly ErrorRow[] = [
  ...Object.entries({
    "malformed JSON": { body: "{", headers: { "content-type": "application/json" } },
    "no body": {},
    "a list": { json: [] },
    "null": { json: null },
    "a missing field": { json: { ...account, username: undefined } },
    "a wrong type": { json: { ...account, username: 7 } },
    "a short username": { json: { ...account, username: "cl" } },
    "a long username": { json: { ...account, username: "c".repeat(31) } },
    "a username with a space": { json: { ...account, username: "cle o" } },
    "a username with umlauts": { json: { ...account, username: "cléo" } },
  }).map(([name, options]): ErrorRow => ({
    case: name,
    request: "POST /auth/register",
    ...options,
    status: 422,
    detail: /username|body/,
  })),
  ...["cleo", "cleo@", "@example.org", "cleo@@example.org", "cleo @example.org", 1, ""].map(
    (email): ErrorRow => ({
      case: `the e-mail ${JSON.stringify(email)}`,
      request: "POST /auth/register",
      json: { ...account, email },
      status: 422,
      detail: /email/,
    }),
  ),
  ...["1234567", "é".repeat(36) + "e", "a".repeat(73)].map((password): ErrorRow => ({
    case: `a password of ${new TextEncoder().encode(password).length} bytes`,
    request: "POST /auth/register",
    json: { ...account, password },
    status: 422,
    detail: /password/,
  })),
  {
    case: "empty post",
    request: "POST /posts",
    as: "ana",
    json: {},
    status: 422,
    detail: /content/,
  },
  {
    case: "blank post",
    request: "POST /posts",
    as: "ana",
    json: { content: " \n " },
    status: 422,
    detail: /content/,
  },
  {
    case: "long post",
    request: "POST /posts",
    as: "ana",
    json: { content: "a".repeat(2201) },
    status: 422,
    detail: /content/,
  },
  {
    case: "blank comment",
    request: "POST /posts/1/comments",
    as: "ana",
    json: { content: " " },
    status: 422,
    detail: /content/,
  },
  ...["0", "101", "-1", "x", "1.5", ""].map((limit): ErrorRow => ({
    case: `limit "${limit}"`,
    request: `GET /users/1/posts?limit=${limit}`,
    status: 422,
    detail: /limit/,
  })),
  ...["-1", "x", "99999999999999999999"].map((offset): ErrorRow => ({
    case: `offset "${offset}"`,
    request: `GET /users/1/posts?offset=${offset}`,
    status: 422,
    detail: /offset/,
  })),
  {
    case: "before what is no id",
    request: "GET /users/1/posts?before=x",
    status: 422,
    detail: /before/,
  },
  {
    case: "e-mail taken",
    request: "POST /auth/register",
    json: { ...account, email: "ANA@example.org" },
    status: 400,
    detail: /already registered/,
  },
  {
    case: "username taken",
    request: "POST /auth/register",
    json: { ...account, username: "ANA" },
    status: 400,
    detail: /already taken/,
  },
  {
    case: "wrong password",
    request: "POST /auth/login",
    json: { email: emailOf("ana"), password: "not her password" },
    status: 401,
    detail: /Invalid credentials/,
  },
  {
    case: "wrong e-mail",
    request: "POST /auth/login",
    json: { email: emailOf("nobody"), password: PASSWORD },
    status: 401,
    detail: /Invalid credentials/,
  },
  ...Object.entries({
    "no token": {},
    "bad token": { authorization: "Bearer nonsense" },
    "expired token": { authorization: `Bearer ${expired}` },
    "token signed by another": { authorization: `Bearer ${foreign}` },
    "unsigned token": { authorization: `Bearer ${unsigned}` },
    "no bearer": { authorization: `Basic ${btoa(`ana:${PASSWORD}`)}` },
    "only a scheme": { authorization: "Bearer" },
  }).flatMap(([name, headers]) =>
    ([
      "GET /auth/me",
      "PUT /users/me",
      "POST /posts",
      "DELETE /posts/1",
      "POST /posts/1/likes",
      "POST /posts/1/comments",
      "DELETE /posts/comments/1",
      "POST /follow/2",
      "DELETE /follow/2",
      "GET /feed",
      "POST /stories",
      "GET /stories",
      "GET /stories/feed",
      "DELETE /stories/1",
      "POST /messages",
      "GET /messages",
      "GET /messages/2",
      "POST /messages/2/read",
      "GET /notifications",
      "POST /notifications/1/read",
      "POST /notifications/read-all",
    ] as const).map((request): ErrorRow => ({
      case: name,
      request,
      headers,
      status: 401,
      answers: BEARER,
    }))
  ),
  { case: "not the author", request: "DELETE /posts/1", as: "ben", status: 403 },
  { case: "not the author", request: "DELETE /posts/comments/1", as: "ben", status: 403 },
  ...([
    "GET /users/99",
    "GET /users/99/posts",
    "GET /users/99/followers",
    "GET /users/99/following",
    "POST /follow/99",
    "DELETE /follow/99",
    "GET /messages/99",
    "POST /messages/99/read",
  ] as const).map((request): ErrorRow => ({
    case: "unknown user",
    request,
    as: "ana",
    status: 404,
    detail: /User not found/,
  })),
  ...([
    "GET /posts/99",
    "DELETE /posts/99",
    "POST /posts/99/likes",
    "GET /posts/99/comments",
  ] as const).map((request): ErrorRow => ({
    case: "unknown post",
    request,
    as: "ana",
    status: 404,
    detail: /Post not found/,
  })),
  {
    case: "unknown post",
    request: "POST /posts/99/comments",
    as: "ana",
    json: { content: "Hm" },
    status: 404,
    detail: /Post not found/,
  },
  {
    case: "unknown comment",
    request: "DELETE /posts/comments/99",
    as: "ana",
    status: 404,
    detail: /Comment not found/,
  },
  {
    case: "unknown receiver",
    request: "POST /messages",
    as: "ana",
    json: { receiver_id: 99, content: "Hello?" },
    status: 404,
    detail: /not found/,
  },
  {
    case: "unknown story",
    request: "DELETE /stories/99",
    as: "ana",
    status: 404,
    detail: /Story not found/,
  },
  {
    case: "unknown notification",
    request: "POST /notifications/9999/read",
    as: "ana",
    status: 404,
    detail: /Notification not found/,
  },
  ...Object.entries({
    "nothing": {},
    "no receiver": { content: "Hello?" },
    "a wrong type": { receiver_id: "two", content: "Hello?" },
    "a blank message": { receiver_id: 2, content: " " },
    "a long message": { receiver_id: 2, content: "a".repeat(2001) },
  }).map(([name, json]): ErrorRow => ({
    case: name,
    request: "POST /messages",
    as: "ana",
    json,
    status: 422,
    detail: /receiver_id|content/,
  })),
  {
    case: "empty story",
    request: "POST /stories",
    as: "ana",
    json: {},
    status: 422,
    detail: /content/,
  },
  { case: "unknown path", request: "GET /nowhere", status: 404 },
  {
    case: "follow oneself",
    request: "POST /follow/1",
    as: "ana",
    status: 400,
    detail: /yourself/,
  },
  {
    case: "follow someone already followed",
    request: "POST /follow/1",
    as: "ben",
    status: 400,
    detail: /Already following/,
  },
  {
    case: "unfollow someone not followed",
    request: "DELETE /follow/2",
    as: "ana",
    status: 400,
    detail: /Not following/,
  },
  {
    case: "body over the limit",
    request: "POST /posts",
    as: "ana",
    json: { content: "a".repeat(64 * 1024) },
    status: 413,
  },
  {
    case: "body over the limit, of no announced length",
    request: "POST /posts",
    as: "ana",
    // A stream is sent once.
    get body() {
      return new Blob(["a".repeat(65 * 1024)]).stream();
    },
    headers: { "content-type": "application/json" },
    status: 413,
  },
  ...["text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense"].map(
    (type): ErrorRow => ({
      case: `content type "${type}"`,
      request: "POST /posts",
      as: "ana",
      body: '{"content":"The sea"}',
      headers: { "content-type": type },
      status: 415,
    }),
  ),
  ...([
    ["PATCH /posts/1", "GET, DELETE, HEAD, OPTIONS"],
    ["POST /posts/1", "GET, DELETE, HEAD, OPTIONS"],
    ["GET /posts", "POST, OPTIONS"],
    ["GET /auth/login", "POST, OPTIONS"],
    ["DELETE /feed", "GET, HEAD, OPTIONS"],
    ["NONSENSE /users/1", "GET, HEAD, OPTIONS"],
    ["NONSENSE /auth/login", "POST, OPTIONS"],
    ["NONSENSE /posts/1", "GET, DELETE, HEAD, OPTIONS"],
    ["DELETE /openapi.json", "GET, HEAD, OPTIONS"],
  ] as const).map(([request, allow]): ErrorRow => ({
    case: "wrong method",
    request,
    as: "ana",
    status: 405,
    answers: { allow },
  })),
];

onEachEngine(
  "errors are problems with the contract's status and words",
  async (startFilmroll, t) => {
    await using server = await startFilmroll();
    const ana = await join(server.origin, "ana");
    const ben = await join(server.origin, "ben");
    const people = { ana, ben, nobody: api(server.origin) };
    await ana.post("/api/posts", { content: "The sea" });
    await ana.post("/api/posts/1/comments", { content: "Cold" });
    await ben.post("/api/follow/1");

    for (const row of errors) {
      const { request, as = "nobody", status, detail = /./, answers = {}, ...options } = row;
      await t.step(`${request} with ${row.case} is ${status}`, async () => {
        const [method, path] = request.split(" ") as [string, string];
        const answer = await people[as].send<Problem>(method, `/api${path}`, options);
        assert.equal(answer.status, status, JSON.stringify(answer.body));
        assert.equal(answer.headers.get("content-type"), "application/problem+json");
        assertShape(answer.body, ProblemShape);
        assert.equal(answer.body.status, status);
        assert.match(answer.body.detail, detail);
        if (status === 422) assertFieldErrors(answer.body);
        for (const [name, value] of Object.entries(answers)) {
          const found = answer.headers.get(name) ?? "";
          if (typeof value === "string") assert.equal(found, value);
          else assert.match(found, value);
        }
      });
    }

    await t.step("none of them changed anything", async () => {
      assertContains((await ana.get("/api/posts/1")).body, { like_count: 0, comment_count: 1 });
      assertContains((await ana.get("/api/users/1")).body, { post_count: 1, follower_count: 1 });
      assert.equal((await ana.get("/api/users/3")).status, 404);
    });
  },
);

function assertFieldErrors({ errors }: Problem): void {
  assert.ok(errors !== undefined && errors.length > 0, "No errors");
  for (const error of errors) assertShape(error, { path: "string", message: "string" });
}

onEachEngine("too many requests are 429 with Retry-After", async (startFilmroll, t) => {
  await using server = await startFilmroll({ rateLimit: true });
  const ana = await join(server.origin, "ana");

  await t.step("wrong passwords for one address", async () => {
    const guess = (password: string) =>
      api(server.origin).post<Problem>("/api/auth/login", { email: emailOf("ana"), password });
    for (let i = 0; i < 10; i++) assert.equal((await guess(`guess ${i}`)).status, 401);
    assertTooMany(await guess(PASSWORD));
  });

  await t.step("commands of one person, and of no other", async () => {
    // Many at once, since what is allowed grows by ten a second.
    let answer: Answer<Problem> | undefined;
    for (let i = 0; i < 40 && answer === undefined; i++) {
      const follow = () => ana.post("/api/follow/1") as Promise<Answer<Problem>>;
      const answers = await Promise.all(Array.from({ length: 50 }, follow));
      answer = answers.find(({ status }) => status === 429);
    }
    assertTooMany(answer!);
    const ben = await join(server.origin, "ben");
    assert.equal((await ben.post("/api/follow/1")).status, 200);
  });
});

function assertTooMany({ status, headers, body }: Answer<Problem>): void {
  assert.equal(status, 429);
  assert.ok(Number(headers.get("retry-after")) >= 1);
  assertShape(body, ProblemShape);
}

onEachEngine(
  "what is not a positive integer is no id: 422 in JSON, 404 as a page",
  async (startFilmroll) => {
    await using server = await startFilmroll();
    const ana = await join(server.origin, "ana");
    const visitor = await signUp(server.origin, "ben");
    const ids = [
      "0",
      "-1",
      "1.5",
      "1e3",
      "abc",
      "01",
      "+1",
      "%201",
      "1%00",
      "99999999999999999999",
    ];
    const pages = ["/users/*", "/users/*/followers", "/users/*/following", "/posts/*"];
    const found = (await catalogue()).filter(({ path }) => /\{(id|user_id)\}/.test(path));
    for (const id of ids) {
      for (const { method, path } of found) {
        const { status } = await ana.send(method, `/api${path.replace(/\{.*?\}/, id)}`);
        assert.equal(status, 422, `${method} /api${path} of "${id}"`);
      }
      for (const page of [...pages, "/posts/*/comments", "/users/*/posts"]) {
        const { status } = await visitor.open(page.replace("*", id));
        assert.equal(status, 404, `${page} of "${id}"`);
      }
    }
  },
);

// No input whatever produces a 5xx

const text = fc.oneof(
  fc.constantFrom("", "1", "2", "ana", "ana@example.org", PASSWORD, "https://example.org/1.webp"),
  fc.constantFrom("\ud800", "\0", "a\r\nb", "€", "/\\evil", "x".repeat(5000), "__proto__"),
  fc.string(),
  fc.string({ unit: "binary" }),
);

const names = [
  ...["username", "email", "password", "full_name", "bio", "profile_image_url", "content"],
  ...["image_url", "liked", "return_to", "command_id", "_method", "__proto__", "constructor"],
];

const anyJson = fc.oneof(
  fc.dictionary(fc.constantFrom(...names), fc.oneof(text, fc.jsonValue({ maxDepth: 2 }))),
  fc.jsonValue({ maxDepth: 3 }),
);

const anyBody = fc.oneof(
  fc.constant({}),
  anyJson.map((json) => ({
    body: JSON.stringify(json),
    headers: { "content-type": "application/json" },
  })),
  fc.dictionary(fc.constantFrom(...names), text).map((fields) => ({
    body: String(new URLSearchParams(fields)),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  })),
  fc.record({
    body: fc.oneof(
      fc.uint8Array().map((bytes) => new Uint8Array(bytes)),
      fc.constantFrom("[".repeat(50_000), "--x\r\n", "%", "%zz=%", "a".repeat(70_000)),
    ),
    headers: fc.record({
      "content-type": fc.constantFrom(
        "application/json",
        "application/json; charset=nonsense",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "text/plain",
        ";",
      ),
    }),
  }),
);

const headerText = fc.oneof(
  fc.constantFrom("*/*", "text/html", "application/json", "http://[", "null", "bytes=0-"),
  fc.string({ unit: "grapheme-ascii" }),
);

const anyHeaders = fc.dictionary(
  fc.constantFrom(
    ...["accept", "accept-encoding", "authorization", "cookie", "idempotency-key", "origin"],
    ...["if-none-match", "range", "referer", "sec-fetch-site", "x-forwarded-for"],
  ),
  headerText,
);

const pathPart = fc.oneof(
  fc.constantFrom("1", "2", "0", "ana", "%", "%zz", "%ff", "%00", "a%0d%0ab", "%E2%82%AC", "..%2f"),
  fc.string({ unit: "binary" }).map((part) => encodeURIComponent(part.toWellFormed())),
);

const anyPath = (templates: readonly string[]) =>
  fc.tuple(
    fc.constantFrom("", "/api"),
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...templates) },
      { weight: 1, arbitrary: fc.array(pathPart).map((parts) => `/${parts.join("/")}`) },
    ),
    fc.array(pathPart, { minLength: 2, maxLength: 2 }),
    fc.oneof(
      fc.constant(""),
      fc.dictionary(
        fc.constantFrom("limit", "offset", "before", "return_to", "x"),
        fc.oneof(text, fc.integer().map(String)),
      ).map((query) => `?${new URLSearchParams(query)}`),
      pathPart.map((part) => `?${part}`),
    ),
  ).map(([prefix, template, parts, query]) => {
    const rest = [...parts];
    return prefix + template.replace(/\{\w+\}/g, () => rest.pop() ?? "1") + query;
  });

const pages = ["/", "/@{username}", "/posts/new", "/auth/logout", "/docs", "/docs/{file}"];
const others = [
  "/redoc",
  "/openapi.json",
  "/media/{hash}/{file}",
  "/styles.css",
  "/_fresh/js/{name}",
];

onEachEngine("no input whatever produces a 5xx", async (startFilmroll) => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  await ana.post("/api/posts", { content: "The sea" });
  const visitor = await signUp(server.origin, "ben");
  const cookie = Array.from(visitor.cookies, (pair) => pair.join("=")).join();
  const templates = [...(await catalogue()).map(({ path }) => path), ...pages, ...others];

  const callers = fc.constantFrom<Record<string, string>>(
    {},
    { authorization: `Bearer ${ana.token}` },
    { cookie },
    { cookie, accept: "text/html", "sec-fetch-site": "same-origin" },
  );
  const request = fc.record({
    method: fc.constantFrom("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "MOVE"),
    path: anyPath(templates),
    content: anyBody,
    headers: anyHeaders,
    caller: callers,
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, content, headers, caller }) => {
      const hasBody = method !== "GET" && method !== "HEAD";
      const response = await fetch(server.origin + path, {
        method,
        redirect: "manual",
        ...(hasBody && "body" in content && { body: content.body }),
        headers: { ...(hasBody && "headers" in content && content.headers), ...headers, ...caller },
      });
      await response.body?.cancel();
      assert.ok(response.status < 500, `Status ${response.status}`);
    }),
    { numRuns: 1500 },
  );
});

onEachEngine("no request line or Host whatever produces a 5xx", async (startFilmroll, t) => {
  await using server = await startFilmroll();
  const requests = {
    "a Host of nonsense": 'GET / HTTP/1.1\r\nHost: a b<>"%\\^`{|}',
    "an empty Host": "GET / HTTP/1.1\r\nHost:",
    "a Host with a port of nonsense": "GET /auth/login HTTP/1.1\r\nHost: localhost:99999999",
    "no Host": "GET / HTTP/1.0",
    "an absolute address": "GET http://elsewhere.example/users/1 HTTP/1.1\r\nHost: localhost",
    "the asterisk": "OPTIONS * HTTP/1.1\r\nHost: localhost",
    "TRACE": "TRACE / HTTP/1.1\r\nHost: localhost",
    "CONNECT": "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost",
    "a method of nonsense": "%%% / HTTP/1.1\r\nHost: localhost",
    "a path of raw bytes": "GET /\u00ff\u00fe HTTP/1.1\r\nHost: localhost",
    "a path with two slashes": "GET //elsewhere.example/%2e%2e HTTP/1.1\r\nHost: localhost",
    "a length of nonsense": "POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1",
    "a header of raw bytes": "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: filmroll=\u00ff\u00fe",
    "two cookies of a name": "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: filmroll=a; filmroll=b",
  };
  for (const [name, head] of Object.entries(requests)) {
    await t.step(name, async () => {
      const line = await rawStatus(server.origin, `${head}\r\nConnection: close\r\n\r\n`);
      assert.match(line, /^(HTTP\/1\.[01] [234]\d\d|)( |$)/);
    });
  }
  assert.equal((await fetch(server.origin).then((response) => response.text())).length > 0, true);
});

/** Sends bytes (as Latin-1) and answers the status line; empty where the server just hung up. */
async function rawStatus(origin: string, request: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(Uint8Array.from(request, (character) => character.charCodeAt(0)));
  const buffer = new Uint8Array(4096);
  const length = await connection.read(buffer).catch(() => null) ?? 0;
  return new TextDecoder().decode(buffer.subarray(0, length)).split("\r\n", 1)[0]!;
}

// Rules

onEachEngine("an e-mail address is told to nobody but its owner", async (startFilmroll) => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const ben = await join(server.origin, "ben");
  await ana.post(`/api/follow/${ben.id}`);
  const emails = async (person: Person, path: string) =>
    (await person.get<User[]>(path)).body.map(({ email }) => email);
  assert.deepEqual(await emails(ben, "/api/users/2/followers"), [null]);
  assert.deepEqual(await emails(ana, "/api/users/2/followers"), [emailOf("ana")]);
  assert.deepEqual(await emails(ana, "/api/users/1/following"), [null]);
  const visitor = browserless(server.origin);
  for (const path of ["/@ana", "/users/1", "/users/2/followers", "/users/1/following"]) {
    assert.doesNotMatch((await visitor.open(path)).html, /@example\.org/);
  }
});

onEachEngine(
  "usernames are kept as typed, and unique and found without regard to case",
  async (startFilmroll) => {
    await using server = await startFilmroll();
    const ana = await join(server.origin, "An.A_7");
    const { body } = await ana.get<User>("/api/auth/me");
    assert.equal(body.username, "An.A_7");
    const again = { ...accountOf("aN.a_7"), email: "other@example.org" };
    assert.equal((await api(server.origin).post("/api/auth/register", again)).status, 400);
    assert.equal((await browserless(server.origin).open("/@AN.A_7")).status, 200);
  },
);

onEachEngine(
  "e-mail addresses are normalised, and log in however they are typed",
  async (startFilmroll) => {
    await using server = await startFilmroll();
    const account = { username: "ana", email: " Ana@EXAMPLE.org ", password: PASSWORD };
    const { status, body } = await api(server.origin).post<User>("/api/auth/register", account);
    assert.equal(status, 201);
    assert.equal(body.email, "ana@example.org");
    const login = { email: "ANA@example.org", password: PASSWORD };
    assert.equal((await api(server.origin).post("/api/auth/login", login)).status, 200);
  },
);

onEachEngine(
  "passwords have 8 to 72 bytes, however many characters that is",
  async (startFilmroll) => {
    await using server = await startFilmroll();
    const stranger = api(server.origin);
    const longest = "é".repeat(36);
    for (const [index, password] of ["12345678", "a".repeat(72), longest].entries()) {
      const account = { ...accountOf(`ana${index}`), password };
      assert.equal((await stranger.post("/api/auth/register", account)).status, 201);
      const login = { email: account.email, password };
      assert.equal((await stranger.post("/api/auth/login", login)).status, 200);
    }
    const cut = { email: emailOf("ana2"), password: `${longest}x` };
    assert.equal((await stranger.post("/api/auth/login", cut)).status, 401);
  },
);

onEachEngine(
  "the most common passwords are refused, unless the block list is off",
  async (startFilmroll) => {
    await using strict = await startFilmroll({ passwordBlocklist: true });
    await using lenient = await startFilmroll();
    const account = { ...accountOf("ana"), password: "Password123" };
    const refused = await api(strict.origin).post<Problem>("/api/auth/register", account);
    assert.equal(refused.status, 422);
    assert.match(refused.body.detail, /password/);
    assert.equal((await api(lenient.origin).post("/api/auth/register", account)).status, 201);
  },
);

onEachEngine("pictures are http(s) or of this server's own media", async (startFilmroll, t) => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const good = [
    "http://example.org/a",
    "https://example.org/a.webp?b=c#d",
    "HTTPS://EXAMPLE.ORG/A",
    `/media/${"0".repeat(64)}/320.webp`,
  ];
  const bad = [
    ...["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:image/svg+xml,<svg/>", "file:///etc"],
    ...[
      "ftp://example.org/a",
      "//example.org/a",
      "/\\example.org/a",
      "/media/../posts",
      "/posts/1",
    ],
    ...["http://", "http:example.org", "https://user:password@example.org/a", "https://a b/"],
    ...["java\nscript:alert(1)", "\u0001javascript:alert(1)", "http://example.org/\nx", "x"],
  ];
  for (const [urls, expected] of [[good, [201, 200]], [bad, [422, 422]]] as const) {
    for (const url of urls) {
      await t.step(`${JSON.stringify(url)} is ${expected[0]}`, async () => {
        const post = await ana.post("/api/posts", { image_url: url });
        const profile = await ana.put("/api/users/me", { profile_image_url: url });
        assert.deepEqual([post.status, profile.status], expected);
      });
    }
  }
});

onEachEngine(
  "an update changes the fields that are sent, and null clears one",
  async (startFilmroll) => {
    await using server = await startFilmroll();
    const ana = await join(server.origin, "ana");
    const update = async (changes: Record<string, unknown>) =>
      (await ana.put<User>("/api/users/me", changes)).body;
    assertContains(await update({ full_name: "Ana", bio: "35 mm" }), {
      full_name: "Ana",
      bio: "35 mm",
    });
    assertContains(await update({ bio: "120" }), { full_name: "Ana", bio: "120" });
    assertContains(await update({ full_name: null }), { full_name: null, bio: "120" });
    assertContains(await update({}), { full_name: null, bio: "120" });
    assertContains(await update({ bio: " " }), { full_name: null, bio: null });
  },
);

onEachEngine(
  "hashtags of a post are one for each word, whatever its case and form",
  async (startFilmroll) => {
    await using server = await startFilmroll();
    const ana = await join(server.origin, "ana");
    const content = "#cat #Cat #CAT #ｃａｔ #Größe #größe #猫 a#b #1 #";
    const { body } = await ana.post<Post>("/api/posts", { content });
    assert.equal(body.content, content);
    const page = await browserless(server.origin).open(`/posts/${body.id}`);
    const links = [...page.html.matchAll(/href="\/search\/posts\/hashtag\/([^"]+)"/g)];
    const tags = new Set(links.map(([, tag]) => decodeURIComponent(tag!)));
    for (const tag of ["cat", "größe", "猫"]) assert.ok(tags.has(tag), tag);
    assert.ok(!tags.has("b"));
  },
);

onEachEngine("a repeated fact changes nothing: liking what is liked", async (startFilmroll) => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  await ana.post("/api/posts", { content: "The sea" });
  for (const liked of [true, true, false, false, true]) {
    const { status, body } = await ana.post("/api/posts/1/likes", { liked });
    assert.equal(status, 200);
    assertContains(body, { liked, like_count: liked ? 1 : 0 });
  }
});

onEachEngine(
  "lists answer the next page's address until their end, and paging by it misses nothing",
  async (startFilmroll, t) => {
    await using server = await startFilmroll();
    const [ana, ...friends] = await Promise.all(
      ["ana", ...Array.from({ length: 7 }, (_, index) => `friend${index}`)].map((name) =>
        join(server.origin, name)
      ),
    );
    for (let i = 0; i < 7; i++) await ana!.post("/api/posts", { content: `Frame ${i}` });
    for (const friend of friends) {
      await friend.post("/api/posts/1/comments", { content: "Fine" });
      await friend.post(`/api/follow/${ana!.id}`);
      await ana!.post(`/api/follow/${friend.id}`);
    }
    const lists = ["/feed", "/posts/1/comments"]
      .concat(["posts", "followers", "following"].map((list) => `/users/${ana!.id}/${list}`));

    for (const list of lists) {
      await t.step(list, async () => {
        const whole = (await ana!.get<{ id: number }[]>(`/api${list}?limit=100`)).body;
        assert.equal(whole.length, 7);

        const byOffset: { id: number }[] = [];
        for (let offset = 0; offset < 9; offset += 3) {
          byOffset.push(
            ...(await ana!.get<{ id: number }[]>(`/api${list}?limit=3&offset=${offset}`)).body,
          );
        }
        const byLink: { id: number }[] = [];
        let next: string | undefined = `/api${list}?limit=3`;
        for (let pages = 0; next !== undefined && pages < 5; pages++) {
          const { headers, body }: Answer<{ id: number }[]> = await ana!.get(next);
          byLink.push(...body);
          next = /^<([^>]+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
        }
        const ids = (items: readonly { id: number }[]) => items.map(({ id }) => id);
        assert.deepEqual(ids(byOffset), ids(whole));
        assert.deepEqual(ids(byLink), ids(whole));
      });
    }
  },
);

onEachEngine("lists are newest first", async (startFilmroll) => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  for (const content of ["1", "2", "3"]) await ana.post("/api/posts", { content });
  for (const content of ["1", "2", "3"]) await ana.post("/api/posts/1/comments", { content });
  for (const list of ["/feed", "/users/1/posts", "/posts/1/comments"]) {
    const { body } = await ana.get<Comment[]>(`/api${list}`);
    assert.deepEqual(body.map(({ content }) => content), ["3", "2", "1"], list);
  }
});

onEachEngine("deleting a post removes all that belonged to it", async (startFilmroll) => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const ben = await join(server.origin, "ben");
  await ben.post("/api/follow/1");
  await ana.post("/api/posts", { content: "The #sea" });
  await ben.post("/api/posts/1/likes");
  await ben.post("/api/posts/1/comments", { content: "Cold?" });
  assert.equal((await ana.delete("/api/posts/1")).status, 204);

  for (const path of ["/api/posts/1", "/api/posts/1/comments"]) {
    assert.equal((await ben.get(path)).status, 404, path);
  }
  assert.equal((await ben.delete("/api/posts/comments/1")).status, 404);
  assert.equal((await ben.post("/api/posts/1/likes")).status, 404);
  assert.equal((await ben.post("/api/posts/1/comments", { content: "?" })).status, 404);
  assert.equal((await ana.delete("/api/posts/1")).status, 404);
  assert.deepEqual((await ben.get<Post[]>("/api/feed")).body, []);
  assert.deepEqual((await ben.get<Post[]>("/api/users/1/posts")).body, []);
  assert.equal((await ben.get<UserProfile>("/api/users/1")).body.post_count, 0);
  const left = await server.filmroll.queries.ask("GetLikeCount", { postId: 1 });
  assert.equal(left, null);
});
