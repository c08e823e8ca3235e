import assert from "node:assert/strict";
import { asset, assetSrcSet } from "./assets.ts";
import { scope, setScope } from "./scope.ts";

function withFiles(test: () => void): () => void {
  return () => {
    const before = scope;
    setScope({ assetHash: (path) => path === "/a.css" ? "12ab" : undefined });
    try {
      test();
    } finally {
      setScope(before);
    }
  };
}

Deno.test(
  "asset puts the hash of a static file into its URL",
  withFiles(() => {
    assert.equal(asset("/a.css"), "/a.css?__frsh_c=12ab");
    assert.equal(asset("/a.css?x=1#y"), "/a.css?x=1&__frsh_c=12ab#y");
    assert.equal(asset("/a.css#y"), "/a.css?__frsh_c=12ab#y");
    assert.equal(asset(asset("/a.css")), asset("/a.css"));
  }),
);

Deno.test(
  "asset leaves what is no static file",
  withFiles(() => {
    for (const path of ["/b.css", "a.css", "//a.css", "https://example.org/a.css", "", "#a"]) {
      assert.equal(asset(path), path);
    }
  }),
);

Deno.test(
  "assetSrcSet applies to each URL",
  withFiles(() => {
    assert.equal(
      assetSrcSet("/a.css 1x, /b.css 2x,/a.css"),
      "/a.css?__frsh_c=12ab 1x, /b.css 2x,/a.css?__frsh_c=12ab",
    );
    assert.equal(assetSrcSet("image(/a.css)"), "image(/a.css)");
  }),
);
