import assert from "node:assert/strict";
import { routes } from "../web/catalogue.ts";
import { breaches, CONTRACT, type Endpoint, endpointsOf } from "./routes.ts";

const here = endpointsOf(await routes());

const without = (endpoint: string): Endpoint[] => here.filter((one) => one.endpoint !== endpoint);

Deno.test("every route of the contract is there and does what it shall", () => {
  assert.equal(CONTRACT.length, 36);
  assert.deepEqual(breaches(here), []);
});

Deno.test("a route that is dropped is named", () => {
  assert.deepEqual(breaches(without("POST /api/posts")), [
    `"POST /api/posts" is missing; it shall do "CreatePost"`,
  ]);
  assert.deepEqual(breaches(without("GET /redoc")), [
    `"GET /redoc" is missing; it shall do "documentation"`,
  ]);
});

Deno.test("a route with another command or query behind it is named", () => {
  const file = "posts/[id]/likes.ts";
  const likes = { endpoint: "POST /api/posts/{id}/likes", does: "SetLike", file };
  assert.deepEqual(breaches([...without(likes.endpoint), likes]), [
    `"POST /api/posts/{id}/likes" does "SetLike"; it shall do "ToggleLike"`,
  ]);
});

Deno.test("what has no command or query behind it is told apart", () => {
  const does = (endpoint: string) => here.find((one) => one.endpoint === endpoint)?.does;
  assert.equal(does("GET /posts/new"), "page");
  assert.equal(does("POST /auth/logout"), "form");
  assert.equal(does("GET /docs"), "documentation");
  assert.equal(does("GET /media/{hash}/{file}"), "–");
});
