import { type Clock } from "../../domain/core/clock.ts";
import type { RecordedEvent } from "../../domain/core/event.ts";
import type {
  EventStore,
  Leadership,
  Subscription,
  Work,
} from "../../domain/event_store/event_store.ts";
import type { UnusedMedia } from "../../domain/media/queries.ts";
import type { Filmroll, FilmrollEvent } from "../../domain/mod.ts";
import { type Every, everyInterval } from "../every.ts";
import { errorFacts, log } from "../log.ts";
import type { MediaLibrary } from "./library.ts";

const HOUR = 60 * 60 * 1000;

/** Who uploads a picture has so long to show it. */
const UNATTACHED_MS = 24 * HOUR;

const SWEEP_EVERY_MS = HOUR / 6;
const TIDY_EVERY_MS = 24 * HOUR;

/** Pictures that go at one sweep; the rest waits for the next. */
const SWEEP = 1000;

export interface MediaCollectorOptions {
  readonly store: Pick<EventStore, "lead" | "subscribe">;
  readonly filmroll: Filmroll;
  readonly library: MediaLibrary;
  readonly clock: Clock;
  /** Whether other programs may be uploading to the same storage. */
  readonly isShared?: boolean;
  readonly every?: Every;
}

/**
 * Lets pictures go that nothing needs: at once those of what is deleted or replaced, following the
 * film; now and then those that were never shown, or whose story has run out. Their files go when
 * the film says that they are discarded.
 */
export class MediaCollector {
  readonly #filmroll: Filmroll;
  readonly #library: MediaLibrary;
  readonly #clock: Clock;
  readonly #subscription: Subscription;
  readonly #every: Every;
  /** Of what is done now and then, on one node alone. */
  readonly leadership: Leadership;
  /** How old a file without an event must be to be nobody's, in milliseconds. */
  readonly #orphanAge: number;
  /** Files without an event, from before the start, are gone then. */
  #tidied: Promise<void> = Promise.resolve();

  constructor(
    { store, filmroll, library, clock, isShared = false, every = everyInterval }:
      MediaCollectorOptions,
  ) {
    this.#filmroll = filmroll;
    this.#library = library;
    this.#clock = clock;
    this.#every = every;
    this.#orphanAge = isShared ? HOUR : 0;
    this.#subscription = store.subscribe({
      name: "media",
      types: new Set(HANDLED),
      handle: (event) => this.#handle(event as RecordedEvent<FilmrollEvent>),
      onError: (error, event) =>
        log("error", "Pictures were not let go", {
          ...errorFacts(error),
          position: event?.position,
        }),
    });
    this.leadership = store.lead("pictures", () => this.#keepTidy());
  }

  #keepTidy(): Work {
    const sweep = () => this.sweep().catch(notSwept);
    const tidy = () => this.#tidied = this.#tidied.then(() => this.#removeOrphans());
    const stopping = [this.#every(SWEEP_EVERY_MS, sweep), this.#every(TIDY_EVERY_MS, tidy)];
    this.#tidied = sweep();
    tidy();
    return {
      stop: async () => {
        for (const stop of stopping) stop();
        await this.#tidied;
      },
    };
  }

  /** As the clock of the files says: it is not the one that people's time goes by. */
  #removeOrphans(): Promise<void> {
    return this.#library.removeOrphans(new Date(Date.now() - this.#orphanAge)).catch(notSwept);
  }

  /** Resolves when all that the film says until now has been seen to, and the start is over. */
  async caughtUp(): Promise<void> {
    await this.#tidied;
    let before: number;
    // What is collected is recorded, and to be seen to in its turn.
    do {
      before = this.#subscription.position;
      await this.#subscription.caughtUp();
    } while (this.#subscription.position > before);
  }

  /** Discards the pictures whose time has come by the clock. */
  async sweep(): Promise<void> {
    const now = this.#clock();
    const due = await this.#filmroll.queries.ask("GetUnusedMedia", {
      uploadedBefore: new Date(now.getTime() - UNATTACHED_MS).toISOString(),
      now: now.toISOString(),
      limit: SWEEP,
    });
    for (const media of due) await this.#collect(media);
  }

  async close(): Promise<void> {
    await this.leadership.stop();
    await this.#subscription.stop();
  }

  async #handle({ type, data, metadata }: RecordedEvent<FilmrollEvent>) {
    switch (type) {
      case "PostDeleted":
        await this.#collectOf({ kind: "post", id: data.postId }, metadata.command_id);
        break;
      case "StoryDeleted":
        await this.#collectOf({ kind: "story", id: data.storyId }, metadata.command_id);
        break;
      case "ProfileUpdated": {
        const { userId, replacedId } = data;
        if (replacedId === undefined) break;
        const attachedTo = { kind: "avatar", id: userId } as const;
        await this.#collect(
          { mediaId: replacedId, ownerId: userId, attachedTo },
          metadata.command_id,
        );
        break;
      }
      case "MediaDiscarded":
        await this.#library.release(data.hash);
    }
    return [];
  }

  async #collectOf(attachment: NonNullable<UnusedMedia["attachedTo"]>, causation: string) {
    for (const media of await this.#filmroll.queries.ask("GetAttachedMedia", attachment)) {
      await this.#collect(media, causation);
    }
  }

  async #collect(media: UnusedMedia, causation?: string): Promise<void> {
    await this.#filmroll.commands.execute("CollectMedia", media, {
      actor: null,
      ...(causation !== undefined && { causation }),
    });
  }
}

const HANDLED = ["PostDeleted", "StoryDeleted", "ProfileUpdated", "MediaDiscarded"] as const;

const notSwept = (error: unknown) => log("error", "Pictures were not swept", errorFacts(error));
