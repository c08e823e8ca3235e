/** Measures what the simulation reckons with, on an engine that is filled with a small town. */
import { postColumns } from "../../../domain/post/queries.ts";
import { sql, type Statement } from "../../../domain/core/statement.ts";
import { registerPeople } from "../program.ts";
import { median } from "../table.ts";
import { PAGE, type UnitBytes, type UnitCosts } from "./feed_cost.ts";
import { fitLine } from "./line.ts";
import type { PostgresSubject, Subject } from "./subject.ts";

/** A prime: strides reach everybody before they come again. */
const PEOPLE = 50_021;
const POSTS = 20 * PEOPLE;
const COPIES_EACH = 20;

/** How many the readers follow of whom feeds are measured, and how many readers of each kind there are. */
const FOLLOWING = [1, 10, 100, 1000, 7500] as const;
const READERS_EACH = 20;

/** How many follow the authors of whom copying is measured; their ids, and their followers', begin here. */
const FOLLOWERS = [10, 100, 1000, 10_000, 40_000] as const;
const FIRST_AUTHOR = 1000;
const FIRST_FOLLOWER = 2000;

/** Ids of those who send commands begin behind those who are only rows. */
const FIRST_SENDER = 1_000_000;
const FIRST_NEW_POST = 10_000_000;
const SENDERS = 64;

const WORDS = "Low tide, before anybody was up. #sea #film";

/** Commands of which bytes are counted. */
const MEASURED_COMMANDS = 2000;

const ROUNDS = 4;
const ROUND_SECONDS = 0.6;

/** What one takes, in seconds: of the database's cores, and of a clock. */
export interface Taken {
  readonly cores: number;
  readonly clock: number;
}

/** Something that was measured for several counts. */
export interface Measured {
  readonly count: number;
  readonly taken: Taken;
}

/** All that is measured of an engine. */
export interface Measurements {
  readonly name: string;
  readonly pointRead: Taken;
  readonly rangeReads: readonly Measured[];
  /** Feed pages by whom one follows. */
  readonly merges: readonly Measured[];
  readonly copiedPage: Taken;
  /** Copies of one post by the author's followers. */
  readonly copyings: readonly Measured[];
  readonly forgetting: Taken;
  /** A row of a read model that a group of 256 changes; the same row again and again. */
  readonly update: Taken;
  readonly updateOfOne: Taken;
  /** A like alone, and among 64. */
  readonly alone: Taken;
  readonly command: Taken;
  readonly post: Taken;
}

/** Times calls, so many at once, and answers what one takes in the round that others disturbed least. */
async function time(
  subject: Subject,
  work: (index: number) => Promise<unknown>,
  { atOnce = 1, rounds = ROUNDS, each = 1 }: { atOnce?: number; rounds?: number; each?: number } =
    {},
): Promise<Taken> {
  let index = 0;
  const runs: Taken[] = [];
  for (let round = 0; round < rounds; round++) {
    const first = index;
    const cores = subject.cpuSeconds();
    const began = performance.now();
    const until = began + ROUND_SECONDS * 1000;
    await Promise.all(Array.from({ length: atOnce }, async () => {
      do await work(index++); while (performance.now() < until);
    }));
    const count = (index - first) * each;
    runs.push({
      cores: (subject.cpuSeconds() - cores) / count,
      clock: (performance.now() - began) / 1000 / count,
    });
  }
  return {
    cores: Math.min(...runs.map(({ cores }) => cores)),
    clock: Math.min(...runs.map(({ clock }) => clock)),
  };
}

async function timeEach<Kind>(
  kinds: readonly Kind[],
  count: (kind: Kind) => number,
  taken: (kind: Kind, index: number) => Promise<Taken>,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const [index, kind] of kinds.entries()) {
    measured.push({ count: count(kind), taken: await taken(kind, index) });
  }
  return measured;
}

const series = (until: number): Statement =>
  sql`WITH RECURSIVE n (i) AS (
    SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < ${until})`;

