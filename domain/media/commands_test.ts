import type { CommandInput, CommandsOf } from "../core/bus.ts";
import { LIMITS } from "../../media/limits.ts";
import type { contexts } from "../mod.ts";
import {
  attached,
  described,
  discarded,
  type FilmrollEvent,
  given,
  picture,
  posted,
  registered,
  sent,
  storageChanged,
  toldStory,
  uploaded,
} from "../testing.ts";
import { thumbnailOf } from "./image.ts";

const { mediaId: _, alt: _alt, ...facts } = picture(5);
const upload = { by: 1, picture: { ...facts, bytes: 1000 }, alt: "A cat" };

/** Alice has uploaded 5, 6 and 7, Bob 8. */
const film: readonly FilmrollEvent[] = [
  registered(1),
  registered(2),
  uploaded(5, 1, "A cat"),
  uploaded(6, 1),
  uploaded(7, 1),
  storageChanged(1, 3000),
  uploaded(8, 2),
  storageChanged(2, 1000),
];

Deno.test("UploadMedia records the picture, and what its owner's pictures take now", () => {
  const first = given(registered(1)).when("UploadMedia", upload, { nextId: 5 });
  first.then([uploaded(5, 1, "A cat"), storageChanged(1, 1000)]);
  first.thenAnswers({ mediaId: 5 });
  given(...film).when("UploadMedia", { ...upload, alt: "" }, { nextId: 5 })
    .then([uploaded(5, 1), storageChanged(1, 4000)]);
});

Deno.test("UploadMedia refuses what is more than an account may keep", () => {
  const left = (bytes: number) =>
    given(registered(1), storageChanged(1, LIMITS.accountBytes - bytes));
  left(1000).when("UploadMedia", upload, { nextId: 5 })
    .then([uploaded(5, 1, "A cat"), storageChanged(1, LIMITS.accountBytes)]);
  left(999).when("UploadMedia", upload).thenRefuses("refused", /2 GB/);
});

Deno.test("UploadMedia refuses a person who does not exist", () => {
  given().when("UploadMedia", upload).thenRefuses("not_found", /^User not found$/);
});

Deno.test("DescribeMedia says what a picture shows, also where it is on show", () => {
  const describe = { by: 1, mediaId: 5, alt: "A black cat" };
  given(...film).when("DescribeMedia", describe).then([described(5, 1, "A black cat")]);
  given(...film, attached(5, 1, "post", 9)).when("DescribeMedia", describe)
    .then([described(5, 1, "A black cat", { kind: "post", id: 9 })]);
  given(...film).when("DescribeMedia", { ...describe, alt: "A cat" }).thenNothing();
});

Deno.test("DiscardMedia takes back a picture that is not on show", () => {
  given(...film).when("DiscardMedia", { by: 1, mediaId: 5 })
    .then([discarded(5, 1), storageChanged(1, 2000)]);
  given(...film, attached(5, 1, "post", 9)).when("DiscardMedia", { by: 1, mediaId: 5 })
    .thenRefuses("refused", /shown/);
});

Deno.test("nobody describes or discards another's picture, or one that is gone", () => {
  for (const command of ["DescribeMedia", "DiscardMedia"] as const) {
    const input = { by: 2, mediaId: 5, alt: "Mine" };
    given(...film).when(command, input).thenRefuses("forbidden");
    given(...film, discarded(5, 1)).when(command, { ...input, by: 1 })
      .thenRefuses("not_found", /^Picture not found$/);
    given().when(command, input).thenRefuses("not_found");
  }
});

Deno.test("CollectMedia discards a picture whose use is over, and no other", () => {
  const unused = { mediaId: 5, ownerId: 1, attachedTo: null };
  const ofPost = { ...unused, attachedTo: { kind: "post" as const, id: 9 } };
  const gone = [discarded(5, 1), storageChanged(1, 2000)];
  const inPost = given(...film, attached(5, 1, "post", 9));
  given(...film).when("CollectMedia", unused).then(gone);
  inPost.when("CollectMedia", ofPost).then(gone);
  inPost.when("CollectMedia", unused).thenNothing();
  inPost.when("CollectMedia", { ...ofPost, attachedTo: { kind: "post", id: 8 } }).thenNothing();
  given(...film).when("CollectMedia", ofPost).thenNothing();
  given(...film, discarded(5, 1)).when("CollectMedia", unused).thenNothing();
});

