import { ZipWriter } from "@zip.js/zip.js";
import type { Part } from "../../domain/archive/queries.ts";
import type { ImageView } from "../../domain/media/image.ts";
import type { Filmroll } from "../../domain/mod.ts";
import { type FileName, fileName, MAX_WIDTH } from "../../media/picture.ts";
import type { StoredFile } from "../../media/storage.ts";
import {
  type ArchivedImage,
  FORMAT,
  MANIFEST,
  type Manifest,
  POSTS,
  PROFILE,
  VERSION,
} from "./format.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Rows that are read at once. */
const PAGE = 500;

export interface ExportOptions {
  readonly userId: number;
  readonly queries: Filmroll["queries"];
  readonly pictures: { open(hash: string, name: FileName): Promise<StoredFile | null> };
  readonly now: Date;
  /** The address of this server. */
  readonly origin: string;
  /** Told why an archive could not be finished; not where its reader left. */
  readonly onError: (error: unknown) => void;
}

/**
 * All that is somebody's as a zip, made while it is read: in memory are a page of rows or a piece of
 * a picture. If it cannot be finished the stream breaks, so that nobody keeps half for the whole.
 */
export function exportArchive(options: ExportOptions): ReadableStream<Bytes> {
  let hasLeft = false;
  // The standard and Deno have `cancel`, the types do not yet.
  const noticing = { cancel: () => void (hasLeft = true) } as Transformer<Bytes, Bytes>;
  const { readable, writable } = new TransformStream(noticing);
  const zip = new ZipWriter(writable, { lastModDate: options.now, useWebWorkers: false });
  write(zip, options).catch(async (error) => {
    if (hasLeft) return;
    options.onError(error);
    await writable.abort(error);
  });
  return readable;
}

async function write(zip: ZipWriter<unknown>, options: ExportOptions): Promise<void> {
  const { userId, queries, now, origin } = options;
  const manifest: Manifest = {
    format: FORMAT,
    version: VERSION,
    exported_at: now.toISOString(),
    origin,
    user_id: userId,
  };
  await zip.add(MANIFEST, textOf([JSON.stringify(manifest, null, 2)]));
  const profile = await queries.ask("GetOwnProfile", { userId });
  await zip.add(PROFILE, textOf([JSON.stringify(profile, null, 2)]));
  for (const [name, items] of Object.entries(listsOf(options))) {
    await zip.add(name, textOf(listText(items)));
  }
  await addPictures(zip, options);
  await zip.close();
}

/** The lists of an archive by the names of their files. */
function listsOf({ userId, queries }: ExportOptions): Record<string, AsyncIterable<unknown>> {
  return {
    [POSTS]: map(
      all((part) => queries.ask("GetOwnPosts", part), userId),
      (post) => ({ ...post, images: post.images.map(archived) }),
    ),
    "stories.json": map(
      all((part) => queries.ask("GetOwnStories", part), userId),
      (story) => ({ ...story, image: story.image && archived(story.image) }),
    ),
    "comments.json": all((part) => queries.ask("GetOwnComments", part), userId),
    "likes.json": map(
      all((part) => queries.ask("GetOwnLikes", part), userId),
      ({ id, created_at }) => ({ post_id: id, created_at }),
    ),
    "following.json": map(all((part) => queries.ask("GetOwnFollowing", part), userId), personOf),
    "followers.json": map(all((part) => queries.ask("GetOwnFollowers", part), userId), personOf),
    "messages.json": map(
      messagesOf(queries, userId),
      (message) => ({ ...message, image: message.image && archived(message.image) }),
    ),
    "notifications.json": all((part) => queries.ask("GetOwnNotifications", part), userId),
    "pictures.json": map(
      all((part) => queries.ask("GetOwnMedia", part), userId),
      ({ id, hash, animated, width, height, alt, created_at }) => ({
        id,
        file: pictureFile(hash, animated),
        width,
        height,
        alt,
        created_at,
      }),
    ),
  };
}

/** Each picture once, in its largest size: as JPEG, which opens everywhere, or as WebP if it moves. */
async function addPictures(
  zip: ZipWriter<unknown>,
  { userId, queries, pictures }: ExportOptions,
): Promise<void> {
  const added = new Set<string>();
  const media = all((part) => queries.ask("GetOwnMedia", part), userId);
  for await (const { hash, width, animated } of media) {
    if (added.has(hash)) continue;
    added.add(hash);
    const name = fileName(Math.min(width, MAX_WIDTH), animated ? "webp" : "jpg");
    // It can have been deleted since its row was read.
    const file = await pictures.open(hash, name);
    if (file !== null) await zip.add(pictureFile(hash, animated), file.body, { level: 0 });
  }
}

const pictureFile = (hash: string, animated: boolean): string =>
  `pictures/${hash}.${animated ? "webp" : "jpg"}`;

/** A picture as the archive names it. */
function archived({ url, alt, animated }: ImageView): ArchivedImage {
  const hash = /^\/media\/([0-9a-f]{64})\//.exec(url)?.[1];
  return hash === undefined
    ? { file: null, url, alt }
    : { file: pictureFile(hash, animated), url: null, alt };
}

const personOf = ({ user_id, username }: { user_id: number; username: string }) => ({
  user_id,
  username,
});

async function* messagesOf(queries: Filmroll["queries"], userId: number) {
  for await (const { id } of all((part) => queries.ask("GetCorrespondents", part), userId)) {
    yield* all((part) => queries.ask("GetCorrespondence", { ...part, otherId: id }), userId);
  }
}

/** Everything that a query answers part by part. */
async function* all<Item extends { readonly id: number }>(
  ask: (part: Part) => Promise<readonly Item[]>,
  userId: number,
): AsyncGenerator<Item> {
  for (let after = 0, length = PAGE; length === PAGE;) {
    const items = await ask({ userId, after, limit: PAGE });
    yield* items;
    length = items.length;
    after = items.at(-1)?.id ?? after;
  }
}

async function* map<Item, Result>(
  items: AsyncIterable<Item>,
  change: (item: Item) => Result,
): AsyncGenerator<Result> {
  for await (const item of items) yield change(item);
}

/** A JSON array with an item a line. */
async function* listText(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const item of items) {
    yield before + JSON.stringify(item);
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

const textOf = (
  texts: Iterable<string> | AsyncIterable<string>,
): ReadableStream<Bytes> => ReadableStream.from(texts).pipeThrough(new TextEncoderStream());