/** Fills the read models with a town, and makes the table that posts are copied into. */
async function fill(subject: Subject): Promise<void> {
  await subject.run(
    sql`CREATE TABLE feed_copy (
      reader_id BIGINT NOT NULL, post_id BIGINT NOT NULL, PRIMARY KEY (reader_id, post_id))`,
    sql`INSERT INTO user_projection (id, username, username_key, email, full_name, is_active,
          post_count, follower_count, following_count, created_at)
        ${series(PEOPLE)}
        SELECT i, 'resident' || i, 'resident' || i, i || '@example.com', 'Resident ' || i, 1, 0, 0,
          0, '2026-01-01T00:00:00.000Z' FROM n`,
    sql`INSERT INTO post_projection (id, author_id, content, images, like_count, comment_count,
          created_at)
        ${series(POSTS)}
        SELECT i, 1 + (i * 7919) % ${PEOPLE},
          'Evening light over the harbour, before anybody was up. #light #harbour', NULL, 0, 0,
          '2026-01-01T00:00:00.000Z' FROM n`,
    sql`INSERT INTO feed_copy (reader_id, post_id)
        ${series(PEOPLE * COPIES_EACH)}
        SELECT 1 + i / ${COPIES_EACH}, 1 + (i * 4999) % ${POSTS} FROM n`,
    ...FOLLOWING.flatMap((count, kind) =>
      Array.from({ length: READERS_EACH }, (_, nth) => {
        const reader = readerOf(kind, nth);
        return sql`
          INSERT INTO follow_projection (follower_id, followee_id, position)
          ${series(count)}
          SELECT ${reader}, 1 + (${reader} * 31 + i * 17) % ${PEOPLE}, i FROM n`;
      })
    ),
    ...FOLLOWERS.map((count, kind) =>
      sql`
      INSERT INTO follow_projection (follower_id, followee_id, position)
      ${series(count)}
      SELECT ${FIRST_FOLLOWER} + (i * 7) % 45001, ${FIRST_AUTHOR + kind}, i FROM n`
    ),
    sql`INSERT INTO sequence (name, value)
        VALUES ('user', ${FIRST_SENDER}), ('post', ${FIRST_NEW_POST})`,
  );
  await subject.analyze();
}

const readerOf = (kind: number, nth: number): number =>
  1 + kind * READERS_EACH + nth % READERS_EACH;

const rangeRead = (reader: number, rows: number): Statement =>
  sql`
  SELECT post_id FROM feed_copy WHERE reader_id >= ${reader} ORDER BY reader_id, post_id
  LIMIT ${rows}`;

/** A feed page out of copies, with all that GetFeed answers. */
const copiedPage = (reader: number): Statement =>
  sql`
  SELECT ${postColumns(reader)}
  FROM (SELECT post_id FROM feed_copy WHERE reader_id = ${reader}
        ORDER BY post_id DESC LIMIT ${PAGE}) c
  JOIN post_projection p ON p.id = c.post_id
  JOIN user_projection u ON u.id = p.author_id AND u.erase_at IS NULL
  ORDER BY p.id DESC`;

const copy = (postId: number, author: number): Statement =>
  sql`
  INSERT INTO feed_copy (reader_id, post_id)
  SELECT follower_id, CAST(${postId} AS BIGINT) FROM follow_projection
  WHERE followee_id = ${author}`;

/** Takes the oldest copy of each of an author's followers away. */
const forget = (author: number): Statement =>
  sql`
  DELETE FROM feed_copy WHERE (reader_id, post_id) IN (
    SELECT f.follower_id, (SELECT min(m.post_id) FROM feed_copy m WHERE m.reader_id = f.follower_id)
    FROM follow_projection f WHERE f.followee_id = ${author})`;

const countLike = (postId: number): Statement =>
  sql`UPDATE post_projection SET like_count = like_count + 1 WHERE id = ${postId}`;

/** Any of so many, in an order that jumps about. */
const scattered = (index: number, among: number): number => 1 + (index * 7919) % among;

