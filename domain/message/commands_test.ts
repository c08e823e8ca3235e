import { type FilmrollEvent, given, messagesRead, registered, sent } from "../testing.ts";

const people = [registered(1), registered(2), registered(3)] as const;

Deno.test("SendMessage records the message under an id of its own", () => {
  const send = given(...people).when(
    "SendMessage",
    { by: 1, receiverId: 2, content: "Message 7" },
    { nextId: 7 },
  );
  send.then([sent(7, 1, 2)]);
  send.thenAnswers({ messageId: 7 });
});

Deno.test("SendMessage refuses to write to oneself", () => {
  given(...people).when("SendMessage", { by: 1, receiverId: 1, content: "Hello" })
    .thenRefuses("refused", /yourself/);
});

Deno.test("SendMessage needs two people who exist", () => {
  given(...people).when("SendMessage", { by: 1, receiverId: 9, content: "Hello" })
    .thenRefuses("not_found", /^Receiver not found$/);
  given(...people).when("SendMessage", { by: 9, receiverId: 1, content: "Hello" })
    .thenRefuses("not_found", /^User not found$/);
});

Deno.test("SendMessage needs words", () => {
  given(...people).when("SendMessage", { by: 1, receiverId: 2, content: " \n" })
    .thenRefuses("invalid");
});

Deno.test("MarkMessagesRead moves the reader's cursor, with one event for any number of messages", () => {
  given(...people, sent(1, 1, 2), sent(2, 1, 2), sent(3, 1, 2))
    .when("MarkMessagesRead", { by: 2, senderId: 1, upTo: 3 }).then([messagesRead(2, 1, 3)]);
  given(...people, sent(1, 1, 2), messagesRead(2, 1, 1), sent(2, 1, 2))
    .when("MarkMessagesRead", { by: 2, senderId: 1, upTo: 2 }).then([messagesRead(2, 1, 2)]);
});

Deno.test("MarkMessagesRead does nothing when nothing is new", () => {
  const film = given(...people, sent(1, 1, 2), sent(2, 1, 2), messagesRead(2, 1, 2));
  film.when("MarkMessagesRead", { by: 2, senderId: 1, upTo: 2 }).thenNothing();
  film.when("MarkMessagesRead", { by: 2, senderId: 1, upTo: 1 }).thenNothing();
});

Deno.test("MarkMessagesRead knows one sender's messages from another's", () => {
  given(...people, sent(1, 1, 2), sent(2, 3, 2), messagesRead(2, 3, 2))
    .when("MarkMessagesRead", { by: 2, senderId: 1, upTo: 1 }).then([messagesRead(2, 1, 1)]);
});

Deno.test("MarkMessagesRead finds no message that this sender did not send to this reader", () => {
  const film = given(...people, sent(1, 1, 2), sent(2, 2, 1), sent(3, 3, 2));
  for (
    const command of [
      { by: 3, senderId: 1, upTo: 1 },
      { by: 1, senderId: 1, upTo: 1 },
      { by: 2, senderId: 1, upTo: 2 },
      { by: 2, senderId: 1, upTo: 3 },
      { by: 2, senderId: 1, upTo: 4 },
    ]
  ) film.when("MarkMessagesRead", command).thenRefuses("not_found", /^Message not found$/);
});

Deno.test("EraseMessages erases from where the last erasure ended", () => {
  const film = given(registered(1), registered(2), sent(1, 1, 2), sent(2, 2, 1), sent(3, 1, 2));
  const erase = { by: 1, receiverId: 2 };
  const first: FilmrollEvent = {
    type: "MessagesErased",
    data: { senderId: 1, receiverId: 2, after: 0, upTo: 1 },
  };
  film.when("EraseMessages", { ...erase, upTo: 1 }).then([first]);
  film.when("EraseMessages", { ...erase, upTo: 2 }).thenRefuses("not_found");
  film.when("EraseMessages", { ...erase, upTo: 9 }).thenRefuses("not_found");
  const later = given(registered(1), registered(2), sent(1, 1, 2), sent(3, 1, 2), first);
  later.when("EraseMessages", { ...erase, upTo: 1 }).thenNothing();
  later.when("EraseMessages", { ...erase, upTo: 3 })
    .then([{ ...first, data: { ...first.data, after: 1, upTo: 3 } } as FilmrollEvent]);
});
