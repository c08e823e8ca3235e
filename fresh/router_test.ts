import assert from "node:assert/strict";
import fc from "fast-check";
import { joinPattern, pathnameOf, patternSegments, Router, segmentTest } from "./router.ts";

function routerOf(...patterns: string[]): Router<string> {
  const router = new Router<string>();
  for (const pattern of patterns) router.add(pattern, () => pattern);
  return router;
}

function found(router: Router<string>, pathname: string): [string, Record<string, string>] | null {
  const match = router.match(pathname);
  return match && [match.pattern, { ...match.params }];
}

Deno.test("Router prefers a static route to a pattern that was added before", () => {
  const router = routerOf("/posts/:id", "/posts/new");
  assert.deepEqual(found(router, "/posts/new"), ["/posts/new", {}]);
  assert.deepEqual(found(router, "/posts/7"), ["/posts/:id", { id: "7" }]);
});

Deno.test("Router takes the pattern that was added first of several that match", () => {
  assert.deepEqual(found(routerOf("/:a/b", "/x/:c"), "/x/b"), ["/:a/b", {
    a: "x",
  }]);
  assert.deepEqual(found(routerOf("/x/:c", "/:a/b"), "/x/b"), ["/x/:c", {
    c: "b",
  }]);
  assert.deepEqual(found(routerOf("/*", "/x/:c"), "/x/b"), ["/*", {
    0: "x/b",
  }]);
});

Deno.test("Router goes back when a literal segment leads nowhere", () => {
  const router = routerOf("/users/me/edit", "/users/me/:tab/x", "/users/:id/posts");
  assert.deepEqual(found(router, "/users/me/posts"), ["/users/:id/posts", {
    id: "me",
  }]);
});

Deno.test("Router gives the parameters of patterns that share segments their own names", () => {
  const router = routerOf("/posts/:id", "/posts/:post/comments");
  assert.deepEqual(found(router, "/posts/1"), ["/posts/:id", { id: "1" }]);
  assert.deepEqual(found(router, "/posts/1/comments"), ["/posts/:post/comments", { post: "1" }]);
});

Deno.test("Router gives an absent optional parameter as an empty string", () => {
  const router = routerOf("/docs{/:version}?/intro", "/{:name}?");
  assert.deepEqual(found(router, "/docs/intro"), ["/docs{/:version}?/intro", {
    version: "",
  }]);
  assert.deepEqual(found(router, "/docs/v2/intro"), ["/docs{/:version}?/intro", { version: "v2" }]);
  assert.deepEqual(found(router, "/"), ["/{:name}?", { name: "" }]);
  assert.deepEqual(found(router, "/ada"), ["/{:name}?", { name: "ada" }]);
});

Deno.test("Router decodes parameters but leaves encoded slashes alone", () => {
  const router = routerOf("/tags/:tag");
  assert.deepEqual(found(router, "/tags/caf%C3%A9"), ["/tags/:tag", {
    tag: "café",
  }]);
  assert.deepEqual(found(router, "/tags/a%2Fb"), ["/tags/:tag", {
    tag: "a%2Fb",
  }]);
});

Deno.test("Router says that a parameter is malformed", () => {
  assert.equal(routerOf("/tags/:tag").match("/tags/%zz")?.params, null);
});

Deno.test("Router keeps parameters away from the object prototype", () => {
  const params = routerOf("/:__proto__/:constructor").match("/a/b")!.params!;
  assert.equal(Object.getPrototypeOf(Object.getPrototypeOf(params)), null);
  assert.equal(params["constructor"], "b");
});

Deno.test("Router matches a static route that is not ASCII in its encoded form", () => {
  assert.deepEqual(found(routerOf("/über"), "/%C3%BCber"), ["/über", {}]);
});

Deno.test("Router serves a static route with and without a slash at the end", () => {
  const router = routerOf("/about", "/team/");
  assert.equal(router.match("/about/")?.trailingSlash, false);
  assert.equal(router.match("/team")?.pattern, "/team/");
});

