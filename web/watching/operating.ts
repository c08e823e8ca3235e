import { schemaOf, streamsOf } from "../../domain/core/bus.ts";
import type { RecordedEvent } from "../../domain/core/event.ts";
import { browse, type Browsing, type FilmPage } from "../../domain/event_store/browse.ts";
import type { EventStore, FilmFilter, StoreStatus } from "../../domain/event_store/event_store.ts";
import { contexts, stateOfStream, withoutPersonal } from "../../domain/mod.ts";
import { errorFacts, log } from "../log.ts";

export type { StoreStatus };

const schema = schemaOf(contexts);

type Store = Pick<EventStore, "find" | "head" | "rebuild" | "status" | "stream">;

/** A stream as it was after one of its versions. */
export interface StreamAt {
  /** All of its events, oldest first. */
  readonly events: readonly RecordedEvent[];
  readonly version: number;
  /** What the events up to that version add up to; undefined where no decision reads it. */
  readonly state: unknown;
}

/** A read model, and which version of it the tables are. */
export interface ReadModelInfo {
  readonly name: string;
  readonly version: number;
  readonly tables: readonly string[];
}

/**
 * What the operator's pages show and do. What is personal is masked, unless it is asked for; then the
 * log says who asked.
 */
export class Operating {
  readonly #store: Store;
  readonly readModels: readonly ReadModelInfo[] = Object.entries(schema.readModels)
    .map(([name, { version, tables }]) => ({ name, version, tables }));

  readonly eventTypes: readonly string[] = [...streamsOf(contexts).keys()].sort();

  constructor(store: Store) {
    this.#store = store;
  }

  status(): Promise<StoreStatus> {
    return this.#store.status();
  }

  async film(filter: FilmFilter, browsing: Browsing): Promise<FilmPage> {
    const { events, next } = await browse(this.#store, filter, browsing);
    return { events: events.map(withoutPersonal), next };
  }

  /** @param revealedTo who is shown what is personal, too; null masks it */
  async event(position: number, revealedTo: number | null): Promise<RecordedEvent | null> {
    const [event] = await this.#store.find({}, {
      first: position,
      last: position,
      newestFirst: false,
      limit: 1,
    });
    if (event === undefined) return null;
    return this.#show([event], revealedTo, `event ${position}`)[0]!;
  }

  /** A stream after its event of a version, or as it is now; null where there is no such stream. */
  async stream(
    name: string,
    { at, revealedTo }: { at: number | null; revealedTo: number | null },
  ): Promise<StreamAt | null> {
    const all = await this.#store.stream(name);
    if (all.length === 0) return null;
    const events = this.#show(all, revealedTo, `stream ${name}`);
    const version = Math.min(Math.max(at ?? events.length, 1), events.length);
    return { events, version, state: stateOfStream(name, events.slice(0, version)) };
  }

  /** Begins to develop all read models anew; how far that is, the status says. */
  rebuild(): void {
    this.#store.rebuild().catch((error) => log("error", "Rebuilding failed", errorFacts(error)));
  }

  /** Whether anything of an event's data is personal. */
  hasPersonal({ type }: RecordedEvent): boolean {
    return schema.personal[type] !== undefined;
  }

  #show(events: readonly RecordedEvent[], to: number | null, what: string): RecordedEvent[] {
    if (to === null) return events.map(withoutPersonal);
    log("warn", "Personal data of the film was revealed", { to, what });
    return [...events];
  }
}
