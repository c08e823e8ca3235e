/** Locks by name: who holds one lets the next of the same name wait. */
export interface Locks {
  /** Works once everybody who came before under this name has finished, whatever came of it. */
  hold<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

/** Locks of one program. */
export class LocalLocks implements Locks {
  readonly #last = new Map<string, Promise<unknown>>();

  async hold<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(name);
    const mine = before === undefined ? work() : before.then(work, work);
    this.#last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(name) === mine) this.#last.delete(name);
    }
  }
}
