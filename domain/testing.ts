/** The test language bound to the program's contexts, with the people and things most tests need. */
import { schemaOf } from "./core/bus.ts";
import type { Clock } from "./core/clock.ts";
import type { ImageFacts } from "./core/image.ts";
import { uuidv7 } from "./core/id.ts";
import { type Develop, NOW, scenariosOf } from "./core/scenario.ts";
import type { EventStore, Schema } from "./event_store/event_store.ts";
import { MasterKey } from "./event_store/master_key.ts";
import { SqliteEventStore } from "./event_store/sqlite/sqlite_event_store.ts";
import type { Attachment } from "./media/events.ts";
import type { MessageSent } from "./message/events.ts";
import { contexts, type FilmrollEvent } from "./mod.ts";
import type { PostCreated } from "./post/events.ts";
import type { StoryCreated } from "./story/events.ts";

export { NOW } from "./core/scenario.ts";
export type { FilmrollEvent };

export const masterKey = new MasterKey("a master key that only tests know, of 32 characters");

let develop: Develop = async (film, ask) => {
  const store = openInMemory(() => NOW);
  try {
    await store.write({
      commandId: uuidv7(),
      command: "Given",
      actor: null,
      streams: [],
      decide: () => ({
        appends: film.map(({ stream, ...event }) => ({ stream, event, expected: "any" })),
        statements: [],
        result: null,
      }),
    });
    return await ask((statement) => store.query(statement));
  } finally {
    await store.close();
  }
};

/** Has the scenarios of this test file, and of those that it imports, answered by another engine. */
export function developBy(another: Develop): void {
  develop = another;
}

export const given = scenariosOf(contexts, (film, ask) => develop(film, ask));

/** A store in memory that keeps every context. */
export const openInMemory = (clock?: Clock): SqliteEventStore =>
  SqliteEventStore.open(":memory:", {
    schema: schemaOf(contexts),
    masterKey,
    ...(clock !== undefined && { clock }),
  });

/** Names in order of id: Alice is 1. */
const NAMES = ["Alice", "Bob", "Carol", "Dave", "Erin", "Frank"];

export const nameOf = (userId: number): string => NAMES[userId - 1] ?? `Person${userId}`;

export const registered = (userId: number): FilmrollEvent => ({
  type: "UserRegistered",
  data: {
    userId,
    username: nameOf(userId),
    email: `${nameOf(userId).toLowerCase()}@example.com`,
    fullName: null,
  },
});

/** A deleted account that can be restored until a time after NOW, unless it says otherwise. */
export const closed = (userId: number, eraseAt = "2026-03-08T12:00:00.000Z"): FilmrollEvent => ({
  type: "AccountClosed",
  data: { userId, eraseAt },
});

export const restored = (userId: number): FilmrollEvent => ({
  type: "AccountRestored",
  data: { userId },
});

export const erased = (userId: number): FilmrollEvent => ({
  type: "UserErased",
  data: { userId },
});

export const posted = (
  postId: number,
  authorId: number,
  fields: Partial<PostCreated["data"]> = {},
): FilmrollEvent => ({
  type: "PostCreated",
  data: {
    postId,
    authorId,
    content: `Post ${postId}`,
    imageUrl: null,
    images: [],
    hashtags: [],
    ...fields,
  },
});

export const deletedPost = (postId: number, authorId: number): FilmrollEvent => ({
  type: "PostDeleted",
  data: { postId, authorId },
});

export const liked = (postId: number, userId: number): FilmrollEvent => ({
  type: "PostLiked",
  data: { postId, userId },
});

export const unliked = (postId: number, userId: number): FilmrollEvent => ({
  type: "PostUnliked",
  data: { postId, userId },
});

export const commented = (
  commentId: number,
  postId: number,
  authorId: number,
): FilmrollEvent => ({
  type: "CommentCreated",
  data: { commentId, postId, authorId, content: `Comment ${commentId}` },
});

export const deletedComment = (
  commentId: number,
  postId: number,
  authorId: number,
): FilmrollEvent => ({ type: "CommentDeleted", data: { commentId, postId, authorId } });

