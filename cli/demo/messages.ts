/**
 * What the demo community writes to each other: conversations of the first of the cast, as whom one
 * logs in.
 *
 * @module
 */
import type { Filmroll } from "../../domain/mod.ts";
import { type Motif, picture } from "./pictures.ts";

const HOUR = 60 * 60 * 1000;

/** A message to send. */
export interface DemoMessage {
  /** Usernames of two of the cast. */
  from: string;
  to: string;
  hoursAgo: number;
  content: string;
  /** What the picture shows, if there is one. */
  motif?: Motif;
  /** Whether nobody has looked at it yet. */
  unread?: boolean;
}

const between = (one: string, other: string) => ({
  first: { from: one, to: other },
  second: { from: other, to: one },
});

const jonas = between("mira.holt", "jonas_lind");
const amara = between("mira.holt", "amara.o");
const yuki = between("mira.holt", "yuki.tana");
const teo = between("mira.holt", "teo_marche");

/** The earliest first. */
export const messages: readonly DemoMessage[] = [
  {
    ...amara.second,
    hoursAgo: 75.2,
    content: "Is the light meter you lent me fussy about batteries?",
  },
  { ...amara.first, hoursAgo: 74.5, content: "Very. SR44 only, and it sulks in the cold." },
  { ...amara.second, hoursAgo: 74.4, content: "Like its owner, then 🙂" },
  { ...jonas.second, hoursAgo: 51.1, content: "Saw the harbour frame. How early was that?" },
  { ...jonas.first, hoursAgo: 50.8, content: "Twenty to five. The first train is at four." },
  {
    ...jonas.first,
    hoursAgo: 50.79,
    content: "I slept on the way back and woke up in the wrong town.",
  },
  { ...jonas.second, hoursAgo: 50.2, content: "Worth it." },
  {
    ...yuki.first,
    hoursAgo: 30.3,
    content: "Your rain streets are the best thing in my feed this week.",
  },
  {
    ...yuki.second,
    hoursAgo: 29.9,
    content: "ありがとう! It rained for nine days, so I had no choice.",
  },
  { ...yuki.second, hoursAgo: 29.88, content: "Which film do you use in the dark? #film" },
  {
    ...yuki.first,
    hoursAgo: 28.1,
    content: "HP5, pushed to 1600. Grain like gravel, and I like it.",
  },
  {
    ...jonas.second,
    hoursAgo: 20.6,
    content:
      "We go up on Friday, two nights in the tent. There is room for one more, and for one tripod.",
  },
  { ...jonas.first, hoursAgo: 20.1, content: "Yes! What do I bring?" },
  {
    ...jonas.second,
    hoursAgo: 19.9,
    content:
      "Wool, coffee, and something slower than your usual film. The snow is still bright up there.",
  },
  { ...jonas.first, hoursAgo: 19.2, content: "Then it is Ektar. See you at the station." },
  {
    ...teo.second,
    hoursAgo: 2.6,
    content: "The prints came! They hang over the bar now.",
    unread: true,
  },
  {
    ...teo.second,
    hoursAgo: 2.58,
    content: "Come and eat, the table by the window is yours.",
    unread: true,
  },
  {
    ...yuki.second,
    hoursAgo: 1.4,
    content: "Pushed to 1600 it is. First roll is drying.",
    motif: "rain",
    unread: true,
  },
];

/** The picture of one of the messages, as WebP. */
export const messagePicture = (index: number, motif: Motif): Promise<Uint8Array> =>
  picture(2000 + index, { width: 1080, height: 810, motif });

export interface Correspondence {
  readonly commands: Filmroll["commands"];
  readonly clock: { set(time: number): void };
  /** When the community is looked at, in milliseconds. */
  readonly end: number;
  readonly idOf: ReadonlyMap<string, number>;
  /** Ids of the messages' pictures; undefined where there are only words. */
  readonly pictures: readonly (number | undefined)[];
}

/** Answers how to send, in order, the messages that are due by some time. */
export function correspondence({ commands, clock, end, idOf, pictures }: Correspondence) {
  const waiting = [...messages.entries()];

  async function send(
    { from, to, content, unread = false }: DemoMessage,
    media: number | undefined,
  ): Promise<void> {
    const [by, receiverId] = [idOf.get(from)!, idOf.get(to)!];
    const { messageId } = await commands.execute(
      "SendMessage",
      { by, receiverId, content, media },
      { actor: by },
    );
    if (unread) return;
    await commands.execute(
      "MarkMessagesRead",
      { by: receiverId, senderId: by, upTo: messageId },
      { actor: receiverId },
    );
  }

  return async (time: number): Promise<void> => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const [index, message] = next;
      const at = end - message.hoursAgo * HOUR;
      if (at > time) return;
      waiting.shift();
      clock.set(at);
      await send(message, pictures[index]);
    }
  };
}
