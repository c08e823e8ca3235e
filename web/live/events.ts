/** What is told live, of which event, and to whom: the one place that knows. */
import type { EventsOf } from "../../domain/core/bus.ts";
import type { RecordedEvent } from "../../domain/core/event.ts";
import type { contexts, Filmroll } from "../../domain/mod.ts";
import type { Comment, Import, Message } from "../schemas.ts";

/** What a live event carries, by its type. */
export interface LiveData {
  /** Somebody liked a post, or no longer does. */
  readonly likes: {
    readonly post_id: number;
    readonly user_id: number;
    readonly liked: boolean;
    readonly like_count: number;
  };
  readonly comment: Comment;
  readonly comment_deleted: { readonly id: number; readonly post_id: number };
  readonly post: { readonly post_id: number; readonly author_id: number };
  readonly post_deleted: { readonly post_id: number };
  /** How far one's own import is. */
  readonly import: Import;
  /** Somebody follows somebody, or no longer does; the count is the followee's. */
  readonly follow: {
    readonly follower_id: number;
    readonly followee_id: number;
    readonly following: boolean;
    readonly follower_count: number;
  };
  readonly message: Message;
  readonly messages_read: {
    readonly reader_id: number;
    readonly sender_id: number;
    readonly up_to: number;
  };
  /** Not recorded: it is told to who listens at that moment. */
  readonly typing: { readonly from: number };
  /** How much is unread now. */
  readonly unread: { readonly notifications: number; readonly messages: number };
  /** Nothing happened up to this position that was not told. */
  readonly beat: null;
  /** Too much was missed to be told; what the page shows must be asked for again. */
  readonly resync: null;
}

export type LiveType = keyof LiveData;

/** What a listener is told. */
export type LiveMessage = {
  [Type in LiveType]: { readonly type: Type; readonly data: LiveData[Type] };
}[LiveType];

type Event = EventsOf<typeof contexts>;
type Queries = Filmroll["queries"];
type DataOf<Type extends Event["type"]> = Extract<Event, { type: Type }>["data"];

/** What is told of an event to who listens to any of the topics. */
export interface Telling {
  readonly topics: readonly string[];
  /** Null where there is nothing left to tell of. Asked only where somebody listens. */
  readonly message: (queries: Queries) => Promise<LiveMessage | null>;
}

/** Topics. Anybody logged in may listen to a post and to a user; to a person, that person alone. */
export const topicOf = {
  post: (postId: number) => `post-${postId}`,
  user: (userId: number) => `user-${userId}`,
  person: (userId: number) => `person-${userId}`,
  /** Listened to on behalf of a feed, for everybody whose posts are in it. */
  postsOf: (authorId: number) => `posts-of-${authorId}`,
};

const tellings: { readonly [Type in Event["type"]]?: (data: DataOf<Type>) => Telling } = {
  PostLiked: (like) => likes(like, true),
  PostUnliked: (like) => likes(like, false),
  CommentCreated: ({ commentId, postId }) => ({
    topics: [topicOf.post(postId)],
    async message(queries) {
      const data = await queries.ask("GetComment", { id: commentId });
      return data && { type: "comment", data };
    },
  }),
  CommentDeleted: ({ commentId, postId }) =>
    known([topicOf.post(postId)], {
      type: "comment_deleted",
      data: { id: commentId, post_id: postId },
    }),
  PostCreated: ({ postId, authorId }) =>
    known([topicOf.postsOf(authorId)], {
      type: "post",
      data: { post_id: postId, author_id: authorId },
    }),
  PostDeleted: ({ postId, authorId }) =>
    known([topicOf.post(postId), topicOf.postsOf(authorId)], {
      type: "post_deleted",
      data: { post_id: postId },
    }),
  UserFollowed: (follow) => follows(follow, true),
  UserUnfollowed: (follow) => follows(follow, false),
  MessageSent: ({ messageId, senderId, receiverId }) => ({
    topics: [topicOf.person(senderId), topicOf.person(receiverId)],
    async message(queries) {
      const data = await queries.ask("GetMessage", { id: messageId, viewer: receiverId });
      return data && { type: "message", data };
    },
  }),
  ImportAdvanced: (progress) => imports(progress),
  ImportEnded: (progress) => imports(progress),
  MessagesRead: ({ readerId, senderId, upTo }) =>
    known([topicOf.person(readerId), topicOf.person(senderId)], {
      type: "messages_read",
      data: { reader_id: readerId, sender_id: senderId, up_to: upTo },
    }),
};

