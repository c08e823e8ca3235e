/** Many people at once, over HTTP and on a database on disk: nobody is refused, nothing is miscounted. */
import assert from "node:assert/strict";
import type { LikeStatus, Post, User, UserProfile } from "../web/schemas.ts";
import { accountOf, type Answer, api, join, type Person } from "./support/client.ts";
import { Folder } from "./support/folder.ts";
import { startFilmroll, type TestServer } from "./support/server.ts";

const CROWD = 64;

/** Runs a test against a server whose data is on disk, as in earnest. */
function race(name: string, run: (server: TestServer) => Promise<void>): void {
  Deno.test(name, async () => {
    await using folder = await Folder.make();
    await using server = await startFilmroll({ dataDir: folder.path });
    await run(server);
  });
}

const times = <Value>(count: number, make: (index: number) => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

const crowd = ({ origin }: TestServer): Promise<Person[]> =>
  times(CROWD, (index) => join(origin, `person${index}`));

/** How many answers have each status. */
function tally(answers: readonly Answer<unknown>[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const profileOf = async (person: Person) =>
  (await person.get<UserProfile>(`/api/users/${person.id}`)).body;

const postOf = async (person: Person, id: number) =>
  (await person.get<Post>(`/api/posts/${id}`)).body;

race("64 people register at once, each with an id of their own", async (server) => {
  const people = await crowd(server);
  assert.equal(new Set(people.map(({ id }) => id)).size, CROWD);
});

race("of 64 who want the same name at once one gets it", async ({ origin }) => {
  const answers = await times(CROWD, (index) =>
    api(origin).post<User>("/api/auth/register", {
      ...accountOf(index % 2 === 0 ? "ana" : "Ana"),
      email: `ana${index}@example.org`,
    }));
  assert.deepEqual(tally(answers), { 201: 1, 400: CROWD - 1 });
});

race("of 64 who want the same address at once one gets it", async ({ origin }) => {
  const answers = await times(CROWD, (index) =>
    api(origin).post<User>("/api/auth/register", {
      ...accountOf(`ana${index}`),
      email: "ana@example.org",
    }));
  assert.deepEqual(tally(answers), { 201: 1, 400: CROWD - 1 });
});

race("64 people post and like at once, and every post and like counts", async (server) => {
  const people = await crowd(server);
  const [ana] = people as [Person];
  await ana.post("/api/posts", { content: "The sea" });

  const answers = await times(CROWD, async (index) => {
    const person = people[index]!;
    return await Promise.all([
      person.post<Post>("/api/posts", { content: `Frame of ${person.username} #roll` }),
      person.post<LikeStatus>("/api/posts/1/likes"),
      person.post<Post>("/api/posts", { content: "Another" }),
    ]);
  });
  const posts = answers.flatMap(([first, , second]) => [first, second]);
  const likes = answers.map(([, like]) => like);
  assert.deepEqual(tally(posts), { 201: 2 * CROWD });
  assert.deepEqual(tally(likes), { 200: CROWD });
  assert.equal(new Set(posts.map(({ body }) => body.id)).size, 2 * CROWD);
  assert.equal((await postOf(ana, 1)).like_count, CROWD);
  assert.equal((await profileOf(ana)).post_count, 3);
  assert.equal((await profileOf(people[1]!)).post_count, 2);
});

race("64 people toggle a like five times each, and the exact count is left", async (server) => {
  const people = await crowd(server);
  await people[0]!.post("/api/posts", { content: "The sea" });
  const answers = await Promise.all(
    people.flatMap((person) => Array.from({ length: 5 }, () => person.post("/api/posts/1/likes"))),
  );
  assert.deepEqual(tally(answers), { 200: 5 * CROWD });
  const post = await postOf(people[0]!, 1);
  assert.deepEqual([post.like_count, post.liked], [CROWD, true]);
});

race("50 toggles of one like at once leave it as it was", async ({ origin }) => {
  const ana = await join(origin, "ana");
  await ana.post("/api/posts", { content: "The sea" });
  const answers = await times(50, () => ana.post<LikeStatus>("/api/posts/1/likes"));
  assert.deepEqual(tally(answers), { 200: 50 });
  assert.equal(answers.filter(({ body }) => body.liked).length, 25);
  const post = await postOf(ana, 1);
  assert.deepEqual([post.like_count, post.liked], [0, false]);
});

race("of 50 follows at once one follows; of 50 unfollows one unfollows", async ({ origin }) => {
  const ana = await join(origin, "ana");
  const ben = await join(origin, "ben");
  const path = `/api/follow/${ana.id}`;
  assert.deepEqual(tally(await times(50, () => ben.post(path))), { 200: 1, 400: 49 });
  assert.equal((await profileOf(ana)).follower_count, 1);
  assert.deepEqual(tally(await times(50, () => ben.delete(path))), { 200: 1, 400: 49 });
  assert.equal((await profileOf(ana)).follower_count, 0);
});

race("follows and unfollows mixed leave counts that agree with the lists", async (server) => {
  const people = (await crowd(server)).slice(0, 16);
  const answers = await Promise.all(people.flatMap((person, index) => {
    const path = `/api/follow/${people[(index + 1) % people.length]!.id}`;
    return [person.post(path), person.delete(path), person.post(path), person.delete(path)];
  }));
  for (const { status } of answers) assert.ok(status === 200 || status === 400);
  for (const person of people) {
    const { follower_count, following_count } = await profileOf(person);
    const list = async (name: string) =>
      (await person.get<User[]>(`/api/users/${person.id}/${name}`)).body.length;
    assert.equal(follower_count, await list("followers"));
    assert.equal(following_count, await list("following"));
  }
});

race("a post deleted while others like and comment on it leaves nothing behind", async (server) => {
  const people = (await crowd(server)).slice(0, 16);
  const ana = people[0]!;
  await ana.post("/api/posts", { content: "The sea" });
  const [deleted, ...others] = await Promise.all([
    ana.delete("/api/posts/1"),
    ...people.flatMap((person) => [
      person.post("/api/posts/1/likes"),
      person.post("/api/posts/1/comments", { content: "Fine" }),
      person.get("/api/posts/1"),
    ]),
  ]);
  assert.equal(deleted.status, 204);
  for (const { status } of others) assert.ok([200, 201, 404].includes(status), `${status}`);
  assert.equal((await ana.get("/api/posts/1")).status, 404);
  assert.equal((await ana.get("/api/posts/1/comments")).status, 404);
  assert.equal((await profileOf(ana)).post_count, 0);
});

race("of 50 who delete one post at once one deletes it", async ({ origin }) => {
  const ana = await join(origin, "ana");
  await ana.post("/api/posts", { content: "The sea" });
  const answers = await times(50, () => ana.delete("/api/posts/1"));
  assert.deepEqual(tally(answers), { 204: 1, 404: 49 });
  assert.equal((await profileOf(ana)).post_count, 0);
});

race("posting and deleting at once leaves the posts that were not deleted", async ({ origin }) => {
  const ana = await join(origin, "ana");
  const kept = await times(CROWD, async (index) => {
    const { body } = await ana.post<Post>("/api/posts", { content: `Frame ${index}` });
    if (index % 2 === 0) return [body.id];
    assert.equal((await ana.delete(`/api/posts/${body.id}`)).status, 204);
    return [];
  });
  const { body } = await ana.get<Post[]>(`/api/users/${ana.id}/posts?limit=100`);
  assert.deepEqual(body.map(({ id }) => id), kept.flat().sort((a, b) => b - a));
  assert.equal((await profileOf(ana)).post_count, CROWD / 2);
});

race("a command sent 50 times at once with one Idempotency-Key acts once", async ({ origin }) => {
  const ana = await join(origin, "ana");
  const options = {
    json: { content: "The sea" },
    headers: { "idempotency-key": crypto.randomUUID() },
  };
  const answers = await times(50, () => ana.send<Post>("POST", "/api/posts", options));
  assert.deepEqual(tally(answers), { 201: 50 });
  assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1);
  assert.equal((await profileOf(ana)).post_count, 1);
});
