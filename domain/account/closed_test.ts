/** What others see of an account that is closed: nothing, until its owner comes back. */
import assert from "node:assert/strict";
import type { QueriesOf, QueryInput } from "../core/bus.ts";
import type { contexts, QueryName } from "../mod.ts";
import {
  closed,
  commented,
  type FilmrollEvent,
  followed,
  given,
  liked,
  NOW,
  posted,
  registered,
  restored,
  sent,
  toldStory,
} from "../testing.ts";

type Queries = QueriesOf<typeof contexts>;

const page = { limit: 10, offset: 0 };
/** Of Alice's archive. */
const part = { userId: 1, after: 0, limit: 10 };
const asker = { viewer: 1, now: NOW.toISOString() };

/** Alice follows Bob, who does everything that somebody can see. */
const happened: readonly FilmrollEvent[] = [
  registered(1),
  registered(2),
  followed(1, 2),
  followed(2, 1),
  posted(1, 1),
  posted(2, 2, { content: "#sea", hashtags: ["sea"] }),
  commented(1, 1, 2),
  liked(1, 2),
  toldStory(1, 2),
  sent(1, 2, 1),
];

/** What answers with something of Bob's while his account is open. */
const questions: { readonly [Name in QueryName]?: QueryInput<Queries[Name]> } = {
  GetUserById: { id: 2, viewer: 1 },
  GetUserProfile: { id: 2, viewer: 1 },
  GetUserIdByUsername: { username: "bob" },
  GetUserFollowers: { id: 1, viewer: 1, ...page },
  GetUserFollowing: { id: 1, viewer: 1, ...page },
  GetPost: { id: 2, viewer: 1 },
  GetUserPosts: { id: 2, viewer: 1, ...page },
  GetPostsByHashtag: { tag: "sea", viewer: 1, ...page },
  GetComment: { id: 1 },
  GetPostComments: { postId: 1, ...page },
  GetStory: { id: 1, ...asker },
  GetUserStories: { id: 2, limit: 10, ...asker },
  GetStoryFeed: { ...asker, ...page },
  GetStoryTray: { limit: 10, ...asker },
  GetNotifications: { viewer: 1, ...page },
  GetOwnFollowing: part,
  GetOwnFollowers: part,
  GetOwnNotifications: part,
  SearchUsers: { q: "bob", viewer: 1, ...page },
};

async function answers(...events: readonly FilmrollEvent[]): Promise<[string, unknown][]> {
  const film = given(...happened, ...events);
  return await Promise.all(
    Object.entries(questions).map(async ([name, input]): Promise<[string, unknown]> => [
      name,
      await film.asking(name as QueryName, input as never).answer(),
    ]),
  );
}

const isNothing = (answer: unknown) =>
  answer === null || Array.isArray(answer) && answer.length === 0;

Deno.test("nobody finds anything of a closed account, and everything when it is restored", async () => {
  for (const [name, answer] of await answers()) assert(!isNothing(answer), name);
  for (const [name, answer] of await answers(closed(2))) assert(isNothing(answer), name);
  assert.deepEqual(await answers(closed(2), restored(2)), await answers());
});

Deno.test("a closed account's tokens are nobody's, and over when it is restored", async () => {
  const loggedOut = async (...events: FilmrollEvent[]) =>
    (await given(...happened, ...events).asking("GetCaller", { id: 2 }).answer())?.loggedOutAt;
  assert.equal(await loggedOut(), null);
  assert.equal(await loggedOut(closed(2)), undefined);
  assert.equal(await loggedOut(closed(2), restored(2)), NOW.toISOString());
});

Deno.test("a feed without a closed account has full pages", async () => {
  const posts = [3, 4, 5, 6].map((id) => posted(id, id % 2 === 0 ? 2 : 1));
  const feed = await given(...happened, ...posts, closed(2))
    .asking("GetFeed", { viewer: 1, limit: 3, offset: 0 }).answer();
  assert.deepEqual(feed.map(({ id }) => id), [5, 3, 1]);
});

Deno.test("notifications from a closed account are not counted as unread", async () => {
  const unread = (...events: FilmrollEvent[]) =>
    given(...happened, ...events).asking("GetUnreadNotificationCount", { viewer: 1 }).answer();
  assert.equal(await unread(), 3);
  assert.equal(await unread(closed(2)), 0);
});

Deno.test("who has a conversation with a closed account still has it, without a name", async () => {
  const film = given(...happened, registered(3), closed(2));
  await film.asking("GetCorrespondent", { id: 2, viewer: 1 }).answers({
    id: 2,
    username: "deleted-2",
    full_name: "Deleted account",
    profile_image_url: null,
    is_active: false,
  });
  await film.asking("GetCorrespondent", { id: 2, viewer: 3 }).answers(null);
  const conversation = { viewer: 1, otherId: 2, ...page };
  assert.equal((await film.asking("GetConversation", conversation).answer()).length, 1);
  const archived = await film.asking("GetCorrespondence", { ...part, otherId: 2 }).answer();
  assert.deepEqual(archived.map(({ other_username }) => other_username), ["deleted-2"]);
});
