/** Who may not act, and who forgot their password: what whoever runs a Filmroll does about them. */
import assert from "node:assert/strict";
import { makeResetLink } from "../web/reset_link.ts";
import type { Problem, Token } from "../web/schemas.ts";
import {
  api,
  browserless,
  emailOf,
  formAt,
  join,
  logIn,
  PASSWORD,
  signUp,
} from "./support/client.ts";
import { startFilmroll, type TestServer } from "./support/server.ts";

const ANOTHER = "grain and shadow";
const NOBODY = { actor: null };

const makeLink = ({ filmroll, origin }: TestServer) =>
  makeResetLink(filmroll, { userId: 1, publicUrl: origin });

const askForToken = (server: TestServer, username: string, password = PASSWORD) =>
  api(server.origin).post<Token & Problem>("/api/auth/login", {
    email: emailOf(username),
    password,
  });

Deno.test("who is suspended cannot act or log in, hears why, and comes back when reinstated", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const browser = await logIn(server.origin, "ana");
  assert.match((await browser.open("/users/me")).text, /Edit profile/);
  await ana.post("/api/posts", { content: "Still here" });

  await server.filmroll.commands.execute("SuspendUser", { userId: ana.id }, NOBODY);
  const acting = await ana.post<Problem>("/api/posts", { content: "Let me" });
  assert.equal(acting.status, 403);
  assert.match(acting.body.detail, /^This account is suspended/);
  const loggingIn = await askForToken(server, "ana");
  assert.equal(loggingIn.status, 403);
  assert.match(loggingIn.body.detail, /^This account is suspended/);
  assert.equal((await browser.open("/users/me")).url.pathname, "/auth/login");
  const form = await browser.submit(await browser.open("/auth/login"), "/auth/login", {
    email: emailOf("ana"),
    password: PASSWORD,
  });
  assert.equal(form.status, 403);
  assert.match(form.text, /This account is suspended/);
  assert.equal(formAt(form, "/auth/login").fields.email, emailOf("ana"));
  assert.equal((await askForToken(server, "ana", "a wrong one")).status, 401);
  assert.equal((await api(server.origin).get("/api/posts/1")).status, 200);

  await server.filmroll.commands.execute("ReinstateUser", { userId: ana.id }, NOBODY);
  assert.equal((await ana.post("/api/posts", { content: "Thank you" })).status, 201);
  assert.equal((await askForToken(server, "ana")).status, 200);
});

Deno.test("suspending ends open live streams", async () => {
  await using server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const stream = await fetch(`${server.origin}/live`, {
    headers: { authorization: `Bearer ${ana.token}` },
  });
  await server.filmroll.commands.execute("SuspendUser", { userId: ana.id }, NOBODY);
  await stream.text();
});

Deno.test("a link sets a new password once, and logs out everywhere", async () => {
  await using server = await startFilmroll();
  const elsewhere = await signUp(server.origin, "ana");
  const program = api(server.origin, (await askForToken(server, "ana")).body.access_token);
  assert.equal((await program.get("/api/auth/me")).status, 200);
  const { url } = await makeLink(server);
  const path = url.slice(server.origin.length);

  const visitor = browserless(server.origin);
  const form = await visitor.open(path);
  assert.match(form.text, /Set a new password/);
  const again = await visitor.submit(form, "/auth/reset", { password: "short" });
  assert.equal(again.status, 422);
  assert.match(again.text, /at least 8 bytes/);
  const done = await visitor.submit(again, "/auth/reset", { password: ANOTHER });
  assert.equal(done.url.pathname, "/auth/login");

  assert.equal((await askForToken(server, "ana")).status, 401);
  const { body: { access_token } } = await askForToken(server, "ana", ANOTHER);
  assert.equal((await api(server.origin, access_token).get("/api/auth/me")).status, 200);
  assert.equal((await elsewhere.open("/users/me")).url.pathname, "/auth/login");
  assert.equal((await program.get("/api/auth/me")).status, 401);
  const over = await visitor.open(path);
  assert.equal(over.status, 400);
  assert.match(over.text, /used already, or has run out/);
  assert.equal((await visitor.submit(form, "/auth/reset", { password: PASSWORD })).status, 400);
});

Deno.test("a link runs out after an hour, and ends with a newer one", async () => {
  let now = new Date("2026-03-01T12:00:00Z");
  await using server = await startFilmroll({ clock: () => now });
  await join(server.origin, "ana");
  const tokens = [await makeLink(server), await makeLink(server)]
    .map(({ url }) => new URL(url).searchParams.get("token")!);
  const reset = (token: string) =>
    api(server.origin).post<Problem>("/api/auth/reset", { token, password: ANOTHER });
  assert.equal((await reset(tokens[0]!)).status, 400);
  now = new Date("2026-03-01T13:00:00Z");
  const late = await reset(tokens[1]!);
  assert.equal(late.status, 400);
  assert.match(late.body.detail, /has run out/);
  assert.equal((await reset("")).status, 422);
});
