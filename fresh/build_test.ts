import assert from "node:assert/strict";
import { join } from "node:path";
import { App } from "./app.ts";
import type { BuildCache } from "./build_cache.ts";
import { Builder, isStale } from "./dev.ts";
import { loadSnapshot } from "./snapshot.ts";
import { listFiles } from "./static_listing.ts";
import { APP_FOLDER } from "./testdata/serve.ts";

/** A copy of the example app in a folder that goes with the test. */
async function copyApp(): Promise<AsyncDisposable & { root: string }> {
  const root = await Deno.makeTempDir();
  for (const path of await listFiles(APP_FOLDER)) {
    await Deno.mkdir(join(root, path, ".."), { recursive: true });
    await Deno.copyFile(join(APP_FOLDER, path), join(root, path));
  }
  const imports = {
    "fresh": import.meta.resolve("./mod.ts"),
    "fresh/runtime": import.meta.resolve("./runtime/mod.ts"),
  };
  await Deno.writeTextFile(join(root, "deno.json"), JSON.stringify({ imports }));
  return { root, [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }) };
}

async function edit(path: string, change: (text: string) => string): Promise<void> {
  await Deno.writeTextFile(path, change(await Deno.readTextFile(path)));
}

const chunks = ({ islands }: BuildCache) =>
  Object.fromEntries([...islands.values()].map(({ name, chunk }) => [name, chunk]));

Deno.test("a build on disk is found again with routes, islands and files", async () => {
  await using app = await copyApp();
  await new Builder({ root: app.root }).build();
  const cache = await loadSnapshot(app.root);

  assert.equal(cache.root, app.root);
  assert.equal(cache.mode, "production");
  const routes = cache.fsRoutes.map(({ path }) => path);
  assert.ok(routes.includes("nav/_layout.tsx") && routes.includes("islands.tsx"));
  assert.ok(!routes.some((path) => path.includes("(_islands)")));
  assert.deepEqual(
    [...cache.islands.values()].map(({ name, exportName }) => `${name} ${exportName}`).sort(),
    ["Counter default", "Disclosure default", "Title default", "Total Total"],
  );
  assert.match(chunks(cache).Counter!, /^\/_fresh\/js\/island-counter-[A-Z0-9]+\.js$/);

  const styles = cache.staticFile("/styles.css")!;
  assert.equal(styles.contentType, "text/css; charset=utf-8");
  assert.equal(styles.immutable, false);
  assert.deepEqual(styles.encodings, {});
  const content = await styles.read();
  assert.equal(content.length, styles.size);
  assert.deepEqual(content, await Deno.readFile(join(app.root, "static/styles.css")));
});

Deno.test("scripts are small, and compressed when they are built", async () => {
  await using app = await copyApp();
  await new Builder({ root: app.root }).build();
  const cache = await loadSnapshot(app.root);
  const runtime = cache.staticFile(cache.clientEntry!)!;
  assert.equal(runtime.immutable, true);
  const [br, gzip] = [await runtime.encodings.br!(), await runtime.encodings.gzip!()];
  assert.ok(gzip.length <= 13 * 1024, `The runtime is ${gzip.length} bytes by gzip`);
  assert.ok(br.length < gzip.length);
  const restored = new Response(
    new Blob([gzip]).stream().pipeThrough(new DecompressionStream("gzip")),
  );
  assert.deepEqual(await restored.bytes(), await runtime.read());
});

Deno.test("what many islands share is one script, and what no island needs is in none", async () => {
  await using app = await copyApp();
  await Deno.writeTextFile(join(app.root, "words.ts"), 'export const used = "the word";');
  await Deno.writeTextFile(
    join(app.root, "more_words.ts"),
    'export { used } from "./words.ts";\nexport const more = "more";\nexport const unused = "not a word";',
  );
  for (const name of ["A", "B", "C", "D"]) {
    const imported = name < "C" ? "words" : "more_words";
    const names = name < "C" ? "used" : "used, more";
    await Deno.writeTextFile(
      join(app.root, `islands/${name}.tsx`),
      `import { ${names} } from "../${imported}.ts";\nexport default () => <p>{[${names}]}</p>;`,
    );
  }
  await new Builder({ root: app.root }).build();
  const cache = await loadSnapshot(app.root);
  const paths = await listFiles(join(app.root, "_fresh/js"));
  const scripts = await Promise.all(
    paths.filter((path) => path.endsWith(".js")).map(async (path) => ({
      path,
      text: await Deno.readTextFile(join(app.root, "_fresh/js", path)),
    })),
  );
  const [shared, ...others] = scripts.filter(({ text }) => text.includes("the word"));
  assert.deepEqual(others, []);
  assert.ok(!scripts.some(({ text }) => text.includes("not a word")));
  for (const name of ["A", "B", "C", "D"]) {
    const chunk = scripts.find(({ path }) => chunks(cache)[name]!.endsWith(path))!;
    assert.ok(chunk.text.includes(shared!.path), name);
  }
  const runtime = scripts.find(({ path }) => cache.clientEntry!.endsWith(path))!;
  assert.match(runtime.text, /as useSignal\b/);
  assert.doesNotMatch(runtime.text, /as useReducer\b/);
});

