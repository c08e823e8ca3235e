import assert from "node:assert/strict";
import {
  attached,
  deletedStory,
  described,
  discarded,
  type FilmrollEvent,
  given,
  NOW,
  picture,
  registered,
  toldStory,
  uploaded,
} from "../testing.ts";
import { imageOf } from "./image.ts";

const now = NOW.toISOString();

/** The ids that are due when everything uploaded until now is old enough. */
const unused = (...events: readonly FilmrollEvent[]) =>
  given(...events).asking("GetUnusedMedia", { uploadedBefore: now, now, limit: 10 }).answer()
    .then((found) => found.map(({ mediaId }) => mediaId));

Deno.test("GetMedia answers a picture to who uploaded it, and to nobody else", async () => {
  const film = given(registered(1), uploaded(5, 1), described(5, 1, "A cat"));
  await film.asking("GetMedia", { id: 5, viewer: 1 })
    .answers({ id: 5, ...imageOf(picture(5, "A cat")), bytes: 1000, created_at: now });
  await film.asking("GetMedia", { id: 5, viewer: 2 }).answers(null);
  await film.asking("GetMedia", { id: 6, viewer: 1 }).answers(null);
  await given(registered(1), uploaded(5, 1), discarded(5, 1))
    .asking("GetMedia", { id: 5, viewer: 1 }).answers(null);
});

Deno.test("GetAttachedMedia answers what belongs to something", async () => {
  const to = { kind: "post" as const, id: 9 };
  await given(
    uploaded(5, 1),
    uploaded(6, 1),
    uploaded(7, 1),
    attached(5, 1, "post", 9),
    attached(6, 1, "story", 9),
  ).asking("GetAttachedMedia", to).answers([{ mediaId: 5, ownerId: 1, attachedTo: to }]);
});

Deno.test("GetUnusedMedia answers what belongs to nothing and is old enough", async () => {
  assert.deepEqual(await unused(uploaded(5, 1), uploaded(6, 1), attached(6, 1, "post", 9)), [5]);
  const before = new Date(NOW.getTime() - 1).toISOString();
  await given(uploaded(5, 1))
    .asking("GetUnusedMedia", { uploadedBefore: before, now, limit: 10 }).answers([]);
});

Deno.test("GetUnusedMedia answers the pictures of stories that have run out or were deleted", async () => {
  const story = [uploaded(5, 1), toldStory(3, 1), attached(5, 1, "story", 3)] as const;
  assert.deepEqual(await unused(...story), []);
  assert.deepEqual(await unused(...story, deletedStory(3, 1)), [5]);
  const over = toldStory(3, 1, { expiresAt: now });
  assert.deepEqual(await unused(uploaded(5, 1), over, attached(5, 1, "story", 3)), [5]);
});

Deno.test("IsHashKept tells whether anybody keeps the same picture", async () => {
  const { hash } = picture(5);
  const twice = {
    type: "MediaUploaded",
    data: { ...picture(6), hash, ownerId: 2, bytes: 1 },
  } as const;
  const ask = (...events: readonly FilmrollEvent[]) =>
    given(...events).asking("IsHashKept", { hash }).answer();
  assert.equal(await ask(), false);
  assert.equal(await ask(uploaded(5, 1)), true);
  assert.equal(await ask(uploaded(5, 1), twice, discarded(5, 1)), true);
  assert.equal(await ask(uploaded(5, 1), twice, discarded(5, 1), discarded(6, 2)), false);
});

Deno.test("GetKeptPictures answers each picture once, and how many there are from it on", async () => {
  const film = given(
    registered(1),
    uploaded(5, 1),
    uploaded(6, 1),
    uploaded(7, 1),
    discarded(6, 1),
  );
  const kept = (id: number, left: number) => ({
    hash: picture(id).hash,
    width: picture(id).width,
    left,
  });
  const [five, seven] = [kept(5, 2), kept(7, 2)];
  await film.asking("GetKeptPictures", { after: "", limit: 10 }).answers([five, seven]);
  await film.asking("GetKeptPictures", { after: five.hash, limit: 10 }).answers([kept(7, 1)]);
});
