import { LIMITS } from "../media/limits.ts";
import { type Body, readBody } from "./body.ts";
import { type FileRules, removeFiles } from "./multipart.ts";
import { PHOTO_FIELD, type Photos } from "./media/photos.ts";
import { LoginRequired } from "./problem.ts";
import type { Limited } from "./rate_limit.ts";
import type { Ctx } from "./state.ts";

/** What files a route takes: one of a field, also from programs, or pictures of a form. */
export interface TakesFiles {
  readonly file?: string | undefined;
  /** The largest file, in bytes; that of a picture unless said otherwise. */
  readonly fileBytes?: number | undefined;
  readonly fileAllowance?: Limited | undefined;
  readonly photos?: Photos | undefined;
}

/**
 * The body of a request: read when it is first asked for, and once. Its files are there until the
 * request is answered.
 */
export class Received implements AsyncDisposable {
  /** Ids of the form's pictures that are kept by now. */
  media: readonly number[] = [];

  readonly #ctx: Ctx;
  readonly #takes: TakesFiles;
  #body: Promise<Body> | undefined;

  constructor(ctx: Ctx, takes: TakesFiles = {}) {
    this.#ctx = ctx;
    this.#takes = takes;
  }

  body(): Promise<Body> {
    return this.#body ??= this.#read();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const body = await this.#body?.catch(() => undefined);
    if (body?.kind === "form") await removeFiles(body.files);
  }

  async #read(): Promise<Body> {
    const { req, state: { wants } } = this.#ctx;
    const { file } = this.#takes;
    const forms = wants === "html";
    return await readBody(req, {
      json: forms || file === undefined,
      forms,
      files: forms || file !== undefined ? await this.#fileRules() : undefined,
    });
  }

  async #fileRules(): Promise<FileRules | undefined> {
    const { file, fileAllowance, fileBytes = LIMITS.fileBytes, photos } = this.#takes;
    if (file === undefined && photos === undefined) return undefined;
    const { req, state: { caller, limiter, uploadsDir, wants } } = this.#ctx;
    // A stranger's files are not even read, nor are those of who brings too many.
    if (caller === null) throw new LoginRequired();
    // The same route's other forms, which can bring none, take nothing.
    const canBring = /^multipart\/form-data/i.test(req.headers.get("content-type") ?? "");
    if (canBring && fileAllowance !== undefined) await limiter.take(fileAllowance, caller.id);
    return {
      ...(file === undefined
        ? { field: PHOTO_FIELD, most: photos?.most ?? LIMITS.picturesPerPost }
        : { field: file, most: 1 }),
      fileBytes,
      folder: uploadsDir,
      lenient: wants === "html",
    };
  }
}
