/** What the machine can do to a program: no room, no file descriptors, a damaged file, a wrong clock. */
import assert from "node:assert/strict";
import type { Post, UserProfile } from "../web/schemas.ts";
import {
  accountOf,
  api,
  browserless,
  join,
  type Page,
  type Person,
  signUp,
} from "./support/client.ts";
import { eventually } from "./support/eventually.ts";
import { Folder } from "./support/folder.ts";
import { upload } from "./support/photos.ts";
import {
  connectTo,
  type Program,
  runProgram,
  type Shell,
  startProgram,
  takesConnections,
} from "./support/program.ts";
import { startFilmroll } from "./support/server.ts";

const succeeds = async (command: string, ...args: string[]): Promise<boolean> => {
  try {
    return (await new Deno.Command(command, { args, stderr: "null" }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
};

/** Whether processes may have mounts of their own here; containers often forbid it. */
const canMount = await succeeds("unshare", "--map-root-user", "--mount", "true");
const canLimit = await succeeds("prlimit", "--version");

const photo = (index: number) => ({ content: `Frame ${index} ${"of the sea ".repeat(150)}` });

/** Posts until nothing can be recorded; answers what was acknowledged. */
async function postUntilRefused(ana: Person): Promise<Post[]> {
  const acknowledged: Post[] = [];
  for (let index = 0; index < 5000; index++) {
    const { status, headers, body } = await ana.post<Post>("/api/posts", photo(index));
    if (status === 201) {
      acknowledged.push(body);
      continue;
    }
    assert.equal(status, 503);
    assert.equal(headers.get("content-type"), "application/problem+json");
    assert.equal(headers.get("retry-after"), "10");
    return acknowledged;
  }
  throw new Error("There was always room");
}

/** The lines of a log, as messages. */
const messagesOf = (stderr: string): string[] =>
  stderr.trim().split("\n").map((line) => JSON.parse(line).message);

/** A program whose disk fills up refuses what it cannot record, serves everything else, and recovers. */
async function fillsUp(
  { environment }: Folder,
  shell: Shell,
  { fill = () => {}, whileFull = () => {}, makeRoom }: {
    fill?: (program: Program) => Promise<void> | void;
    whileFull?: (ana: Person) => Promise<void> | void;
    makeRoom: (program: Program) => Promise<void>;
  },
): Promise<Post[]> {
  await using program = await startProgram(environment, shell);
  const ana = await join(program.origin, "ana");
  const ben = await signUp(program.origin, "ben");
  await fill(program);
  const acknowledged = await postUntilRefused(ana);
  assert.ok(acknowledged.length > 0);

  // What is shorter can still find room.
  let refused: Page;
  do {
    const composer = await ben.open("/posts/new");
    refused = await ben.submit(composer, "/posts", { content: "A storm is coming" });
  } while (refused.status === 200);
  assert.equal(refused.status, 503);
  assert.match(refused.text, /This cannot be done right now; try again in a moment/);
  assert.match(refused.html, /A storm is coming/);
  for (let again = 0; again < 20; again++) await ana.post("/api/posts", photo(again));

  await whileFull(ana);
  assert.equal((await ben.open("/feed")).status, 200);
  const last = acknowledged.at(-1)!;
  assert.equal((await browserless(program.origin).open(`/posts/${last.id}`)).status, 200);

  await makeRoom(program);
  const { status, body } = await ana.post<Post>("/api/posts", { content: "After all" });
  assert.equal(status, 201);
  for (const { id, content } of [...acknowledged, body]) {
    assert.equal((await ana.get<Post>(`/api/posts/${id}`)).body.content, content);
  }
  const { code, stderr } = await program.end("SIGTERM");
  assert.equal(code, 0);
  assert.deepEqual(messagesOf(stderr).filter((message) => message.includes("database")), [
    "The database cannot be used",
    "No longer: The database cannot be used",
  ]);
  return [...acknowledged, body];
}

Deno.test({
  name: "on a full disk nothing is recorded, all can be read, and it goes on once there is room",
  ignore: !canMount,
  fn: async () => {
    await using folder = await Folder.make();
    const ballast = `${folder.environment.DATA_DIR}/ballast`;
    await fillsUp(folder, {
      ownMounts: true,
      commands: `
        mkdir -p "$DATA_DIR"
        mount -t tmpfs -o size=4m tmpfs "$DATA_DIR"
        head -c 2m /dev/zero > "$DATA_DIR/ballast"`,
    }, {
      async whileFull(ana) {
        assert.equal((await upload(ana, new Uint8Array(1024 ** 2))).status, 503);
      },
      makeRoom: ({ pid }) => Deno.remove(`/proc/${pid}/root${ballast}`),
    });
  },
});

Deno.test({
  name: "where a file cannot grow nothing is recorded, and nothing that was is lost",
  ignore: !canLimit,
  fn: async () => {
    await using folder = await Folder.make();
    const limit = async ({ pid }: Program, bytes: number | "unlimited") =>
      assert.ok(await succeeds("prlimit", `--pid=${pid}`, `--fsize=${bytes}:unlimited`));
    const acknowledged = await fillsUp(folder, { commands: "trap '' XFSZ" }, {
      fill: (program) => limit(program, 1024 * 1024),
      makeRoom: (program) => limit(program, "unlimited"),
    });
    await using program = await startProgram(folder.environment);
    const { body } = await api(program.origin).get<UserProfile>("/api/users/1");
    assert.equal(body.post_count, acknowledged.length);
  },
});

Deno.test({
  name: "a read-only database ends the program with one line that names it",
  ignore: !canMount,
  fn: async () => {
    await using folder = await Folder.make();
    {
      await using program = await startProgram(folder.environment);
      await join(program.origin, "ana");
      await program.end("SIGTERM");
    }
    const { code, stdout, stderr } = await runProgram(folder.environment, {
      ownMounts: true,
      commands: `
        mount --bind "$DATA_DIR/filmroll.db" "$DATA_DIR/filmroll.db"
        mount -o remount,ro,bind "$DATA_DIR/filmroll.db"`,
    });
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^Cannot open database "[^"]*filmroll\.db": [^\n]*read-?only[^\n]*\n$/);
  },
});

Deno.test("a damaged page takes what is on it, and nothing else", async () => {
  await using folder = await Folder.make();
  const marker = "Frame 150 ";
  {
    await using program = await startProgram(folder.environment);
    const ana = await join(program.origin, "ana");
    for (let index = 0; index < 300; index++) await ana.post("/api/posts", photo(index));
    await program.end("SIGTERM");
  }
  await damage(`${folder.environment.DATA_DIR}/filmroll.db`, marker);

  await using program = await startProgram(folder.environment);
  const ana = await join(program.origin, "ben");
  const page = await browserless(program.origin).open("/posts/151");
  assert.equal(page.status, 503);
  assert.match(page.text, /The shutter is stuck/);
  for (let again = 0; again < 20; again++) {
    assert.equal((await ana.get("/api/posts/151")).status, 503);
  }
  assert.equal((await ana.get("/api/posts/1")).status, 200);
  assert.equal((await ana.post("/api/posts", { content: "Still here" })).status, 201);
  const { stderr } = await program.end("SIGTERM");
  assert.match(stderr, /malformed/);
  assert.ok(messagesOf(stderr).length <= 2, stderr);
});

/** Overwrites every page of a database that holds a text. */
async function damage(path: string, text: string): Promise<void> {
  const PAGE = 4096;
  const bytes = await Deno.readFile(path);
  const found = new TextDecoder("latin1").decode(bytes);
  for (let at = found.indexOf(text); at >= 0; at = found.indexOf(text, at + PAGE)) {
    const start = at - at % PAGE;
    bytes.fill(0xff, start, start + PAGE);
  }
  await Deno.writeFile(path, bytes);
}

Deno.test("out of file descriptors, the server lets go who sends nothing, and serves everybody else", async () => {
  await using folder = await Folder.make();
  // At cost 12 a password takes a quarter of a second: long enough to be under way.
  const environment = { ...folder.environment, BCRYPT_COST: "12" };
  await using program = await startProgram(environment, { commands: "ulimit -n 64" });
  const ana = await join(program.origin, "ana");
  const registering = api(program.origin).post("/api/auth/register", accountOf("ben"));
  await ana.get("/api/users/1");
  const crowd: Deno.Conn[] = [];
  for (let connection; (connection = await connectTo(program.origin)) !== null;) {
    crowd.push(connection);
    assert.ok(crowd.length < 200, "There were descriptors enough");
  }
  assert.equal((await registering).status, 201);
  await eventually("the server to take connections again", () => takesConnections(program.origin));
  assert.equal((await ana.post("/api/posts", { content: "In the crowd" })).status, 201);
  for (const connection of crowd) connection.close();
  const { code, stderr } = await program.end("SIGTERM");
  assert.equal(code, 0);
  assert.deepEqual(messagesOf(stderr), [
    "Out of file descriptors: raise the limit of open files (ulimit -n)",
  ]);
});

Deno.test("a clock that goes back changes no order, and logs nobody out", async () => {
  const DAY = 24 * 60 * 60 * 1000;
  let now = Date.parse("2026-03-02T12:00:00.000Z");
  await using server = await startFilmroll({ clock: () => new Date(now) });
  const ana = await join(server.origin, "ana");
  const visitor = await signUp(server.origin, "ben");
  const post = async (content: string) =>
    assert.equal((await ana.post("/api/posts", { content })).status, 201);
  const feed = async () => (await ana.get<Post[]>("/api/feed")).body.map(({ content }) => content);
  await post("first");
  now -= DAY;
  await post("second");
  assert.deepEqual(await feed(), ["second", "first"]);
  assert.equal((await visitor.open("/feed")).url.pathname, "/feed");
  assert.equal((await ana.post("/api/stories", { content: "Yesterday" })).status, 201);
  assert.equal((await ana.get<unknown[]>("/api/stories")).body.length, 1);
  await join(server.origin, "cleo");
  now += DAY;
  await post("third");
  assert.deepEqual(await feed(), ["third", "second", "first"]);
});
