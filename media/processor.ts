import { fileURLToPath } from "node:url";
import pLimit from "p-limit";
import { decodeAnswer } from "./answer.ts";
import { PictureRefused, PicturesOverloaded } from "./errors.ts";
import type { Picture, PictureFile } from "./picture.ts";

export interface ProcessOptions {
  /** Whether to cut the largest square out of its middle. */
  readonly square?: boolean;
}

/** A picture that is ready to be kept. */
export interface ProcessedPicture {
  readonly picture: Picture;
  /** In the order of `fileNamesOf`. */
  readonly files: readonly PictureFile[];
}

export interface PictureProcessorOptions {
  /** How many files are processed at a time; by default a core stays free, where there are two, and four are the most. */
  readonly parallel?: number;
  /** How many files may wait. */
  readonly longestQueue?: number;
  /** How long one file may take, in milliseconds. */
  readonly patience?: number;
}

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Each may take 750 MB, for the largest of the most compressed that is taken. */
const MOST_PARALLEL = 4;

/** A camera's photo takes half a second of a core; this is for one that many others press upon. */
const PATIENCE = 120_000;

/**
 * Makes pictures of files that people send, each in a process of its own: at low priority, without
 * our environment, network or files, and gone with all its memory when it is done.
 */
export class PictureProcessor {
  readonly #limit;
  readonly #longestQueue: number;
  readonly #patience: number;
  readonly #closing = new AbortController();

  constructor({
    parallel = Math.min(MOST_PARALLEL, Math.max(1, navigator.hardwareConcurrency - 1)),
    longestQueue = 100,
    patience = PATIENCE,
  }: PictureProcessorOptions = {}) {
    this.#limit = pLimit(parallel);
    this.#longestQueue = longestQueue;
    this.#patience = patience;
  }

  /**
   * Decodes a file to be sure that it is a picture, turns it upright, forgets all its metadata, and
   * encodes it in each of its sizes.
   *
   * @param path the file as it was sent; neither its name nor what it was said to be is asked
   * @throws PictureRefused, PicturesOverloaded
   */
  async process(path: string, options: ProcessOptions = {}): Promise<ProcessedPicture> {
    if (this.#limit.pendingCount >= this.#longestQueue) {
      throw new PicturesOverloaded();
    }
    const answer = await this.#limit(() => this.#inProcess(path, options));
    if (answer instanceof PictureRefused) throw answer;
    return answer;
  }

  /** Ends what is under way; it and what waits is rejected. */
  close(): void {
    this.#closing.abort(new Error("No more pictures are processed"));
  }

  async #inProcess(path: string, options: ProcessOptions) {
    const { signal: closing } = this.#closing;
    using file = await Deno.open(path);
    // From here to the start of the process nothing waits: a signal that is raised before would not end it.
    closing.throwIfAborted();
    const patience = AbortSignal.timeout(this.#patience);
    const program = [Deno.execPath(), "run", "-q", "-P=picture", "media/process_file.ts"];
    const child = new Deno.Command("nice", {
      args: [...program, JSON.stringify(options)],
      cwd: ROOT,
      clearEnv: true,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      signal: AbortSignal.any([closing, patience]),
    }).spawn();
    const [{ success, signal, stdout, stderr }] = await Promise.all([
      child.output(),
      // It may end before it has read all of the file; what it answers says why.
      file.readable.pipeTo(child.stdin).catch(() => {}),
    ]);
    if (success) return decodeAnswer(stdout);
    closing.throwIfAborted();
    if (patience.aborted) {
      return new PictureRefused("unreadable", "That picture takes too long to read");
    }
    if (signal !== null) {
      return new PictureRefused("unreadable", "That picture cannot be read; save it anew");
    }
    throw new Error(`A picture was not processed: ${new TextDecoder().decode(stderr)}`);
  }
}
