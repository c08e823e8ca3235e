import assert from "node:assert/strict";
import { compileChain, layersOf, newSegment, trailOfUrl, trailTo } from "./segments.ts";

const PLAIN = { mountDepth: 0, ownName: false };

/** Keys of the segments that a URL is below, in a tree with these paths. */
function keysOf(url: string, ...paths: string[]): string[] {
  const root = newSegment("");
  for (const path of paths) trailTo(root, path.split(" "));
  return trailOfUrl(root, url.split("/")).slice(1).map(({ key }) => key);
}

Deno.test("trailTo creates a segment once", () => {
  const root = newSegment("");
  const [, posts] = trailTo(root, ["posts", ":id"]);
  assert.equal(trailTo(root, ["posts"])[1], posts);
});

Deno.test("trailOfUrl goes as far down as the tree is known", () => {
  assert.deepEqual(keysOf("posts/7/nope", "posts :id"), ["posts", ":id"]);
  assert.deepEqual(keysOf("nope", "posts :id"), []);
  assert.deepEqual(keysOf("", "posts"), []);
});

Deno.test("trailOfUrl prefers a name to a parameter, and the deeper way to the shallower", () => {
  assert.deepEqual(keysOf("users/me", "users :id", "users me"), ["users", "me"]);
  assert.deepEqual(keysOf("users/me/posts", "users :id posts", "users me"), [
    "users",
    ":id",
    "posts",
  ]);
});

Deno.test("trailOfUrl enters a group only on the way to a segment that the URL names", () => {
  assert.deepEqual(keysOf("club/nope", "(members) club"), ["(members)", "club"]);
  assert.deepEqual(keysOf("nope", "(members) club"), []);
});

Deno.test("layersOf counts a file once, at its outermost place", () => {
  const root = newSegment("");
  const trail = trailTo(root, ["api", "posts"]);
  const middleware = () => new Response();
  for (const segment of trail) {
    segment.middlewares.push({ value: [middleware], file: "_middleware.ts" });
    segment.middlewares.push({ value: [middleware], file: null });
  }
  assert.deepEqual(layersOf(trail, PLAIN).map(({ middlewares }) => middlewares.length), [2, 1, 1]);
});

Deno.test("layersOf leaves out the files of a folder that has only the route's name", () => {
  const root = newSegment("");
  const trail = trailTo(root, ["admin"]);
  trail[1]!.middlewares.push({ value: [() => new Response()], file: "admin/_middleware.ts" });
  const [, admin] = layersOf(trail, { mountDepth: 0, ownName: true });
  assert.deepEqual(admin!.middlewares, []);
});

Deno.test("compileChain adds no step for a segment that contributes nothing", () => {
  const layers = layersOf(trailTo(newSegment(""), ["a", "b", "c", "d"]), PLAIN);
  const ending = [() => new Response()];
  assert.equal(compileChain({ layers, notFound: null, ending }).length, 2);
  assert.equal(compileChain({ layers, notFound: {}, ending }).length, 2);
});
