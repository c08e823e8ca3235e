/** Fills a fresh DATA_DIR with a small community, through the command bus: `deno task demo`. */
import { createHash } from "node:crypto";
import { ConfigError, readConfig } from "../fresh.config.ts";
import { type Filmroll, openFilmroll } from "../domain/mod.ts";
import { openStore } from "../web/data_dir.ts";
import { orExit } from "../web/exit.ts";
import { Passwords } from "../web/passwords.ts";
import { commentsOn, commentsOnAnything, people, posts } from "./demo/cast.ts";
import { correspondence } from "./demo/messages.ts";
import { avatar, picture } from "./demo/pictures.ts";
import { type Random, seeded } from "./demo/pictures_paint.ts";
import { storyPictures, storytelling } from "./demo/stories.ts";
import { progress } from "./support/progress.ts";

const PASSWORD = "smile-for-the-camera";
const SIZES = [[864, 1080], [864, 864], [1080, 864]] as const;
const HOUR = 60 * 60 * 1000;
/** The community began so many hours ago; its posts are spread over the time since. */
const HISTORY_HOURS = 12 * 24;
const PAINTERS = 4;

const emailOf = (username: string) => `${username}@example.org`;

/** A clock that stands where it is set, so that the community has a past. */
function settableClock(start: number) {
  let now = start;
  return { read: () => new Date(now), set: (time: number) => now = Math.max(now, time) };
}

/** Keeps a picture under the name of its content, as the server does, and answers its address. */
async function keep(dataDir: string, bytes: Uint8Array): Promise<string> {
  const name = `${createHash("sha256").update(bytes).digest("hex")}.webp`;
  await Deno.writeFile(`${dataDir}/media/${name}`, bytes);
  return `/media/${name}`;
}

/** Works through the items with a few workers, and answers the results in their order. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  workers: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const entries = items.entries();
  await Promise.all(Array.from({ length: workers }, async () => {
    for (const [index, item] of entries) results[index] = await work(item, index);
  }));
  return results;
}

interface Painted {
  readonly avatars: readonly string[];
  readonly pictures: readonly string[];
  readonly storyPictures: readonly (string | null)[];
}

async function paint(dataDir: string, done: () => void): Promise<Painted> {
  const kept = async (painting: Promise<Uint8Array>) => {
    const url = await keep(dataDir, await painting);
    done();
    return url;
  };
  const pictures = await inParallel(posts, PAINTERS, ({ motif }, index) => {
    const [width, height] = SIZES[index % SIZES.length]!;
    return kept(picture(index, { width, height, motif }));
  });
  const avatars = await inParallel(people, PAINTERS, (_, index) => kept(avatar(index)));
  const upright = await inParallel(
    storyPictures,
    PAINTERS,
    (paint) => paint === null ? Promise.resolve(null) : kept(paint()),
  );
  return { avatars, pictures, storyPictures: upright };
}

type Clock = ReturnType<typeof settableClock>;

async function populate(
  { commands }: Filmroll,
  clock: Clock,
  { avatars, pictures, storyPictures }: Painted,
  passwordHash: string,
): Promise<void> {
  const random = seeded(2026);
  const start = clock.read().getTime();
  const idOf = new Map<string, number>();

  for (const [index, { username, fullName, bio }] of people.entries()) {
    const { userId } = await commands.execute(
      "RegisterUser",
      { username, fullName, email: emailOf(username), passwordHash },
      { actor: null },
    );
    idOf.set(username, userId);
    await commands.execute(
      "UpdateUser",
      { by: userId, changes: { bio, profileImageUrl: avatars[index]! } },
      { actor: userId },
    );
  }
  const everybody = [...idOf.values()];
  for (const by of everybody) {
    for (const userId of some(random, everybody, 0.6)) {
      if (userId === by) continue;
      await commands.execute("FollowUser", { by, userId }, { actor: by });
    }
  }
  const end = start + HISTORY_HOURS * HOUR;
  const sendMessages = correspondence({ commands, clock, end, idOf });
  const tellStories = storytelling({ commands, clock, end, idOf, pictures: storyPictures });
  for (const [index, { author, caption, motif }] of posts.entries()) {
    const time = start + (index + random.between(0, 1)) * HISTORY_HOURS / posts.length * HOUR;
    await sendMessages(time);
    await tellStories(time);
    clock.set(time);
    const by = idOf.get(author)!;
    const { postId } = await commands.execute(
      "CreatePost",
      { by, content: caption, imageUrl: pictures[index]! },
      { actor: by },
    );
    for (const liker of some(random, everybody, random.between(0.2, 0.7))) {
      await commands.execute("SetLike", { by: liker, postId, liked: true }, { actor: liker });
    }
    const talkers = some(random, everybody, 0.15).filter((id) => id !== by);
    const said = shuffled(random, [...commentsOn[motif], ...commentsOnAnything]);
    for (const [nth, talker] of talkers.entries()) {
      clock.set(clock.read().getTime() + random.between(0, HOUR / 4));
      await commands.execute(
        "CreateComment",
        { by: talker, postId, content: said[nth]! },
        { actor: talker },
      );
    }
  }
  await sendMessages(end);
  await tellStories(end);
}

const some = <Item>(random: Random, items: readonly Item[], share: number): Item[] =>
  items.filter(() => random.chance(share));

const shuffled = <Item>(random: Random, items: readonly Item[]): Item[] =>
  items.map((item) => [random.between(0, 1), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

async function demo(): Promise<void> {
  const config = readConfig((name) => Deno.env.get(name));
  const { dataDir, bcryptCost } = config;
  await Deno.mkdir(`${dataDir}/media`, { recursive: true, mode: 0o700 });
  const clock = settableClock(Date.now() - HISTORY_HOURS * HOUR);
  const store = openStore(config, { clock: clock.read });
  try {
    if (await store.head() > 0) {
      throw new ConfigError(
        `DATA_DIR "${dataDir}" has people in it already; set DATA_DIR to a fresh folder`,
      );
    }
    const upright = storyPictures.filter((picture) => picture !== null);
    const frames = posts.length + people.length + upright.length;
    const bar = progress("Developing pictures", frames);
    const passwordHash = new Passwords({ cost: bcryptCost, blocklist: false }).hash(PASSWORD);
    const painted = await paint(dataDir, () => bar.advance());
    await populate(openFilmroll(store), clock, painted, await passwordHash);
  } finally {
    await store.close();
  }
  console.log(
    `${people.length} people and ${posts.length} posts are in "${dataDir}". ` +
      `Start Filmroll and log in as ${emailOf(people[0]!.username)} with "${PASSWORD}"; ` +
      "everybody else has the same password.",
  );
}

if (import.meta.main) await orExit(demo);
