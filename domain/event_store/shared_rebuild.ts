import type { RebuildProgress } from "./event_store.ts";

type Told = (progress: RebuildProgress) => void;

/** One rebuild at a time: who asks for another while it is under way waits for the same. */
export class SharedRebuild {
  readonly #told = new Set<Told>();
  #running: Promise<void> | null = null;
  #progress: RebuildProgress | null = null;

  /** How far it is; null while there is none. */
  get progress(): RebuildProgress | null {
    return this.#progress;
  }

  /**
   * Begins it, unless it is under way.
   *
   * @param onProgress told from now on
   * @param rebuild is to call back with how far it is
   */
  join(onProgress: Told | undefined, rebuild: (tell: Told) => Promise<void>): Promise<void> {
    if (onProgress !== undefined) this.#told.add(onProgress);
    return this.#running ??= rebuild((progress) => this.#tell(progress)).finally(() => {
      this.#running = null;
      this.#progress = null;
      this.#told.clear();
    });
  }

  /** Resolves when none is under way, whatever came of it. */
  async settled(): Promise<void> {
    await this.#running?.catch(() => {});
  }

  #tell(progress: RebuildProgress): void {
    this.#progress = progress;
    for (const told of this.#told) told(progress);
  }
}
