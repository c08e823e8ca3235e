/** Fills a fresh DATA_DIR with a small community, through the command bus: `deno task demo`. */
import { ConfigError, readConfig } from "../fresh.config.ts";
import { type Filmroll, openFilmroll } from "../domain/mod.ts";
import { processPicture } from "../media/process.ts";
import type { PictureProcessor } from "../media/processor.ts";
import { makeDataDir, openMediaStorage, openStore } from "../web/data_dir.ts";
import { orExit } from "../web/exit.ts";
import { LocalLocks } from "../web/locks.ts";
import { MediaLibrary } from "../web/media/library.ts";
import { Passwords } from "../web/passwords.ts";
import { commentsOn, commentsOnAnything, type DemoPost, people, posts } from "./demo/cast.ts";
import { correspondence, messagePicture, messages } from "./demo/messages.ts";
import { altText, avatar, picture } from "./demo/pictures.ts";
import { type Random, seeded } from "./demo/pictures_paint.ts";
import { stories, storyPicture, storytelling } from "./demo/stories.ts";
import { progress } from "./support/progress.ts";

const PASSWORD = "smile-for-the-camera";
const SIZES = [[864, 1080], [864, 864], [1080, 864]] as const;
const HOUR = 60 * 60 * 1000;
/** The community began so many hours ago; its posts are spread over the time since. */
const HISTORY_HOURS = 12 * 24;
const PAINTERS = 4;

/** In this process: our own paintings are harmless. */
const processor: Pick<PictureProcessor, "process"> = {
  process: async (path, options) => await processPicture(await Deno.readFile(path), options),
};

const emailOf = (username: string) => `${username}@example.org`;

/** A clock that stands where it is set, so that the community has a past. */
function settableClock(start: number) {
  let now = start;
  return { read: () => new Date(now), set: (time: number) => now = Math.max(now, time) };
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

/** Ids of the pictures, once they are kept. */
interface Developed {
  /** Of each post: one, or an album. */
  readonly albums: readonly (readonly number[])[];
  readonly avatars: readonly number[];
  /** Undefined where there are only words. */
  readonly stories: readonly (number | undefined)[];
  readonly messages: readonly (number | undefined)[];
}

/** Every sixth post is an album of two to four pictures. */
const framesOf = (index: number): number => index % 6 === 2 ? 2 + Math.floor(index / 6) % 3 : 1;

/** Paints what a post shows; the first picture of an album is as it would be alone. */
function paintPost({ motif }: DemoPost, index: number): Promise<Uint8Array>[] {
  const [width, height] = SIZES[index % SIZES.length]!;
  return Array.from(
    { length: framesOf(index) },
    (_, frame) => picture(index + 10_000 * frame, { width, height, motif }),
  );
}

/** Keeps a painting as somebody's, and answers its id. */
type KeepPainting = (
  username: string,
  painting: Promise<Uint8Array>,
  alt: string,
) => Promise<number>;

async function develop(keep: KeepPainting): Promise<Developed> {
  const albums = await inParallel(
    posts,
    PAINTERS,
    (post, index) =>
      Promise.all(
        paintPost(post, index).map((painting) => keep(post.author, painting, altText(post.motif))),
      ),
  );
  const avatars = await inParallel(
    people,
    PAINTERS,
    ({ username }, index) => keep(username, avatar(index), ""),
  );
  const ofStories = await inParallel(
    stories,
    PAINTERS,
    async ({ author, motif }, index) =>
      motif && await keep(author, storyPicture(index, motif), altText(motif)),
  );
  const ofMessages = await inParallel(
    messages,
    PAINTERS,
    async ({ from, motif }, index) =>
      motif && await keep(from, messagePicture(index, motif), altText(motif)),
  );
  return { albums, avatars, stories: ofStories, messages: ofMessages };
}

type Clock = ReturnType<typeof settableClock>;

/** Registers everybody, and answers their ids by their usernames. */
async function registerAll(
  { commands }: Filmroll,
  passwordHash: string,
): Promise<ReadonlyMap<string, number>> {
  const idOf = new Map<string, number>();
  for (const { username, fullName } of people) {
    const { userId } = await commands.execute(
      "RegisterUser",
      { username, fullName, email: emailOf(username), passwordHash },
      { actor: null },
    );
    idOf.set(username, userId);
  }
  return idOf;
}

async function populate(
  { commands }: Filmroll,
  clock: Clock,
  idOf: ReadonlyMap<string, number>,
  developed: Developed,
): Promise<void> {
  const random = seeded(2026);
  const start = clock.read().getTime();
  for (const [index, { username, bio }] of people.entries()) {
    const by = idOf.get(username)!;
    const media = developed.avatars[index]!;
    await commands.execute("UpdateUser", { by, changes: { bio }, media }, { actor: by });
  }
  const everybody = [...idOf.values()];
  for (const by of everybody) {
    for (const userId of some(random, everybody, 0.6)) {
      if (userId === by) continue;
      await commands.execute("FollowUser", { by, userId }, { actor: by });
    }
  }
  const end = start + HISTORY_HOURS * HOUR;
  const sendMessages = correspondence({ commands, clock, end, idOf, pictures: developed.messages });
  const tellStories = storytelling({ commands, clock, end, idOf, pictures: developed.stories });
  for (const [index, { author, caption, motif }] of posts.entries()) {
    const time = start + (index + random.between(0, 1)) * HISTORY_HOURS / posts.length * HOUR;
    await sendMessages(time);
    await tellStories(time);
    clock.set(time);
    const by = idOf.get(author)!;
    const media = developed.albums[index]!;
    const { postId } = await commands.execute(
      "CreatePost",
      { by, content: caption, imageUrl: null, media },
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
  makeDataDir(dataDir);
  const clock = settableClock(Date.now() - HISTORY_HOURS * HOUR);
  const store = await openStore(config, { clock: clock.read });
  try {
    if (await store.head() > 0) {
      throw new ConfigError(
        `DATA_DIR "${dataDir}" has people in it already; set DATA_DIR to a fresh folder`,
      );
    }
    const frames = people.length + posts.reduce((sum, _, index) => sum + framesOf(index), 0) +
      [...stories, ...messages].filter(({ motif }) => motif !== undefined).length;
    const bar = progress("Developing pictures", frames);
    const filmroll = openFilmroll(store);
    const passwords = new Passwords({ cost: bcryptCost, blocklist: false });
    const idOf = await registerAll(filmroll, await passwords.hash(PASSWORD));
    const library = new MediaLibrary({
      filmroll,
      processor,
      storage: openMediaStorage(config),
      locks: new LocalLocks(),
    });
    const developed = await develop(async (username, painting, alt) => {
      const by = idOf.get(username)!;
      const path = await Deno.makeTempFile({ dir: dataDir });
      try {
        await Deno.writeFile(path, await painting);
        return await library.keep(path, { by, alt, square: false }, { actor: by });
      } finally {
        await Deno.remove(path);
        bar.advance();
      }
    });
    await populate(filmroll, clock, idOf, developed);
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
