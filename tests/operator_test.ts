/** What `deno task filmroll` does, beside a running server and without one. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { Post, UserProfile } from "../web/schemas.ts";
import {
  type Answer,
  api,
  browserless,
  emailOf,
  join,
  logIn,
  type Person,
} from "./support/client.ts";
import { Folder } from "./support/folder.ts";
import { failed, printedBy, runFilmroll, startProgram } from "./support/program.ts";

/** Posts over and over until stopped, and keeps what is answered. */
function keepPosting(person: Person) {
  let stopped = false;
  const answers: Answer<Post>[] = [];
  const posting = (async () => {
    while (!stopped) answers.push(await person.post("/api/posts", { content: "Meanwhile" }));
  })();
  return {
    answers,
    stop: async () => {
      stopped = true;
      await posting;
    },
  };
}

Deno.test("a backup beside a running server is whole, and restores elsewhere", async () => {
  await using folder = await Folder.make();
  await using elsewhere = await Folder.make();
  const backup = `${folder.path}/backup.tar`;
  const picture = "media/0123456789abcdef/320.webp";
  await using program = await startProgram(folder.environment);
  const ana = await join(program.origin, "ana");
  const { body: { id } } = await ana.post<Post>("/api/posts", { content: "Before the backup" });
  await Deno.mkdir(`${folder.environment.DATA_DIR}/media/0123456789abcdef`, { recursive: true });
  await Deno.writeTextFile(`${folder.environment.DATA_DIR}/${picture}`, "a picture");

  const posting = keepPosting(ana);
  const printed = printedBy(await runFilmroll(folder.environment, "backup", backup));
  const soFar = posting.answers.length;
  printedBy(await runFilmroll(folder.environment, "verify"));
  printedBy(await runFilmroll(folder.environment, "rebuild"));
  await posting.stop();
  assert.match(
    printed,
    /^\d+ events and 1 files of pictures are in ".*"\nHead \d+:[0-9a-f]{64}\n$/,
  );
  assert.ok(soFar > 0 && posting.answers.length > soFar, "People could post meanwhile");
  assert.deepEqual(posting.answers.filter(({ status }) => status !== 201), []);
  const { body: profile } = await ana.get<UserProfile>(`/api/users/${ana.id}`);
  assert.equal(profile.post_count, 1 + posting.answers.length);
  assert.equal((await Deno.stat(backup)).mode! & 0o777, 0o600);
  failed(await runFilmroll(folder.environment, "restore", "--force", backup), {
    code: 1,
    says: /^A server is running on ".*"; stop it first\n$/,
  });

  assert.match(
    printedBy(await runFilmroll(elsewhere.environment, "restore", backup)),
    /^Restored /,
  );
  const { DATA_DIR } = elsewhere.environment;
  assert.equal(await Deno.readTextFile(`${DATA_DIR}/${picture}`), "a picture");
  await using restored = await startProgram(elsewhere.environment);
  const { body } = await api(restored.origin).get<Post>(`/api/posts/${id}`);
  assert.deepEqual([body.content, body.author_username], ["Before the backup", "ana"]);
  const browser = await logIn(restored.origin, "ana");
  assert.match((await browser.open("/users/me")).text, /Edit profile/);
});

Deno.test("restoring replaces nothing unasked, and nothing that it has not verified", async (t) => {
  await using folder = await Folder.make();
  const { environment } = folder;
  await using program = await startProgram(environment);
  await join(program.origin, "ana");
  await program.end("SIGTERM");
  const backup = `${folder.path}/backup.tar`;
  printedBy(await runFilmroll(environment, "backup", backup));
  const before = await contentOf(environment.DATA_DIR);
  const refuses = async (file: string, says: RegExp, ...options: string[]) => {
    failed(await runFilmroll(environment, "restore", file, ...options), { code: 1, says });
    assert.deepEqual(await contentOf(environment.DATA_DIR), before);
  };

  await t.step("without --force", () => refuses(backup, /^There is a Filmroll in .*--force/));
  await t.step("what is no backup", async () => {
    const file = `${folder.path}/notes.tar`;
    await Deno.writeTextFile(file, "Dear diary, ".repeat(200));
    await refuses(file, /^".*notes\.tar" is no /, "--force");
  });
  await t.step("half a backup", async () => {
    const bytes = await Deno.readFile(backup);
    const file = `${folder.path}/half.tar`;
    await Deno.writeFile(file, bytes.subarray(0, bytes.length / 2));
    await refuses(file, /^".*half\.tar" is no whole backup/, "--force");
  });
  await t.step("a backup in which a word was changed", async () => {
    const bytes = await Deno.readFile(backup);
    const at = new TextDecoder("latin1").decode(bytes).indexOf('"by":"token"');
    assert.ok(at > 0);
    bytes.set(new TextEncoder().encode('"by":"tokeN"'), at);
    const file = `${folder.path}/changed.tar`;
    await Deno.writeFile(file, bytes);
    await refuses(file, /^The backup does not verify: /, "--force");
  });
  await t.step("with --force what was there is moved aside", async () => {
    const printed = printedBy(await runFilmroll(environment, "restore", backup, "--force"));
    const aside = /^What was there is in "(.*)" now$/m.exec(printed)?.[1];
    assert.ok(aside !== undefined);
    assert.ok((await contentOf(aside)).has("filmroll.db"));
    printedBy(await runFilmroll(environment, "verify"));
  });
});

