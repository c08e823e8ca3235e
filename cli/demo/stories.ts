/**
 * The stories of the demo community: those of the last hours before it is looked at.
 *
 * @module
 */
import type { Filmroll } from "../../domain/mod.ts";
import { type Motif, picture } from "./pictures.ts";

const HOUR = 60 * 60 * 1000;

/** A story to tell: who, when, and a picture or words or both. */
export interface DemoStory {
  /** Username of one of the cast. */
  author: string;
  hoursAgo: number;
  motif?: Motif;
  words?: string;
  /** Whether the first of the cast, as whom one logs in, has seen it. */
  seen?: boolean;
}

/** The earliest first. */
export const stories: readonly DemoStory[] = [
  { author: "noor_vd", hoursAgo: 19, motif: "lights", seen: true },
  { author: "mira.holt", hoursAgo: 15, motif: "sea", words: "First light. Nobody here but gulls." },
  { author: "elif.demirci", hoursAgo: 12, motif: "coffee", words: "Günaydın ☕", seen: true },
  { author: "mira.holt", hoursAgo: 9, words: "Thirty-six frames, one keeper. Worth it." },
  { author: "lena_brandau", hoursAgo: 7, motif: "mountains" },
  { author: "lena_brandau", hoursAgo: 6, motif: "lake", words: "Auf halbem Weg. Wasser: 6 °C." },
  { author: "lena_brandau", hoursAgo: 5, words: "Oben. Gute Nacht." },
  { author: "camille.rx", hoursAgo: 4, motif: "rain", words: "Toujours la pluie." },
  {
    author: "ishaan.v",
    hoursAgo: 3,
    words: "Somebody asked what I look for in a dune. The hour. Any sand is beautiful for about " +
      "eleven minutes a day, and the rest of the time it is waiting, like everybody else.",
  },
  { author: "teo_marche", hoursAgo: 2, motif: "archway", words: "Aperto. Venite." },
];

/** The picture of one of the stories, upright, as WebP. */
export const storyPicture = (index: number, motif: Motif): Promise<Uint8Array> =>
  picture(1000 + index, { width: 720, height: 1280, motif });

export interface Storytelling {
  readonly commands: Filmroll["commands"];
  readonly clock: { set(time: number): void };
  /** When the community is looked at, in milliseconds. */
  readonly end: number;
  readonly idOf: ReadonlyMap<string, number>;
  /** Ids of the stories' pictures; undefined where there are only words. */
  readonly pictures: readonly (number | undefined)[];
}

/** Answers how to tell, in order, the stories that are due by some time. */
export function storytelling({ commands, clock, end, idOf, pictures }: Storytelling) {
  const waiting = [...stories.entries()];
  const people = [...idOf.values()];

  async function tell(story: DemoStory, media: number | undefined): Promise<void> {
    const by = idOf.get(story.author)!;
    const { storyId } = await commands.execute(
      "CreateStory",
      { by, content: story.words ?? null, imageUrl: null, media },
      { actor: by },
    );
    for (const viewer of people.filter((id) => id === 1 ? story.seen : (id + storyId) % 3 > 0)) {
      await commands.execute("ViewStory", { by: viewer, storyId }, { actor: viewer });
    }
  }

  return async (time: number): Promise<void> => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const [index, story] = next;
      const at = end - story.hoursAgo * HOUR;
      if (at > time) return;
      waiting.shift();
      clock.set(at);
      await tell(story, pictures[index]);
    }
  };
}
