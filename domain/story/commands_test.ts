import { deletedStory, given, NOW, registered, toldStory, viewedStory } from "../testing.ts";

const film = [registered(1), registered(2), toldStory(3, 1)] as const;

const END = new Date("2026-03-02T12:00:00.000Z");
const justBefore = { now: new Date(END.getTime() - 1) };
const atTheEnd = { now: END };

Deno.test("CreateStory records a story that ends 24 hours later", () => {
  const create = given(registered(1))
    .when("CreateStory", { by: 1, content: "Story 3", imageUrl: null }, { nextId: 3, now: NOW });
  create.then([toldStory(3, 1)]);
  create.thenAnswers({ storyId: 3 });
});

Deno.test("CreateStory takes a picture, words, or both, but not nothing", () => {
  const imageUrl = "/media/3.webp";
  given(registered(1)).when("CreateStory", { by: 1, content: null, imageUrl }, { nextId: 3 })
    .then([toldStory(3, 1, { content: null, imageUrl })]);
  for (const content of [null, "", " \n"]) {
    given(registered(1)).when("CreateStory", { by: 1, content, imageUrl: null })
      .thenRefuses("invalid", /^Write something or add a picture$/);
  }
});

Deno.test("CreateStory refuses a person who does not exist", () => {
  given().when("CreateStory", { by: 9, content: "Hello", imageUrl: null })
    .thenRefuses("not_found", /^User not found$/);
});

Deno.test("DeleteStory deletes one's own story, also one that has run out", () => {
  for (const when of [justBefore, atTheEnd]) {
    given(...film).when("DeleteStory", { by: 1, storyId: 3 }, when).then([deletedStory(3, 1)]);
  }
});

Deno.test("DeleteStory refuses somebody else, for whom a story that has run out is not there", () => {
  const remove = { by: 2, storyId: 3 };
  given(...film).when("DeleteStory", remove, justBefore).thenRefuses("forbidden");
  given(...film).when("DeleteStory", remove, atTheEnd).thenRefuses("not_found");
});

Deno.test("DeleteStory finds no story that never was, or is no more", () => {
  for (const events of [[], [...film, deletedStory(3, 1)]]) {
    given(...events).when("DeleteStory", { by: 1, storyId: 3 })
      .thenRefuses("not_found", /^Story not found$/);
  }
});

Deno.test("ViewStory records once that somebody has seen a story", () => {
  const view = { by: 2, storyId: 3 };
  given(...film).when("ViewStory", view).then([viewedStory(3, 2)]);
  given(...film, viewedStory(3, 2)).when("ViewStory", view).thenNothing();
  given(...film, viewedStory(3, 2)).when("ViewStory", view).thenAnswers({ seen: true });
});

Deno.test("ViewStory does not count the author", () => {
  given(...film).when("ViewStory", { by: 1, storyId: 3 }).thenNothing();
});

Deno.test("ViewStory finds no story that never was, was deleted, or has run out", () => {
  const view = { by: 2, storyId: 3 };
  given(registered(2)).when("ViewStory", view).thenRefuses("not_found", /^Story not found$/);
  given(...film, deletedStory(3, 1)).when("ViewStory", view).thenRefuses("not_found");
  given(...film).when("ViewStory", view, justBefore).then([viewedStory(3, 2)]);
  given(...film).when("ViewStory", view, atTheEnd).thenRefuses("not_found");
  given(...film, viewedStory(3, 2)).when("ViewStory", view, atTheEnd).thenRefuses("not_found");
});
