/** Several nodes over one PostgreSQL: what is done on one holds on each. */
import assert from "node:assert/strict";
import postgresClient from "postgres";
import { type PostgresServer, startPostgres } from "../domain/event_store/postgres/testing.ts";
import { startReplica } from "../domain/event_store/postgres/testing_replica.ts";
import { ConfigError } from "../fresh.config.ts";
import { allowances } from "../web/rate_limit.ts";
import type { Message, Post } from "../web/schemas.ts";
import type { Readiness } from "../web/watching/readiness.ts";
import { type Api, api, emailOf, join, type Person, signUp } from "./support/client.ts";
import { eventually } from "./support/eventually.ts";
import { Folder } from "./support/folder.ts";
import { listen } from "./support/live.ts";
import { runProgram, startProgram } from "./support/program.ts";
import { type ServerOptions, startFilmroll, type TestServer } from "./support/server.ts";

let postgres: PostgresServer;

Deno.test.beforeAll(async () => {
  postgres = await startPostgres();
});

Deno.test.afterAll(() => postgres.stop());

/** Two nodes over a database of their own. */
async function startTwo(options: ServerOptions = {}) {
  const databaseUrl = await postgres.createDatabase();
  const nodes = [
    await startFilmroll({ ...options, databaseUrl }),
    await startFilmroll({ ...options, databaseUrl }),
  ] as const;
  return {
    nodes,
    databaseUrl,
    [Symbol.asyncDispose]: async () => {
      for (const node of nodes) await node.stop();
    },
  };
}

const at = ({ origin }: TestServer, { token }: Person) => api(origin, token);

const bearer = ({ token }: Person) => ({ authorization: `Bearer ${token}` });

Deno.test("whoever logs in on one node acts on the other, and sees it on both", async () => {
  await using two = await startTwo();
  const [a, b] = two.nodes;
  const ana = await join(a.origin, "ana");
  const { body: { id } } = await at(b, ana).post<Post>("/api/posts", { content: "Low tide" });
  for (const node of two.nodes) {
    const { status, body } = await at(node, ana).get<Post>(`/api/posts/${id}`);
    assert.deepEqual([status, body.content, body.author_id], [200, "Low tide", ana.id]);
  }
});

Deno.test("a command's answer says its position, which a program carries to the next request", async () => {
  await using two = await startTwo();
  const [a, b] = two.nodes;
  const ana = await join(a.origin, "ana");
  const first = await ana.post<Post>("/api/posts", { content: "Low tide" });
  const second = await at(b, ana).post<Post>("/api/posts", { content: "High tide" });
  const positionOf = ({ headers }: { headers: Headers }) => headers.get("filmroll-position");
  assert.match(positionOf(first)!, /^[1-9]\d*$/);
  assert(Number(positionOf(second)) > Number(positionOf(first)));
  assert.equal(second.headers.get("set-cookie"), null);
  for (
    const position of [positionOf(second)!, "0", "999999999999999", "-1", "a few", "9".repeat(30)]
  ) {
    const headers = { "filmroll-position": position };
    const read = await at(a, ana).send<Post[]>("GET", "/api/feed", { headers });
    assert.deepEqual(read.body.map(({ content }) => content), ["High tide", "Low tide"], position);
    assert.equal(positionOf(read), null);
  }
});

Deno.test("a browser carries the position of its last form in a cookie that script can raise", async () => {
  await using two = await startTwo();
  const [a] = two.nodes;
  const visitor = await signUp(a.origin, "ana");
  const before = Number(visitor.cookies.get("filmroll-position"));
  assert(before > 0);
  const response = await visitor.request("/posts", {
    method: "POST",
    body: new URLSearchParams({ content: "Low tide" }),
  });
  await response.body?.cancel();
  const cookie = response.headers.getSetCookie().find((one) => one.startsWith("filmroll-position"));
  assert.match(cookie!, /^filmroll-position=\d+; Path=\/; Max-Age=\d+; SameSite=Lax$/);
  assert(Number(visitor.cookies.get("filmroll-position")) > before);
  assert.match((await visitor.open("/feed")).text, /Low tide/);
  visitor.cookies.set("filmroll-position", "<script>");
  assert.match((await visitor.open("/feed")).text, /Low tide/);
});

Deno.test("one node over a file carries no positions", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const { headers } = await ana.post("/api/posts", { content: "Low tide" });
  assert.equal(headers.get("filmroll-position"), null);
  assert.equal((await signUp(server.origin, "ben")).cookies.has("filmroll-position"), false);
});

Deno.test("logging out on one node ends the session's streams on the other within a second", async () => {
  await using two = await startTwo();
  const [a, b] = two.nodes;
  const visitor = await signUp(a.origin, "ana");
  const cookie = Array.from(visitor.cookies, ([name, value]) => `${name}=${value}`).join("; ");
  await using reader = await listen(`${b.origin}/live`, { cookie });
  await reader.first("unread");
  const left = performance.now();
  await (await visitor.request("/auth/logout", { method: "POST" })).body?.cancel();
  await reader.ended;
  assert(performance.now() - left < 1000);
  const again = await fetch(`${b.origin}/live`, { headers: { cookie } });
  await again.body?.cancel();
  assert.equal(again.status, 401);
});

