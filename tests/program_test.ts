/** The program as the operator meets it: starting, refusing to start, stopping, and being killed. */
import assert from "node:assert/strict";
import type { Post, User } from "../web/schemas.ts";
import { accountOf, api, browserless, join, signUp } from "./support/client.ts";
import { Folder } from "./support/folder.ts";
import {
  type Ended,
  type Environment,
  runProgram,
  startProgram,
  takesConnections,
} from "./support/program.ts";

/** It said one line, on standard error, and what it said fits. */
function assertRefusedToStart({ code, stdout, stderr }: Ended, ...said: RegExp[]): void {
  assert.equal(stdout, "");
  assert.match(stderr, /^[^\n]+\n$/);
  for (const words of said) assert.match(stderr, words);
  assert.doesNotMatch(stderr, /\n\s+at |node:|\.ts/);
  assert.equal(code, 1);
}

Deno.test("the program prints one line once it serves, and nothing else while all is well", async () => {
  await using folder = await Folder.make();
  await using program = await startProgram(folder.environment);
  assert.equal((await browserless(program.origin).open("/")).status, 200);
  await join(program.origin, "ana");
  const { code, stdout, stderr } = await program.end("SIGTERM");
  assert.match(stdout, /^Filmroll listening on http:\/\/localhost:\d+\/\n$/);
  assert.equal(stderr, "");
  assert.equal(code, 0);
});

Deno.test("a wrong configuration ends the program with one line that says what was wanted", async (t) => {
  await using folder = await Folder.make();
  const wrong: Partial<Environment> & Record<string, string> = {
    PORT: "eighty",
    PUBLIC_URL: "film.example",
    RATE_LIMIT: "maybe",
    JWT_SECRET: "hunter2",
  };
  for (const [name, value] of Object.entries(wrong)) {
    await t.step(`${name}=${value}`, async () => {
      const ended = await runProgram({ ...folder.environment, [name]: value });
      assertRefusedToStart(ended, new RegExp(`^${name} is .* must be `));
      if (name === "JWT_SECRET") assert.doesNotMatch(ended.stderr, /hunter2/);
    });
  }
});

Deno.test("a port in use ends the program with one line that names it", async () => {
  await using folder = await Folder.make();
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const PORT = String(listener.addr.port);
  assertRefusedToStart(
    await runProgram({ ...folder.environment, PORT }),
    new RegExp(`\\b${PORT}\\b`),
    /in use/,
  );
});

Deno.test("a folder that cannot be written ends the program with one line that names it", async () => {
  await using folder = await Folder.make();
  const file = `${folder.path}/file`;
  await Deno.writeTextFile(file, "");
  const DATA_DIR = `${file}/data`;
  assertRefusedToStart(
    await runProgram({ ...folder.environment, DATA_DIR }),
    /DATA_DIR/,
    new RegExp(DATA_DIR),
  );
});

Deno.test("a corrupt database ends the program with one line that names it", async (t) => {
  const header = "SQLite format 3\0";
  for (
    const [name, content] of Object.entries({
      "no database at all": "These are notes, and not a database.".repeat(100),
      "the beginning of one": header + "\x10\0".repeat(3000),
    })
  ) {
    await t.step(name, async () => {
      await using folder = await Folder.make();
      const { DATA_DIR } = folder.environment;
      await Deno.mkdir(DATA_DIR);
      await Deno.writeTextFile(`${DATA_DIR}/filmroll.db`, content);
      assertRefusedToStart(await runProgram(folder.environment), /filmroll\.db/);
      assert.equal(await Deno.readTextFile(`${DATA_DIR}/filmroll.db`), content);
    });
  }
});

Deno.test("a secret that was cut short ends the program with one line that names its file", async () => {
  await using folder = await Folder.make();
  const { DATA_DIR } = folder.environment;
  await Deno.mkdir(DATA_DIR);
  await Deno.writeTextFile(`${DATA_DIR}/jwt_secret`, "short\n");
  assertRefusedToStart(await runProgram(folder.environment), /jwt_secret/);
});

Deno.test(
  "SIGTERM finishes the requests under way, takes no new ones, and ends with 0 within 5 s",
  async () => {
    await using folder = await Folder.make();
    // At cost 12 a password takes a quarter of a second: long enough to be under way.
    await using program = await startProgram({ ...folder.environment, BCRYPT_COST: "12" });
    const { hostname, port } = new URL(program.origin);
    // Browsers keep connections open that they do not use.
    using _idle = await Deno.connect({ hostname, port: Number(port) });

    const registering = api(program.origin).post("/api/auth/register", accountOf("ana"));
    await api(program.origin).get("/api/users/1");
    const started = performance.now();
    const ending = program.end("SIGTERM");
    while (await takesConnections(program.origin));
    assert.equal((await registering).status, 201);
    const { code, stderr } = await ending;
    assert.deepEqual([code, stderr], [0, ""]);
    assert.ok(performance.now() - started < 5000);
  },
);

