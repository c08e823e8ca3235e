import type { Connection } from "../../domain/event_store/postgres/connection.ts";
import { errorFacts, log } from "../log.ts";
import type { LiveMessage } from "../live/events.ts";

/** What somebody is told who looks at that moment: nothing of it is recorded. */
export interface Note {
  readonly userId: number;
  readonly message: LiveMessage;
}

/** Carries notes to every node, the sender's own among them; some may be lost. */
export interface Relay {
  send(note: Note): void;
  /** Calls back for each note; answers how to stop. */
  onNote(listener: (note: Note) => void): () => void;
}

/** The relay of a program that is the only one. */
export class LocalRelay implements Relay {
  readonly #listeners = new Set<(note: Note) => void>();

  send(note: Note): void {
    for (const listener of this.#listeners) listener(note);
  }

  onNote(listener: (note: Note) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const CHANNEL = "filmroll_note";

/** The relay of several nodes: what PostgreSQL notifies of. */
export class PostgresRelay extends LocalRelay {
  readonly #sql: Connection;

  private constructor(sql: Connection) {
    super();
    this.#sql = sql;
  }

  /** Listens on a connection of its own, and again when that ends. */
  static async open(sql: Connection): Promise<PostgresRelay> {
    const relay = new PostgresRelay(sql);
    await sql.listen(CHANNEL, (payload) => relay.#hear(payload));
    return relay;
  }

  override send(note: Note): void {
    this.#sql.notify(CHANNEL, JSON.stringify(note)).catch((error) =>
      log("debug", "A note was lost", errorFacts(error))
    );
  }

  #hear(payload: string): void {
    super.send(JSON.parse(payload));
  }
}