Deno.test("Router tells a dynamic route with a slash at the end from the route", () => {
  const router = routerOf("/posts/:id", "/files/*");
  assert.equal(router.match("/posts/1")?.trailingSlash, false);
  assert.equal(router.match("/posts/1/")?.trailingSlash, true);
  assert.equal(router.match("/files/")?.trailingSlash, false);
});

Deno.test("Router matches whatever URLPattern matches, with the same parameters", () => {
  const patterns = [
    "/posts/:id",
    "/posts/:id/comments/:comment",
    "/@:username",
    "/:name.:extension",
    "/v:major(\\d+)/:rest*",
    "/old/:path*",
    "/files/:path+",
    "/any/*",
    "/docs{/:version}?/intro",
    "/opt/:a?",
    "/a/*/b",
    "/:module@:version/:path*",
    "/x{-:suffix}?",
  ];
  const segment = fc.constantFrom(
    "posts",
    "old",
    "files",
    "any",
    "docs",
    "intro",
    "opt",
    "a",
    "b",
    "v1",
    "x",
    "x-y",
    "@ada",
    "a.b",
    "m@2",
    "comments",
  );
  fc.assert(fc.property(
    fc.constantFrom(...patterns),
    fc.array(segment, { maxLength: 5 }),
    (pattern, segments) => {
      const pathname = `/${segments.join("/")}`;
      const groups = new URLPattern({ pathname: pattern }).exec({ pathname })
        ?.pathname.groups;
      const params = routerOf(pattern).match(pathname)?.params;
      assert.equal(params !== undefined, groups !== undefined);
      for (const name of Object.keys({ ...groups, ...params })) {
        assert.equal(params?.[name], groups?.[name] ?? "");
      }
    },
  ));
});

Deno.test("Router gives one item for the same pattern", () => {
  const router = new Router<object>();
  const item = router.add("/posts/:id", () => ({}));
  assert.equal(router.add("/posts/:id", () => ({})), item);
});

Deno.test("pathnameOf gives the pathname that URL gives, with slashes collapsed", () => {
  fc.assert(fc.property(
    fc.array(
      fc.oneof(
        fc.constantFrom(
          "/",
          "//",
          "/.",
          "/..",
          "%2e%2E",
          "\\",
          "a",
          "é",
          " ",
          "%",
          "'",
          "|",
          "@",
        ),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 8 },
    ).map((parts) => `http://localhost/${parts.join("")}`),
    (url) => {
      assert.equal(pathnameOf(url), new URL(url).pathname.replace(/\/+/g, "/"));
    },
  ));
});

Deno.test("pathnameOf leaves out the query and the fragment", () => {
  assert.equal(pathnameOf("http://localhost:8000/a/b?c=/d#e"), "/a/b");
  assert.equal(pathnameOf("http://localhost/a#b/c"), "/a");
  assert.equal(pathnameOf("http://localhost"), "/");
});

Deno.test("pathnameOf gives null for what is no URL", () => {
  assert.equal(pathnameOf("http://a b/%zz "), null);
});

Deno.test("joinPattern joins a mount point and a pattern", () => {
  assert.equal(joinPattern("", "/posts"), "/posts");
  assert.equal(joinPattern("*", "/"), "/");
  assert.equal(joinPattern("/api", "/"), "/api");
  assert.equal(joinPattern("/api/*", "/posts"), "/api/posts");
  assert.equal(joinPattern("/api", "*"), "/api/*");
});

Deno.test("patternSegments splits at slashes and keeps optional groups whole", () => {
  assert.deepEqual(patternSegments("/"), []);
  assert.deepEqual(patternSegments("/docs{/:version}?/:page"), ["docs", "{/:version}?", ":page"]);
  assert.deepEqual(patternSegments("/docs/:version?"), ["docs", "{/:version}?"]);
});

Deno.test("segmentTest tells which segments a part of a pattern can mean", () => {
  assert.equal(segmentTest("posts"), null);
  assert.equal(segmentTest(":id")!("7"), true);
  assert.equal(segmentTest("{/:version}?")!("v2"), true);
  assert.equal(segmentTest("@:username")!("@ada"), true);
  assert.equal(segmentTest("@:username")!("ada"), false);
});