const imports = ({ userId }: { readonly userId: number }): Telling => ({
  topics: [topicOf.person(userId)],
  async message(queries) {
    const data = await queries.ask("GetLatestImport", { userId });
    return data && { type: "import", data };
  },
});

const known = (topics: readonly string[], message: LiveMessage): Telling => ({
  topics,
  message: () => Promise.resolve(message),
});

const likes = ({ postId, userId }: DataOf<"PostLiked">, liked: boolean): Telling => ({
  topics: [topicOf.post(postId)],
  async message(queries) {
    const like_count = await queries.ask("GetLikeCount", { postId });
    if (like_count === null) return null;
    return { type: "likes", data: { post_id: postId, user_id: userId, liked, like_count } };
  },
});

const follows = (
  { followerId, followeeId }: DataOf<"UserFollowed">,
  following: boolean,
): Telling => ({
  topics: [topicOf.user(followeeId), topicOf.person(followeeId), topicOf.person(followerId)],
  async message(queries) {
    const profile = await queries.ask("GetUserProfile", { id: followeeId, viewer: null });
    const data = { follower_id: followerId, followee_id: followeeId, following };
    return profile &&
      { type: "follow", data: { ...data, follower_count: profile.follower_count } };
  },
});

/** What is told of an event; undefined for most. */
export const tellingOf = ({ type, data }: RecordedEvent): Telling | undefined =>
  (tellings as Record<string, ((data: object) => Telling) | undefined>)[type]?.(data);

type Whose = number | { readonly authorOf: number };

const unread: { readonly [Type in Event["type"]]?: (data: DataOf<Type>) => Whose } = {
  PostLiked: ({ postId }) => ({ authorOf: postId }),
  PostUnliked: ({ postId }) => ({ authorOf: postId }),
  CommentCreated: ({ postId }) => ({ authorOf: postId }),
  CommentDeleted: ({ postId }) => ({ authorOf: postId }),
  PostDeleted: ({ authorId }) => authorId,
  UserFollowed: ({ followeeId }) => followeeId,
  UserUnfollowed: ({ followeeId }) => followeeId,
  NotificationRead: ({ userId }) => userId,
  AllNotificationsRead: ({ userId }) => userId,
  MessageSent: ({ receiverId }) => receiverId,
  MessagesRead: ({ readerId }) => readerId,
};

/** The person of whom an event may have changed how much is unread; null where there is nobody. */
export async function whoseUnread(
  { type, data }: RecordedEvent,
  queries: Queries,
): Promise<number | null> {
  const whose = (unread as Record<string, ((data: object) => Whose) | undefined>)[type]?.(data);
  if (whose === undefined || typeof whose === "number") return whose ?? null;
  const post = await queries.ask("GetPost", { id: whose.authorOf, viewer: null });
  return post?.author_id ?? null;
}

/** How much is unread by a person. */
export async function unreadCounts(queries: Queries, viewer: number): Promise<LiveData["unread"]> {
  const [notifications, messages] = await Promise.all([
    queries.ask("GetUnreadNotificationCount", { viewer }),
    queries.ask("GetUnreadMessageCount", { viewer }),
  ]);
  return { notifications: notifications ?? 0, messages: messages ?? 0 };
}

const ending: { readonly [Type in Event["type"]]?: (data: DataOf<Type>) => number } = {
  UserSuspended: ({ userId }) => userId,
  AccountClosed: ({ userId }) => userId,
  PasswordReset: ({ userId }) => userId,
};

/** Whose streams all end with an event, since it logs them out everywhere; null if nobody's. */
export const whoseStreamsEnd = ({ type, data }: RecordedEvent): number | null =>
  (ending as Record<string, ((data: object) => number) | undefined>)[type]?.(data) ?? null;