Deno.test("CreatePost attaches the author's pictures in their order", () => {
  const images = [picture(6), picture(5, "A cat")];
  const create = { by: 1, content: null, imageUrl: null, media: [6, 5] };
  const alice = given(...film).when("CreatePost", create, { nextId: 9 });
  alice.then([
    posted(9, 1, { content: null, images }),
    attached(6, 1, "post", 9),
    attached(5, 1, "post", 9),
  ]);
  alice.thenAnswers({ postId: 9 });
});

Deno.test("CreateStory and SendMessage attach one picture, and need no words beside it", () => {
  const image = picture(5, "A cat");
  given(...film).when("CreateStory", { by: 1, content: null, imageUrl: null, media: 5 }, {
    nextId: 3,
  }).then([toldStory(3, 1, { content: null, image }), attached(5, 1, "story", 3)]);
  given(...film).when("SendMessage", { by: 1, receiverId: 2, content: "", media: 5 }, {
    nextId: 4,
  }).then([sent(4, 1, 2, { content: "", image }), attached(5, 1, "message", 4)]);
});

Deno.test("UpdateUser attaches an avatar, in its smallest size, and names the one it replaces", () => {
  const updated = (fields: object): FilmrollEvent => ({
    type: "ProfileUpdated",
    data: { userId: 1, ...fields },
  });
  const first = [
    updated({ profileImageUrl: thumbnailOf(picture(5)), avatarId: 5 }),
    attached(5, 1, "avatar", 1),
  ];
  given(...film).when("UpdateUser", { by: 1, changes: {}, media: 5 }).then(first);
  given(...film, ...first).when("UpdateUser", { by: 1, changes: { bio: "Hi" }, media: 6 }).then([
    updated({
      bio: "Hi",
      profileImageUrl: thumbnailOf(picture(6)),
      avatarId: 6,
      replacedId: 5,
    }),
    attached(6, 1, "avatar", 1),
  ]);
  for (const profileImageUrl of [null, "https://example.org/me.jpg"]) {
    given(...film, ...first).when("UpdateUser", { by: 1, changes: { profileImageUrl } })
      .then([updated({ profileImageUrl, avatarId: null, replacedId: 5 })]);
  }
  given(...film, ...first).when("UpdateUser", { by: 1, changes: { bio: "Hi" } })
    .then([updated({ bio: "Hi" })]);
});

Deno.test("no command shows another's picture, one that is gone, or one twice", () => {
  type Commands = CommandsOf<typeof contexts>;
  const showing = {
    CreatePost: (media: number): CommandInput<Commands["CreatePost"]> => ({
      by: 1,
      content: "Look",
      imageUrl: null,
      media: [media],
    }),
    CreateStory: (media: number): CommandInput<Commands["CreateStory"]> => ({
      by: 1,
      content: "Look",
      imageUrl: null,
      media,
    }),
    SendMessage: (media: number): CommandInput<Commands["SendMessage"]> => ({
      by: 1,
      receiverId: 2,
      content: "Look",
      media,
    }),
    UpdateUser: (media: number): CommandInput<Commands["UpdateUser"]> => ({
      by: 1,
      changes: {},
      media,
    }),
  };
  for (const [name, input] of Object.entries(showing)) {
    const when = (events: readonly FilmrollEvent[], media: number) =>
      given(...events).when(name as keyof typeof showing, input(media) as never);
    when(film, 8).thenRefuses("forbidden", /somebody else's/);
    when(film, 99).thenRefuses("invalid", /choose it again/);
    when([...film, discarded(5, 1)], 5).thenRefuses("invalid", /choose it again/);
    when([...film, attached(5, 1, "post", 9)], 5).thenRefuses("refused", /already shown/);
  }
});

Deno.test("CreatePost takes ten pictures, each once", () => {
  const eleven = Array.from({ length: 11 }, (_, index) => 10 + index);
  const alice = given(registered(1), ...eleven.map((id) => uploaded(id, 1)));
  const create = (media: number[]) =>
    alice.when("CreatePost", { by: 1, content: null, imageUrl: null, media });
  create(eleven.slice(0, 10)).thenAnswers({ postId: 1 });
  create(eleven).thenRefuses("invalid", /at most 10 pictures/);
  create([10, 11, 10]).thenRefuses("invalid", /twice/);
});
