/** Random questions for property tests, about what random commands leave (random_commands.ts). */
import fc from "fast-check";
import type { QueriesOf, QueryInput } from "./core/bus.ts";
import type { contexts, QueryName } from "./mod.ts";
import { nameOf } from "./testing.ts";

type Queries = QueriesOf<typeof contexts>;

/** One question as data. */
export interface AnyQuestion {
  readonly name: QueryName;
  readonly input: object;
}

// One more than there are, as with commands, so that some are unknown.
const id = fc.integer({ min: 1, max: 6 });
const viewer = fc.option(id, { freq: 4 });
const limit = fc.integer({ min: 1, max: 5 });
const now = fc.constantFrom("2026-03-01T12:00:00.000Z", "2026-03-03T12:00:00.000Z");
const page = {
  limit,
  offset: fc.integer({ min: 0, max: 2 }),
  before: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
};
const q = fc.constantFrom("a", "ali", "CAR", "name new", "#D", "cat", "日", "é", "\0", "' \\ :*");
const tag = fc.constantFrom("cat", "#Dog", "ÉTÉ", "鳥", "none", "\0");
const username = fc.constantFrom("alice", "BOB", "erin", "\0");
const ofViewer = fc.record({ viewer: id });
const ofUser = fc.record({ userId: id });
const byId = fc.record({ id, viewer });
const own = fc.record({ id, viewer: id });
const pages = fc.record({ viewer: id, ...page });
const people = fc.record({ id, viewer, ...page });
/** Of a picture. */
const hash = id.map((mediaId) => String(mediaId).padStart(64, "0"));
const part = fc.record({ userId: id, after: fc.integer({ min: 0, max: 20 }), limit });
const tokenHash = fc.uuid();

/** How each query's input may look. A query that is not listed does not compile. */
const inputs: { readonly [Name in QueryName]: fc.Arbitrary<QueryInput<Queries[Name]>> } = {
  GetUserById: byId,
  GetUserProfile: byId,
  GetUserIdByUsername: fc.record({ username }),
  GetCredentialByEmail: fc.record({
    email: id.map((userId) => `${nameOf(userId)}@example.com`),
  }),
  GetCaller: fc.record({ id }),
  GetSession: fc.record({ tokenHash, now }),
  GetPost: byId,
  GetUserPosts: people,
  GetLikeCount: fc.record({ postId: id }),
  GetComment: fc.record({ id }),
  GetPostComments: fc.record({ postId: id, ...page }),
  GetUserFollowers: people,
  GetUserFollowing: people,
  GetFolloweeIds: fc.record({ id, limit }),
  GetMedia: own,
  GetAttachedMedia: fc.record({ kind: fc.constantFrom("post", "story", "message", "avatar"), id }),
  GetUnusedMedia: fc.record({ uploadedBefore: now, now, limit: fc.constant(100) }),
  GetKeptPictures: fc.record({ after: hash, limit }),
  IsHashKept: fc.record({ hash }),
  GetMessage: own,
  GetCorrespondent: own,
  GetConversations: pages,
  GetConversation: fc.record({ viewer: id, otherId: id, ...page }),
  GetLastReceivedMessageId: fc.record({ viewer: id, senderId: id }),
  GetUnreadMessageCount: ofViewer,
  GetStory: fc.record({ id, viewer: id, now }),
  GetMyStories: fc.record({ viewer: id, now, ...page }),
  GetUserStories: fc.record({ id, viewer: id, now, limit }),
  GetStoryFeed: fc.record({ viewer: id, now, ...page }),
  GetStoryTray: fc.record({ viewer: id, now, limit }),
  GetStoryViewers: fc.record({ storyId: id, viewer: id, ...page }),
  GetNotifications: pages,
  GetNotification: fc.record({ id: fc.integer({ min: 1, max: 120 }), viewer: id }),
  GetUnreadNotificationCount: ofViewer,
  GetLatestUnreadNotificationId: ofViewer,
  GetFeed: pages,
  SearchUsers: fc.record({ q, viewer, ...page }),
  SearchHashtags: fc.record({ q, ...page }),
  GetHashtag: fc.record({ tag }),
  GetPostsByHashtag: fc.record({ tag, viewer, ...page }),
  GetRecentPosts: fc.record({ viewer, ...page }),
  GetPopularPosts: fc.record({ viewer, limit }),
  GetPopularHashtags: fc.record({ limit }),
  FindMemberId: fc.record({ text: fc.oneof(username, id.map(String)) }),
  GetMember: fc.record({ id }),
  GetMembers: fc.record({ after: id, limit }),
  GetTotals: fc.constant({}),
  IsAdmin: fc.record({ id }),
  GetPasswordReset: fc.record({ tokenHash }),
  GetLeavers: fc.record({ now: fc.constant("2027-01-01T00:00:00.000Z"), limit }),
  GetRemains: fc.record({ userId: id, limit: fc.constant(100) }),
  GetReadableMessages: fc.record({ userId: id, limit: fc.constant(100) }),
  GetOwnProfile: ofUser,
  GetOwnPosts: part,
  GetOwnStories: part,
  GetOwnComments: part,
  GetOwnLikes: part,
  GetOwnFollowing: part,
  GetOwnFollowers: part,
  GetCorrespondents: part,
  GetCorrespondence: part.chain((one) => id.map((otherId) => ({ ...one, otherId }))),
  GetOwnNotifications: part,
  GetOwnMedia: part,
  GetLatestImport: ofUser,
  GetUnfinishedImports: fc.constant({}),
};

/** Each query several times. */
export const everyQuestion: fc.Arbitrary<readonly AnyQuestion[]> = fc
  .tuple(
    ...Object.entries(inputs).map(([name, input]) =>
      fc.array(input as fc.Arbitrary<object>, { minLength: 4, maxLength: 4 }).map((inputs) =>
        inputs.map((input): AnyQuestion => ({ name: name as QueryName, input }))
      )
    ),
  )
  .map((questions) => questions.flat());