async function write(connection: Deno.Conn, text: string): Promise<void> {
  const writer = connection.writable.getWriter();
  await writer.write(new TextEncoder().encode(text));
  writer.releaseLock();
}

async function readText(connection: Deno.Conn): Promise<string> {
  const buffer = new Uint8Array(4096);
  const length = await connection.read(buffer) ?? 0;
  return new TextDecoder().decode(buffer.subarray(0, length));
}

Deno.test("a client that never finishes its request does not hold the program up", async () => {
  await using folder = await Folder.make();
  await using program = await startProgram(folder.environment);
  const { hostname, port } = new URL(program.origin);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const head = [
    "POST /api/auth/login HTTP/1.1",
    "Host: localhost",
    "Content-Type: application/json",
    "Content-Length: 1000",
    "Expect: 100-continue",
  ].join("\r\n");
  await write(connection, `${head}\r\n\r\n`);
  assert.match(await readText(connection), /^HTTP\/1\.1 100/);
  const started = performance.now();
  const { code } = await program.end("SIGTERM");
  assert.equal(code, 0);
  assert.ok(performance.now() - started < 5000);
});

Deno.test("SIGINT ends the program like SIGTERM", async () => {
  await using folder = await Folder.make();
  await using program = await startProgram(folder.environment);
  assert.equal((await program.end("SIGINT")).code, 0);
});

Deno.test("killed amid 200 posts and started again, the program has every post it acknowledged", async () => {
  await using folder = await Folder.make();
  const acknowledged: Post[] = [];
  let token: string;
  {
    await using program = await startProgram(folder.environment);
    const ana = await join(program.origin, "ana");
    token = ana.token;
    const enough = Promise.withResolvers<void>();
    const posts = Array.from({ length: 200 }, async (_, index) => {
      const { status, body } = await ana.post<Post>("/api/posts", { content: `Frame ${index}` });
      assert.equal(status, 201);
      acknowledged.push(body);
      if (acknowledged.length === 40) enough.resolve();
    });
    const all = Promise.allSettled(posts);
    await enough.promise;
    await program.end("SIGKILL");
    await all;
    assert.ok(acknowledged.length >= 40);
  }

  await using program = await startProgram(folder.environment);
  const ana = api(program.origin, token);
  const found: Post[] = [];
  for (let before = ""; found.length % 100 === 0;) {
    const { body } = await ana.get<Post[]>(`/api/users/1/posts?limit=100${before}`);
    if (body.length === 0) break;
    found.push(...body);
    before = `&before=${body.at(-1)!.id}`;
  }
  const contents = new Map(found.map(({ id, content }) => [id, content]));
  for (const { id, content } of acknowledged) assert.equal(contents.get(id), content);
  const { body: profile } = await ana.get<{ post_count: number }>("/api/users/1");
  assert.equal(profile.post_count, found.length);
  assert.equal((await ana.post<Post>("/api/posts", { content: "After all" })).status, 201);
});

Deno.test("sessions and tokens survive a restart; the secrets are their owner's alone", async () => {
  await using folder = await Folder.make();
  const { DATA_DIR } = folder.environment;
  let cookies: Map<string, string>;
  let token: string;
  {
    await using program = await startProgram(folder.environment);
    ({ cookies } = await signUp(program.origin, "ana"));
    ({ token } = await join(program.origin, "ben"));
    await program.end("SIGTERM");
  }
  for (const secret of ["jwt_secret", "master_key"]) {
    const { mode } = await Deno.stat(`${DATA_DIR}/${secret}`);
    assert.equal(mode! & 0o777, 0o600);
  }
  const MASTER_KEY = "x".repeat(32);
  assertRefusedToStart(
    await runProgram({ ...folder.environment, MASTER_KEY }),
    /^The master key is not the one/,
  );

  await using program = await startProgram(folder.environment);
  const visitor = browserless(program.origin);
  for (const [name, value] of cookies) visitor.cookies.set(name, value);
  assert.equal((await visitor.open("/feed")).url.pathname, "/feed");
  const { status, body } = await api(program.origin, token).get<User>("/api/auth/me");
  assert.deepEqual([status, body.username], [200, "ben"]);
});