export async function measure(subject: Subject): Promise<Measurements> {
  await fill(subject);
  const { commands, queries } = subject.filmroll;
  let postId = POSTS;
  const pointRead = await time(
    subject,
    (index) => queries.ask("GetPost", { id: scattered(index, POSTS), viewer: 1 }),
  );
  const rangeReads = await timeEach(
    [1, 20, 100, 1000],
    (rows) => rows,
    (rows) => time(subject, (index) => subject.query(rangeRead(scattered(index, PEOPLE), rows))),
  );
  const merges = await timeEach(
    FOLLOWING,
    (count) => count,
    (_, kind) =>
      time(
        subject,
        (index) =>
          queries.ask("GetFeed", { viewer: readerOf(kind, index), limit: PAGE, offset: 0 }),
      ),
  );
  const readCopies = await time(
    subject,
    (index) => subject.query(copiedPage(scattered(index, PEOPLE))),
  );
  const copyings = await timeEach(
    FOLLOWERS,
    (count) => count,
    (_, kind) => time(subject, () => subject.run(copy(++postId, FIRST_AUTHOR + kind))),
  );
  const forgetting = await time(subject, () => subject.run(forget(FIRST_AUTHOR + 2)), {
    rounds: 1,
    each: FOLLOWERS[2],
  });
  const group = (post: (nth: number) => number) =>
    time(
      subject,
      (index) =>
        subject.run(...Array.from({ length: 256 }, (_, nth) => countLike(post(index * 256 + nth)))),
      { each: 256 },
    );
  const update = await group((nth) => scattered(nth, POSTS));
  const updateOfOne = await group(() => 1);

  await registerPeople(subject.filmroll, SENDERS);
  const sender = (index: number) => FIRST_SENDER + 1 + index % SENDERS;
  const post = (index: number) => {
    const by = sender(index);
    return commands.execute("CreatePost", { by, content: WORDS, imageUrl: null }, { actor: by });
  };
  const like = (index: number) => {
    const by = sender(index);
    return commands.execute("ToggleLike", { by, postId: FIRST_NEW_POST + scattered(index, 500) }, {
      actor: by,
    });
  };
  // As on a server that has run for a while: plans for tables as large as they are now.
  await time(subject, post, { atOnce: SENDERS, rounds: 1 });
  await time(subject, like, { atOnce: SENDERS, rounds: 1 });
  await subject.analyze();
  const alone = await time(subject, like);
  const command = await time(subject, like, { atOnce: SENDERS });
  return {
    name: subject.name,
    pointRead,
    rangeReads,
    merges,
    copiedPage: readCopies,
    copyings,
    forgetting,
    update,
    updateOfOne,
    alone,
    command,
    post: await time(subject, post, { atOnce: SENDERS }),
  };
}

/** What the simulation reckons with, by what is counted. */
export function unitCosts(measurements: Measurements, of: keyof Taken): UnitCosts {
  const line = (measured: readonly Measured[]) =>
    fitLine(measured.map(({ count, taken }) => ({ count, seconds: taken[of] })));
  const { pointRead, rangeReads, merges, copiedPage, copyings, forgetting, command, post } =
    measurements;
  return {
    pointRead: pointRead[of],
    rangeRead: line(rangeReads),
    merge: line(merges),
    copiedPage: copiedPage[of],
    copying: line(copyings),
    forgetting: forgetting[of],
    command: command[of],
    post: post[of],
  };
}

/** What one of each adds, after {@linkcode measure}. */
export interface Bytes {
  readonly kept: UnitBytes;
  readonly logged: UnitBytes;
}

export async function measureBytes(subject: PostgresSubject): Promise<Bytes> {
  const { commands } = subject.filmroll;
  const added = async (count: number, work: () => Promise<unknown>) => {
    const before = await subject.bytes();
    await work();
    const after = await subject.bytes();
    return {
      kept: (after.kept - before.kept) / count,
      logged: (after.logged - before.logged) / count,
    };
  };
  const many = (work: (index: number) => Promise<unknown>) => () =>
    Promise.all(Array.from({ length: MEASURED_COMMANDS }, (_, index) => work(index)));
  const by = FIRST_SENDER + 1;
  const post = await added(
    MEASURED_COMMANDS,
    many(() =>
      commands.execute("CreatePost", { by, content: WORDS, imageUrl: null }, { actor: by })
    ),
  );
  const action = await added(
    MEASURED_COMMANDS,
    many((index) =>
      commands.execute("SetLike", {
        by: by + 1,
        postId: FIRST_NEW_POST + 1000 + index,
        liked: true,
      }, { actor: by + 1 })
    ),
  );
  const author = FIRST_AUTHOR + FOLLOWERS.length - 1;
  const copies = await added(
    FOLLOWERS.at(-1)! * 5,
    () =>
      subject.run(
        ...Array.from({ length: 5 }, (_, nth) => copy(2 * FIRST_NEW_POST + nth, author)),
      ),
  );
  // Of them all, as their index has room for some more.
  const [table] = await subject.run(
    sql`SELECT pg_total_relation_size('feed_copy') * 1.0 / count(*) AS each FROM feed_copy`,
  );
  return {
    kept: { action: action.kept, post: post.kept, copy: table!.each as number },
    logged: { action: action.logged, post: post.logged, copy: copies.logged },
  };
}

/** Seconds from telling until others hear, in the middle of many. */
export async function measureNotify(subject: PostgresSubject): Promise<Taken> {
  const heard: number[] = [];
  const { cores } = await time(subject, async () => void heard.push(await subject.notify()));
  return { cores, clock: median(heard) };
}