Deno.test("only scripts and static files are served of a build", async () => {
  await using app = await copyApp();
  await new Builder({ root: app.root }).build();
  const cache = await loadSnapshot(app.root);
  for (const path of await listFiles(join(app.root, "_fresh"))) {
    const isScript = path.startsWith("js/") && path.endsWith(".js");
    assert.equal(cache.staticFile(`/_fresh/${path}`) !== null, isScript, path);
  }
});

Deno.test("a build of the same files is the same", async () => {
  await using first = await copyApp();
  await using second = await copyApp();
  await Promise.all([first, second].map(({ root }) => new Builder({ root }).build()));
  const paths = await listFiles(join(first.root, "_fresh"));
  assert.deepEqual(paths, await listFiles(join(second.root, "_fresh")));
  for (const path of paths.filter((path) => path !== "stamp.json")) {
    const [one, other] = await Promise.all(
      [first, second].map(({ root }) => Deno.readFile(join(root, "_fresh", path))),
    );
    assert.deepEqual(one, other, path);
  }
});

Deno.test("a change to an island leaves the URLs of all other scripts", async () => {
  await using app = await copyApp();
  await using changed = await copyApp();
  await edit(join(changed.root, "islands/Disclosure.tsx"), (text) => text.replace("toggle", "t"));
  const [before, after] = await Promise.all([app, changed].map(async ({ root }) => {
    await new Builder({ root }).build();
    return await loadSnapshot(root);
  })) as [BuildCache, BuildCache];
  assert.equal(before.clientEntry, after.clientEntry);
  const { Disclosure: was, ...others } = chunks(before);
  const { Disclosure: is, ...othersAfter } = chunks(after);
  assert.notEqual(was, is);
  assert.deepEqual(others, othersAfter);
});

Deno.test("a build is stale when a static file, an island or a list of files has changed", async () => {
  await using app = await copyApp();
  assert.equal(await isStale(app.root), true);
  const build = async () => {
    await new Builder({ root: app.root }).build();
    assert.equal(await isStale(app.root), false);
  };
  await build();
  await edit(join(app.root, "static/styles.css"), (text) => text + "\n");
  assert.equal(await isStale(app.root), true);
  await build();
  await edit(join(app.root, "islands/store.ts"), (text) => text + "\n");
  assert.equal(await isStale(app.root), true);
  await build();
  await edit(join(app.root, "routes/plain.tsx"), (text) => text + "\n");
  assert.equal(await isStale(app.root), false);
  await Deno.copyFile(join(app.root, "routes/plain.tsx"), join(app.root, "routes/new.tsx"));
  assert.equal(await isStale(app.root), true);
});

Deno.test("without a build the error says how to make one", async () => {
  await assert.rejects(loadSnapshot("/nowhere"), {
    message: 'Could not find "_fresh/": run "deno task build" first',
  });
});

Deno.test("an import that cannot be found fails the build with its name", async () => {
  await using app = await copyApp();
  await edit(join(app.root, "islands/Total.tsx"), (text) => `import "no-such-thing";\n${text}`);
  await assert.rejects(
    new Builder({ root: app.root }).build({ snapshot: "memory" }),
    /Could not resolve "no-such-thing" from "islands\/Total.tsx"/,
  );
});

Deno.test("a project without islands and static files can be built", async () => {
  const root = await Deno.makeTempDir();
  try {
    const app = new App<unknown>().get("/", () => new Response("hello"));
    (await new Builder({ root }).build({ snapshot: "memory" }))(app);
    const response = await app.handler()(new Request("http://localhost/"));
    assert.equal(await response.text(), "hello");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("in development open pages are told to reload when a static file changes", async () => {
  await using copy = await copyApp();
  const stop = new AbortController();
  const address = Promise.withResolvers<Deno.NetAddr>();
  const served = new Builder({ root: copy.root }).listen(
    () => Promise.resolve(new App<unknown>().get("/", (ctx) => ctx.text("hello"))),
    { port: 0, hostname: "127.0.0.1", signal: stop.signal, onListen: address.resolve },
  );
  const origin = `http://127.0.0.1:${(await address.promise).port}`;
  assert.equal(await (await fetch(origin)).text(), "hello");

  const events = (await fetch(`${origin}/_fresh/live`)).body!
    .pipeThrough(new TextDecoderStream()).getReader();
  const version = async () => /data: (.+)/.exec((await events.read()).value!)![1];
  const before = await version();
  await edit(join(copy.root, "static/styles.css"), (text) => text + "\n");
  assert.notEqual(await version(), before);

  await events.cancel();
  stop.abort();
  await served;
});