Deno.test("what happens on one node is told on the other, and a stream goes on on any", async () => {
  await using two = await startTwo();
  const [a, b] = two.nodes;
  const [ana, ben] = [await join(a.origin, "ana"), await join(b.origin, "ben")];
  const send = (content: string) =>
    at(a, ana).post<Message>("/api/messages", { receiver_id: ben.id, content });
  const reader = await listen(`${b.origin}/live`, bearer(ben));
  await reader.first("unread");
  await send("One");
  const { id } = await reader.first("message");
  await reader[Symbol.asyncDispose]();
  await send("Two");
  await using further = await listen(`${a.origin}/live`, {
    ...bearer(ben),
    "last-event-id": String(id),
  });
  assert.equal((await further.first("message")).data.content, "Two");
  await at(b, ana).post(`/messages/${ben.id}/typing`);
  assert.deepEqual((await further.first("typing")).data, { from: ana.id });
});

Deno.test("wrong passwords on all nodes together are counted", async () => {
  await using two = await startTwo({ rateLimit: true });
  const [a, b] = two.nodes;
  await join(a.origin, "ana");
  const guess = (node: TestServer) =>
    api(node.origin).post("/api/auth/login", { email: emailOf("ana"), password: "wrong guess" });
  for (let guesses = 0; guesses < allowances.loginByEmail.burst; guesses++) {
    assert.equal((await guess(guesses % 2 === 0 ? a : b)).status, 401);
  }
  for (const node of two.nodes) {
    const { status, headers } = await guess(node);
    assert.equal(status, 429);
    assert(Number(headers.get("retry-after")) > 0);
  }
});

Deno.test("what is done once is done by one node, and by the other within seconds of its end", async () => {
  const databaseUrl = await postgres.createDatabase();
  const a = await startFilmroll({ databaseUrl });
  await using b = await startFilmroll({ databaseUrl });
  const readinessOf = async ({ origin }: TestServer) =>
    (await api(origin).get<Readiness>("/readyz")).body;
  const all = ["erasing", "imports", "pictures"];
  await eventually(
    "one node to lead",
    async () => (await readinessOf(a)).leads.length === all.length,
  );
  const idle = await readinessOf(b);
  assert.deepEqual([idle.ready, idle.leads, idle.lag], [true, [], {}]);
  const operator = await signUp(b.origin, "ana");
  assert.match((await operator.open("/admin")).text, /This node leads nothing/);
  await a.stop();
  await eventually(
    "the other to lead",
    async () => (await readinessOf(b)).leads.length === all.length,
  );
});

Deno.test("a node with another secret for tokens does not start beside those that run", async () => {
  await using two = await startTwo();
  const { databaseUrl } = two;
  await assert.rejects(
    startFilmroll({ databaseUrl, jwtSecret: "another secret, which no other node has been given" }),
    (error) => error instanceof ConfigError && /^JWT_SECRET is not the one of/.test(error.message),
  );
});

Deno.test("where a replica is behind, whoever did something sees it, and who did not is a moment behind", async () => {
  await using primary = await startPostgres({ settings: ["wal_level=replica"] });
  const databaseUrl = await primary.createDatabase();
  await using copy = await startReplica(primary, "copy");
  const replicaUrl = copy.url(new URL(databaseUrl).pathname.slice(1));
  await using server = await startFilmroll({ databaseUrl, replicaUrls: [replicaUrl] });
  const ana = await join(server.origin, "ana");
  const stranger = api(server.origin);
  const replicas = async () => {
    await stranger.get("/api/users/1/posts");
    return (await stranger.get<Readiness>("/readyz")).body.replicas;
  };
  await eventually("a replica that is up to date", async () => (await replicas())[0] === 0);
  const replica = postgresClient(replicaUrl, { max: 1 });
  await replica`SELECT pg_wal_replay_pause()`;

  const { headers } = await ana.post("/api/posts", { content: "Low tide" });
  const position = headers.get("filmroll-position")!;
  const postsSeen = async (client: Api, headers: Record<string, string> = {}) =>
    (await client.send<Post[]>("GET", "/api/users/1/posts", { headers })).body.length;
  assert.equal(await postsSeen(ana, { "filmroll-position": position }), 1);
  assert.equal(await postsSeen(ana), 1);
  assert.equal(await postsSeen(stranger, { "filmroll-position": position }), 1);
  assert.equal(await postsSeen(stranger, { "filmroll-position": "999999999" }), 1);
  assert.equal(await postsSeen(stranger), 0);
  assert.equal(await postsSeen(ana, { "filmroll-position": String(Number(position) - 1) }), 0);

  await replica`SELECT pg_wal_replay_resume()`;
  await replica.end();
  await eventually("the replica to catch up", async () => await postsSeen(stranger) === 1);
});

Deno.test("the program serves over PostgreSQL, and says what other nodes will not see", async () => {
  await using folder = await Folder.make();
  const environment = {
    DATA_DIR: folder.path,
    DATABASE_URL: await postgres.createDatabase(),
    JWT_SECRET: "a secret for tokens, which every node has",
    MASTER_KEY: "a key for what is personal, which every node has",
    BCRYPT_COST: "4",
    PASSWORD_BLOCKLIST: "off",
  };
  await using program = await startProgram(environment);
  const ana = await join(program.origin, "ana");
  assert.equal((await ana.post("/api/posts", { content: "Low tide" })).status, 201);
  const other = await runProgram({
    ...environment,
    DATA_DIR: `${folder.path}/other`,
    JWT_SECRET: "a secret for tokens, which no other has",
  });
  assert.equal(other.code, 1);
  assert.match(other.stderr, /^JWT_SECRET is not the one of the nodes .*$/m);
  const { code, stderr } = await program.end("SIGTERM");
  assert.equal(code, 0);
  assert.match(stderr, /other nodes do not see them/);
  assert(!stderr.includes("filmroll:"), "the database's password is not to be printed");
});
