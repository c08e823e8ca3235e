/** Somebody who listens to `/live` through a proxy, and comes again whenever the stream breaks. */
import { setTimeout } from "node:timers/promises";
import { type Heard, listen, type LiveReader } from "../support/live.ts";

/** As the server tells browsers, but sooner. */
const RETRY_AFTER = 100;

export class Listener implements AsyncDisposable {
  readonly #address: string;
  readonly #token: string;
  readonly #heard: Heard[] = [];
  readonly #listening: Promise<void>;
  #lastId: number | null = null;
  #reader: LiveReader | null = null;
  #isOver = false;
  #streams = 0;

  constructor(origin: string, token: string) {
    this.#address = `${origin}/live`;
    this.#token = token;
    this.#listening = this.#listen();
  }

  /** Everything heard so far that is recorded. */
  get heard(): readonly Heard[] {
    return this.#heard;
  }

  /** The last position that it knows to have heard of everything up to; null before it listens. */
  get position(): number | null {
    return this.#reader?.lastId ?? this.#lastId;
  }

  /** How many streams it has opened. */
  get streams(): number {
    return this.#streams;
  }

  async #listen(): Promise<void> {
    while (!this.#isOver) {
      const headers = {
        authorization: `Bearer ${this.#token}`,
        ...(this.#lastId !== null && { "last-event-id": String(this.#lastId) }),
      };
      this.#reader = await listen(this.#address, headers).catch(() => null);
      if (this.#reader?.status === 200) {
        this.#streams++;
        await this.#reader.ended;
        this.#lastId = this.#reader.lastId ?? this.#lastId;
        this.#heard.push(...this.#reader.heard.filter(({ id }) => id !== null));
      }
      if (!this.#isOver) await setTimeout(RETRY_AFTER);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await this.#reader?.[Symbol.asyncDispose]();
    await this.#listening;
  }
}
