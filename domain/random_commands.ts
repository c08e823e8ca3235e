/** Random histories for property tests: whatever a few people do to a few posts. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { CommandInput, CommandsOf } from "./core/bus.ts";
import { DomainError } from "./core/errors.ts";
import type { CommandName, contexts, Filmroll } from "./mod.ts";
import { picture } from "./testing.ts";

type Commands = CommandsOf<typeof contexts>;

/** One command as data. */
export interface AnyCommand {
  readonly name: CommandName;
  readonly input: object;
}

const PEOPLE = ["Alice", "Bob", "Carol", "Dave"];

// Ids are few, so that commands meet, and one more than there are, so that some are unknown.
const by = fc.integer({ min: 1, max: PEOPLE.length });
const userId = fc.integer({ min: 1, max: PEOPLE.length + 1 });
/** The one who closes their account now and then, and erases what they wrote. */
const leaver = fc.constant(PEOPLE.length);
const postId = fc.integer({ min: 1, max: 8 });
const commentId = fc.integer({ min: 1, max: 8 });
const position = fc.integer({ min: 1, max: 120 });
const messageId = fc.integer({ min: 1, max: 8 });
const loginId = fc.integer({ min: 1, max: 4 });
const storyId = fc.integer({ min: 1, max: 4 });

const username = fc.constantFrom("alice", "ALICE", "erin", "Frank");
const text = fc.constantFrom(null, "A new name", "日本", "");
const content = fc.constantFrom("Hello", "#cat", "#Cat and #dog", "#dog #鳥", "😀 #été");
const imageUrl = fc.constantFrom(null, "/media/1.jpg");
const mediaId = fc.integer({ min: 1, max: 8 });
const media = fc.option(mediaId, { nil: undefined, freq: 3 });
const alt = fc.constantFrom("", "A cat", "日本");
const time = fc.constantFrom("2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z");
const count = fc.integer({ min: 0, max: 3 });
const progress = { by, importId: loginId, done: count, skipped: count };
const tokenHash = fc.uuid();

function pictureOf(id: number) {
  const { hash, width, height, placeholder, animated } = picture(id);
  return { hash, width, height, placeholder, animated, bytes: 1000 };
}

/** How each command's input may look. A command that is not listed does not compile. */
const inputs: { readonly [Name in CommandName]: fc.Arbitrary<CommandInput<Commands[Name]>> } = {
  RegisterUser: fc.record({
    username,
    email: username.map((name) => `${name}@example.com`),
    fullName: text,
    passwordHash: fc.constant("hash"),
  }),
  UpdateUser: fc.record({
    by: userId,
    changes: fc.record({ fullName: text, bio: text, profileImageUrl: imageUrl }, {
      requiredKeys: [],
    }),
    media,
  }),
  LoginUser: fc.record({
    by: userId,
    session: fc.option(fc.record({ tokenHash, expiresAt: time })),
  }),
  LogoutUser: fc.record({ by, loginId }),
  SuspendUser: fc.record({ userId }),
  ReinstateUser: fc.record({ userId }),
  AppointAdmin: fc.record({ userId }),
  DismissAdmin: fc.record({ userId }),
  OfferPasswordReset: fc.record({ userId, tokenHash }),
  ResetPassword: fc.record({ resetId: loginId, userId, passwordHash: fc.constant("another") }),
  ExtendSession: fc.record({ by, tokenHash, now: time, expiresAt: time }),
  CloseAccount: fc.record({ by: leaver, graceDays: fc.integer({ min: 0, max: 1 }) }),
  RestoreAccount: fc.record({ by: leaver }),
  // Nobody: erasing is a process, of which this command is the end (erasure/erasure_test.ts).
  EraseUser: fc.constant({ userId: PEOPLE.length + 1, username: "", email: "" }),
  CreatePost: fc.record({
    by: userId,
    content,
    imageUrl,
    media: fc.array(mediaId, { maxLength: 3 }),
  }),
  DeletePost: fc.record({ by, postId }),
  ToggleLike: fc.record({ by, postId }),
  SetLike: fc.record({ by, postId, liked: fc.boolean() }),
  CreateComment: fc.record({ by, postId, content }),
  DeleteComment: fc.record({ by, commentId, postId }),
  FollowUser: fc.record({ by, userId }),
  UnfollowUser: fc.record({ by, userId }),
  SendMessage: fc.record({ by: userId, receiverId: userId, content, media }),
  MarkMessagesRead: fc.record({ by, senderId: userId, upTo: messageId }),
  EraseMessages: fc.record({ by: leaver, receiverId: userId, upTo: messageId }),
  MarkNotificationRead: fc.record({
    by,
    notificationId: position,
    source: fc.oneof(
      fc.record({ type: fc.constant("like"), postId, actorId: by }),
      fc.record({ type: fc.constant("comment"), postId, commentId }),
      fc.record({ type: fc.constant("follow"), followerId: by, followeeId: by }),
    ),
  }),
  MarkAllNotificationsRead: fc.record({ by, upTo: position }),
  CreateStory: fc.record({ by: userId, content: text, imageUrl, media }),
  DeleteStory: fc.record({ by, storyId }),
  ViewStory: fc.record({ by, storyId }),
  UploadMedia: fc.record({ by: userId, picture: mediaId.map(pictureOf), alt }),
  DescribeMedia: fc.record({ by, mediaId, alt }),
  DiscardMedia: fc.record({ by, mediaId }),
  StartImport: fc.record({
    by: userId,
    source: fc.constantFrom("filmroll" as const, "instagram" as const),
    total: count,
  }),
  AdvanceImport: fc.record(progress),
  EndImport: fc.record({ ...progress, problem: fc.constantFrom(null, "The archive is broken") }),
  StopImport: fc.record({ by }),
  CollectMedia: fc.record({
    mediaId,
    ownerId: by,
    attachedTo: fc.oneof(
      fc.constant(null),
      fc.record({ kind: fc.constant("post" as const), id: postId }),
    ),
  }),
};

const anyCommand: fc.Arbitrary<AnyCommand> = fc.oneof(
  ...Object.entries(inputs).map(([name, input]) => ({
    // Without posts there is little to do.
    weight: name === "CreatePost" ? 4 : 1,
    arbitrary: (input as fc.Arbitrary<object>).map((input) => ({
      name: name as CommandName,
      input,
    })),
  })),
);

const registrations = PEOPLE.map((name): AnyCommand => ({
  name: "RegisterUser",
  input: {
    username: name,
    email: `${name}@example.com`,
    fullName: null,
    passwordHash: "hash",
  },
}));

/** Some people register, and then do whatever they like, allowed or not. */
export const commandSequence: fc.Arbitrary<readonly AnyCommand[]> = fc
  .array(anyCommand, { maxLength: 100, size: "max" })
  .map((commands) => [...registrations, ...commands]);

/** Sends the commands at once, in order. Refusals are part of it; any other error is not. */
export async function executeAll(
  { commands }: Filmroll,
  sequence: readonly AnyCommand[],
): Promise<void> {
  const settled = await Promise.allSettled(
    sequence.map(({ name, input }) =>
      commands.execute(name, input as never, {
        actor: "by" in input ? input.by as number : null,
      })
    ),
  );
  for (const one of settled) {
    if (one.status === "rejected") assert(one.reason instanceof DomainError, one.reason);
  }
}
