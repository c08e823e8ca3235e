import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import plugin from "./architecture.ts";

/** Names of the rules that a file with the given source breaks. */
function broken(file: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, file, source).map(({ id }) => id.replace("architecture/", ""));
}

/** Files with a line that is fine there. */
const allowed: [file: string, line: string][] = [
  ["domain/post/commands.ts", `import { postState } from "./state.ts";`],
  ["domain/account/password.ts", `import bcrypt from "bcrypt";`],
  ["domain/post/queries.ts", `import { list } from "../core/query.ts";`],
  ["domain/post/queries.ts", `import type { Viewer } from "../account/queries.ts";`],
  ["domain/feed/queries.ts", `import { joinPosts } from "../dialect/dialect.ts";`],
  ["domain/dialect/dialect.ts", `import { sqlite } from "./sqlite.ts";`],
  ["domain/post/projection.ts", `import type { LikeEvent } from "../like/events.ts";`],
  ["domain/post/projection_test.ts", `import { postState } from "./state.ts";`],
  ["domain/post/events.ts", `import type { DomainEvent } from "../core/event.ts";`],
  ["domain/post/events.ts", `import { type DomainEvent } from "../core/event.ts";`],
  ["domain/post/events.ts", `export type Id = import("../core/event.ts").Id;`],
  ["domain/post/state.ts", `import type { PostEvent } from "./events.ts";`],
  ["domain/post/state.ts", `import { notFound } from "../core/errors.ts";`],
  ["fresh/render.ts", `import { h } from "preact";`],
  ["fresh/runtime/mod.ts", `import { asset } from "./asset.ts";`],
  ["fresh/dev.ts", `import { join } from "node:path";`],
  ["fresh/mod_test.ts", `import { App } from "fresh";`],
  ["fresh/runtime/a_test.ts", `import { launchBrowser } from "../../tests/support/browser.ts";`],
  ["islands/LikeButton.tsx", `import { useSignal } from "@preact/signals";`],
  ["components/Avatar.tsx", `import { asset } from "fresh/runtime";`],
  ["components/Avatar_test.tsx", `import assert from "node:assert/strict";`],
  ["routes/feed.tsx", `import { getFeed } from "../domain/feed/queries.ts";`],
  ["main.ts", `import { open } from "./domain/event_store/sqlite/sqlite_event_store.ts";`],
];

/** Files with a line that breaks the named rule there. */
const refused: [rule: string, file: string, line: string][] = [
  ["domain-stands-alone", "domain/post/commands.ts", `import { z } from "../../web/schemas.ts";`],
  ["domain-stands-alone", "domain/post/mod.ts", `import x from "../../routes/feed.tsx";`],
  ["domain-stands-alone", "domain/mod.ts", `export * from "../components/Avatar.tsx";`],
  ["domain-stands-alone", "domain/mod.ts", `export { a } from "../islands/Like.tsx";`],
  ["domain-stands-alone", "domain/post/mod.ts", `import type { Context } from "fresh";`],
  ["domain-stands-alone", "domain/post/mod.ts", `import { App } from "jsr:@fresh/core@^2.3.3";`],
  ["domain-stands-alone", "domain/post/mod.ts", `import { App } from "../../fresh/mod.ts";`],
  ["domain-stands-alone", "domain/post/mod.ts", `const f = await import("fresh/runtime");`],
  ["read-side-apart", "domain/post/projection.ts", `import { postState } from "./state.ts";`],
  ["read-side-apart", "domain/feed/queries.ts", `import type { A } from "../post/commands.ts";`],
  ["dialects-behind-one", "domain/feed/queries.ts", `import { s } from "../dialect/sqlite.ts";`],
  ["events-are-plain", "domain/post/events.ts", `import { newId } from "../core/ids.ts";`],
  ["events-are-plain", "domain/post/events.ts", `import type { A } from "../like/events.ts";`],
  ["events-are-plain", "domain/post/events.ts", `import "../core/event.ts";`],
  ["events-are-plain", "domain/post/events.ts", `export { a } from "../core/event.ts";`],
  ["state-from-events", "domain/post/state.ts", `import { likes } from "./queries.ts";`],
  ["state-from-events", "domain/post/state.ts", `import { z } from "zod";`],
  [
    "state-from-events",
    "domain/post/state.ts",
    `import { db } from "../event_store/event_store.ts";`,
  ],
  ["fresh-stands-alone", "fresh/app.ts", `import { respond } from "../web/respond.ts";`],
  ["fresh-stands-alone", "fresh/runtime/mod.ts", `import config from "../../fresh.config.ts";`],
  ["fresh-stands-alone", "fresh/app.ts", `import { x } from "../tests/support/browser.ts";`],
  [
    "components-take-props",
    "islands/LikeButton.tsx",
    `import { like } from "../domain/like/mod.ts";`,
  ],
  ["components-take-props", "components/Avatar.tsx", `import { join } from "node:path";`],
  ["components-take-props", "islands/Uploader.tsx", `import "../media/processor.ts";`],
  ["media-stands-alone", "media/processor.ts", `import { taken } from "../domain/core/errors.ts";`],
  [
    "routes-use-buses",
    "routes/posts/[id].tsx",
    `import { s } from "../../domain/event_store/event_store.ts";`,
  ],
  [
    "routes-use-buses",
    "routes/api.ts",
    `type S = import("../domain/event_store/event_store.ts").S;`,
  ],
];

for (const [file, line] of allowed) {
  Deno.test(`architecture lets ${file} say: ${line}`, () =>
    assert.deepEqual(broken(file, line), []));
}

for (const [rule, file, line] of refused) {
  Deno.test(`${rule} refuses that ${file} says: ${line}`, () => {
    assert.deepEqual(broken(file, line), [rule]);
  });
}

Deno.test("architecture knows files by their full path too, and says what it refuses", () => {
  const file = fileURLToPath(new URL("../routes/feed.tsx", import.meta.url));
  const source = `import "../domain/event_store/event_store.ts";`;
  const [diagnostic] = Deno.lint.runPlugin(plugin, file, source);
  assert.equal(
    diagnostic?.message,
    `"routes/feed.tsx" imports "domain/event_store/event_store.ts": ` +
      "routes send commands and ask queries; the store stays behind the buses",
  );
});