/** Each file of a folder with its bytes, but for those of SQLite's log. */
async function contentOf(folder: string): Promise<Map<string, string>> {
  const content = new Map<string, string>();
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (!isFile || /-(wal|shm|rebuild)$/.test(name)) continue;
    content.set(name, (await Deno.readFile(`${folder}/${name}`)).toBase64());
  }
  return content;
}

Deno.test("verify names what was changed, and ends with 1", async () => {
  await using folder = await Folder.make();
  const { environment } = folder;
  await using program = await startProgram(environment);
  const ana = await join(program.origin, "ana");
  await ana.post("/api/posts", { content: "Untouched" });
  await program.end("SIGTERM");
  const head = /^Head (.*)$/m.exec(printedBy(await runFilmroll(environment, "verify")))![1]!;

  const database = new DatabaseSync(`${environment.DATA_DIR}/filmroll.db`);
  database.exec("UPDATE post_projection SET like_count = 7");
  database.exec("DELETE FROM event_store WHERE position = (SELECT max(position) FROM event_store)");
  database.close();
  const { code, stdout } = await runFilmroll(environment, "verify", "--head", head);
  assert.equal(code, 1);
  assert.match(stdout, /of post_projection: /);
  assert.match(stdout, /^\d+ findings$/m);
  const { stdout: json } = await runFilmroll(environment, "verify", "--json");
  assert.ok(JSON.parse(json).found > 0);
});

Deno.test("the operator's commands look after people, beside the server", async () => {
  await using folder = await Folder.make();
  const { environment } = folder;
  await using program = await startProgram(environment);
  const ana = await join(program.origin, "ana");
  const ben = await join(program.origin, "ben");
  await ben.post("/api/posts", { content: "A private thought" });
  const filmroll = async (...args: string[]) => printedBy(await runFilmroll(environment, ...args));

  assert.match(await filmroll("user", "list"), /^1 {2}@ana .* admin\n2 {2}@ben .* 1 post\n$/);
  await filmroll("user", "suspend", "@Ben");
  assert.equal((await ben.post("/api/posts", { content: "Let me" })).status, 403);
  await filmroll("user", "unsuspend", emailOf("ben"));
  assert.equal((await ben.post("/api/posts", { content: "Thank you" })).status, 201);
  await filmroll("user", "admin", "2");
  assert.match(await filmroll("user", "list", "--json"), /"username":"ben".*"is_admin":true/);

  const link = /^http.*$/m.exec(await filmroll("user", "reset-link", "ana"))![0];
  const page = await browserless(program.origin).open(
    new URL(link).pathname + new URL(link).search,
  );
  assert.match(page.text, /Set a new password/);

  const stats = JSON.parse(await filmroll("stats", "--json"));
  assert.deepEqual([stats.people, stats.posts], [2, 2]);
  assert.ok(stats.bytes.database > 0);
  assert.match(await filmroll("stats"), /^people +2$/m);

  const masked = await filmroll("events", "--type", "PostCreated", "--person", String(ben.id));
  assert.match(masked, /"content":"\[personal\]"/);
  assert.doesNotMatch(masked, /thought/);
  const [first] = (await filmroll("events", "--after", "0", "--limit", "1", "--json")).split("\n");
  assert.equal(JSON.parse(first!).position, 1);
  assert.match(await filmroll("events", "--stream", "post-1", "--reveal"), /A private thought/);

  const unsure = await runFilmroll(environment, "user", "erase", "ben");
  failed(unsure, { code: 2, says: /required option '--yes' not specified/ });
  await filmroll("user", "erase", "ben", "--yes");
  assert.equal((await ben.get("/api/auth/me")).status, 401);
  assert.equal((await ana.get(`/api/users/${ben.id}`)).status, 404);
  assert.doesNotMatch(await filmroll("events", "--reveal"), /private thought|ben@/);
  assert.equal((await ana.get("/api/auth/me")).status, 200);
  await filmroll("verify");
});

Deno.test("a wrong use ends with 2 and says so, what is not there with 1", async () => {
  await using folder = await Folder.make();
  const { environment } = folder;
  const using = (...args: string[]) => runFilmroll(environment, ...args);
  failed(await using("nonsense"), { code: 2, says: /unknown command 'nonsense'/ });
  failed(await using("backup"), { code: 2, says: /missing required argument 'file'/ });
  failed(await using("events", "--limit", "many"), { code: 2, says: /Wanted is a whole number/ });
  failed(await using("stats"), { code: 1, says: /^There is no Filmroll in ".*"; set DATA_DIR\n$/ });
  assert.match(printedBy(await using("restore", "--help")), /Restore a backup into DATA_DIR/);
});