export const followed = (followerId: number, followeeId: number): FilmrollEvent => ({
  type: "UserFollowed",
  data: { followerId, followeeId },
});

export const unfollowed = (followerId: number, followeeId: number): FilmrollEvent => ({
  type: "UserUnfollowed",
  data: { followerId, followeeId },
});

/** A story told at NOW, unless its end says otherwise. */
export const toldStory = (
  storyId: number,
  authorId: number,
  fields: Partial<StoryCreated["data"]> = {},
): FilmrollEvent => ({
  type: "StoryCreated",
  data: {
    storyId,
    authorId,
    content: `Story ${storyId}`,
    imageUrl: null,
    image: null,
    expiresAt: "2026-03-02T12:00:00.000Z",
    ...fields,
  },
});

export const deletedStory = (storyId: number, authorId: number): FilmrollEvent => ({
  type: "StoryDeleted",
  data: { storyId, authorId },
});

export const viewedStory = (storyId: number, viewerId: number): FilmrollEvent => ({
  type: "StoryViewed",
  data: { storyId, viewerId },
});

export const sent = (
  messageId: number,
  senderId: number,
  receiverId: number,
  fields: Partial<MessageSent["data"]> = {},
): FilmrollEvent => ({
  type: "MessageSent",
  data: {
    messageId,
    senderId,
    receiverId,
    content: `Message ${messageId}`,
    image: null,
    ...fields,
  },
});

export const messagesRead = (
  readerId: number,
  senderId: number,
  upTo: number,
): FilmrollEvent => ({ type: "MessagesRead", data: { readerId, senderId, upTo } });

export const notificationRead = (notificationId: number, userId: number): FilmrollEvent => ({
  type: "NotificationRead",
  data: { notificationId, userId },
});

export const allNotificationsRead = (userId: number, upTo: number): FilmrollEvent => ({
  type: "AllNotificationsRead",
  data: { userId, upTo },
});

/** A picture of which the id says everything. */
export const picture = (mediaId: number, alt = ""): ImageFacts => ({
  mediaId,
  hash: String(mediaId).padStart(64, "0"),
  width: 1080,
  height: 720,
  placeholder: "1QcSHQRnh493V4dIh4eXh1h4kJUI",
  animated: false,
  alt,
});

/** Takes 1,000 bytes, and was the owner's only one if nothing else is said of their storage. */
export const uploaded = (mediaId: number, ownerId: number, alt = ""): FilmrollEvent => ({
  type: "MediaUploaded",
  data: { ...picture(mediaId, alt), ownerId, bytes: 1000 },
});

export const storageChanged = (userId: number, bytes: number): FilmrollEvent => ({
  type: "StorageChanged",
  data: { userId, bytes },
});

export const attached = (
  mediaId: number,
  ownerId: number,
  kind: Attachment["kind"],
  id: number,
): FilmrollEvent => ({ type: "MediaAttached", data: { mediaId, ownerId, to: { kind, id } } });

export const described = (
  mediaId: number,
  ownerId: number,
  alt: string,
  attachedTo: Attachment | null = null,
): FilmrollEvent => ({
  type: "MediaDescribed",
  data: { mediaId, ownerId, hash: picture(mediaId).hash, alt, attachedTo },
});

export const discarded = (mediaId: number, ownerId: number): FilmrollEvent => ({
  type: "MediaDiscarded",
  data: { mediaId, ownerId, hash: picture(mediaId).hash },
});

/** All rows of all read models by table, each as JSON, in an order that is the same for the same rows. */
export async function printsOf(
  store: Pick<EventStore, "query">,
  { readModels }: Pick<Schema, "readModels">,
): Promise<Record<string, string[]>> {
  const prints: Record<string, string[]> = {};
  for (const table of Object.values(readModels).flatMap(({ tables }) => tables)) {
    const rows = await store.query({ texts: [`SELECT * FROM ${table}`], params: [] });
    prints[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return prints;
}
