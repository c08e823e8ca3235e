/**
 * Which part of the film's past whoever asks has seen. With copies of the database that are a moment
 * behind, their questions go where that is known already: people see what they just did.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** From where on the film whoever asks reads: rows as of that position, or later. */
export class ReadPosition {
  #after: number | undefined;
  #committed: number | null = null;

  /** @param after undefined where it is not known: then rows are as of now */
  constructor(after: number | undefined) {
    this.#after = after;
  }

  get after(): number | undefined {
    return this.#after;
  }

  /** Where the last command recorded that was acknowledged while this was read from; null if none. */
  get committed(): number | null {
    return this.#committed;
  }

  /** Takes note of a command that was acknowledged. */
  reach(position: number): void {
    this.#committed = Math.max(this.#committed ?? 0, position);
    if (this.#after !== undefined) this.#after = Math.max(this.#after, position);
  }
}

const current = new AsyncLocalStorage<ReadPosition>();

/** Does `work`; what it asks, and whatever it begins, is read from a position. */
export const readingFrom = <Result>(position: ReadPosition, work: () => Result): Result =>
  current.run(position, work);

/** What is read from here; undefined where nobody says, which is as of now. */
export const readPosition = (): ReadPosition | undefined => current.getStore();
