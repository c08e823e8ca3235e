import pLimit from "p-limit";
import { DomainError } from "../../domain/core/errors.ts";
import { uuidOf } from "../../domain/core/id.ts";
import { persist } from "../../domain/core/persist.ts";
import { ConcurrencyError, StoreOverloaded } from "../../domain/event_store/event_store.ts";
import type { Clock } from "../../domain/core/clock.ts";
import type { UnfinishedImport } from "../../domain/import/queries.ts";
import type { Filmroll } from "../../domain/mod.ts";
import { PictureRefused, PicturesOverloaded } from "../../media/errors.ts";
import { LIMITS } from "../../media/limits.ts";
import { StorageUnavailable } from "../../media/storage.ts";
import { removeIfThere } from "../../media/temporary.ts";
import { faultOf } from "../faults.ts";
import { errorFacts, log } from "../log.ts";
import type { MediaLibrary } from "../media/library.ts";
import { AltText, PictureUrl, POST_LENGTH } from "../schemas.ts";
import type { Archive, ArchivePicture, ArchivePost } from "./archive.ts";
import { archiveAt } from "./reader.ts";
import { ArchiveRefused, ZipFile } from "./zip_file.ts";

/** The largest archive that is taken, in bytes. */
export const LARGEST_ARCHIVE = 4 * 1024 ** 3;

/** Archives that are taken over side by side; the others wait. What an archive says is in memory. */
const SIDE_BY_SIDE = 2;

/** How often is recorded how far an import is: after so many milliseconds or posts. */
const ADVANCE_MS = 500;
const ADVANCE_POSTS = 20;

const CLOSED = "The account was closed";
const LOST = "The archive was lost; send it again";

export interface ImporterOptions {
  readonly filmroll: Filmroll;
  readonly pictures: Pick<MediaLibrary, "keep">;
  /** Where archives are kept until they are taken over. */
  readonly folder: string;
  readonly clock: Clock;
  /**
   * How long an import whose archive is not here may say nothing, in milliseconds, before the archive
   * counts as lost: it may be on another node.
   */
  readonly patience: number;
}

/**
 * Takes archives over in the background, post by post in their order. Each command's id follows
 * from the post, so whatever is done twice, after a crash or by bringing the archive again, acts once.
 */
export class Importer {
  readonly #filmroll: Filmroll;
  readonly #pictures: ImporterOptions["pictures"];
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #patience: number;
  readonly #stopping = new AbortController();
  readonly #running = new Map<number, Promise<void>>();
  readonly #looking = pLimit(1);
  readonly #turns = pLimit(SIDE_BY_SIDE);
  /** Imports that have begun, and whose archives are not yet where they are kept. */
  #taking = 0;

  constructor({ filmroll, pictures, folder, clock, patience }: ImporterOptions) {
    this.#filmroll = filmroll;
    this.#pictures = pictures;
    this.#folder = folder;
    this.#clock = clock;
    this.#patience = patience;
  }

  /** Goes on with what was under way here when the program ended. */
  async resume(): Promise<void> {
    Deno.mkdirSync(this.#folder, { recursive: true });
    const unfinished = await this.#unfinished();
    const kept = new Set(unfinished.map(({ id }) => `${id}.zip`));
    for (const { name } of Deno.readDirSync(this.#folder)) {
      if (!kept.has(name)) Deno.removeSync(`${this.#folder}/${name}`);
    }
    for (const one of unfinished) if (this.#isHere(one)) this.#begin(one);
  }

  /** Ends the imports whose archives are nowhere. */
  async endLost(): Promise<void> {
    if (this.#taking > 0) return;
    const before = new Date(this.#clock().getTime() - this.#patience).toISOString();
    for (const one of await this.#unfinished()) {
      const { id: importId, user_id: by, done, skipped, advanced_at } = one;
      if (this.#running.has(importId) || this.#isHere(one) || advanced_at > before) continue;
      const ending = { by, importId, done, skipped, problem: LOST };
      await this.#filmroll.commands.execute("EndImport", ending, { actor: by });
    }
  }

  #unfinished(): Promise<UnfinishedImport[]> {
    return this.#filmroll.queries.ask("GetUnfinishedImports", {});
  }

  #isHere({ id }: UnfinishedImport): boolean {
    return isFile(this.#pathOf(id));
  }

  /**
   * Begins to take over an archive, which it moves away, and answers the import's id.
   *
   * @throws ArchiveRefused, and what the command `StartImport` is refused with
   */
  async take(path: string, by: number, commandId?: string): Promise<number> {
    const { source, total } = await this.#looking(() => lookedThrough(path));
    const { commands } = this.#filmroll;
    this.#taking++;
    try {
      const { importId } = await commands.execute(
        "StartImport",
        { by, source, total },
        { actor: by, commandId },
      );
      // A request that comes again finds it under way.
      if (!this.#running.has(importId)) {
        await Deno.rename(path, this.#pathOf(importId));
        this.#begin({ id: importId, user_id: by, done: 0, skipped: 0 });
      }
      return importId;
    } finally {
      this.#taking--;
    }
  }

  /** Resolves when nothing is under way. */
  async caughtUp(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  /** Ends after the post under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.caughtUp();
  }

  #begin(one: Pick<UnfinishedImport, "id" | "user_id" | "done" | "skipped">): void {
    const run = new Run(this.#filmroll, this.#pictures, this.#stopping.signal, {
      importId: one.id,
      by: one.user_id,
      path: this.#pathOf(one.id),
    }, one);
    const running = this.#turns(() => run.toTheEnd())
      .catch((error) => log("error", "An import failed", errorFacts(error)))
      .finally(() => this.#running.delete(one.id));
    this.#running.set(one.id, running);
  }

  #pathOf(importId: number): string {
    return `${this.#folder}/${importId}.zip`;
  }
}

interface Task {
  readonly importId: number;
  readonly by: number;
  readonly path: string;
}

/** One import, from where it was to its end. */
class Run {
  readonly #filmroll: Filmroll;
  readonly #pictures: ImporterOptions["pictures"];
  readonly #signal: AbortSignal;
  readonly #task: Task;
  #done: number;
  #skipped: number;
  #advancedAt = 0;
  #sinceAdvance = 0;

  constructor(
    filmroll: Filmroll,
    pictures: ImporterOptions["pictures"],
    signal: AbortSignal,
    task: Task,
    { done, skipped }: { readonly done: number; readonly skipped: number },
  ) {
    this.#filmroll = filmroll;
    this.#pictures = pictures;
    this.#signal = signal;
    this.#task = task;
    this.#done = done;
    this.#skipped = skipped;
  }

  /** Answers also where the program ends meanwhile; then the archive is kept for the next time. */
  async toTheEnd(): Promise<void> {
    if (this.#signal.aborted) return;
    const problem = await this.#takeOver().catch(problemOf);
    if (this.#signal.aborted) return;
    const { importId, by, path } = this.#task;
    await this.#persist(() =>
      this.#filmroll.commands.execute(
        "EndImport",
        { by, importId, done: this.#done, skipped: this.#skipped, problem },
        { actor: by },
      )
    );
    if (!this.#signal.aborted) await removeIfThere(path);
  }

  async #takeOver(): Promise<null> {
    await using zip = await ZipFile.open(this.#task.path);
    const archive = await archiveAt(this.#task.path);
    await this.#fillProfile(archive);
    for (const post of archive.posts.slice(this.#done + this.#skipped)) {
      if (!await this.#goesOn()) return null;
      const taken = await this.#persist(() => this.#takePost(zip, post));
      if (this.#signal.aborted) return null;
      if (taken) this.#done++;
      else this.#skipped++;
      this.#sinceAdvance++;
    }
    return null;
  }

  /** Whether the person still wants it, asked and told how far it is now and then. */
  async #goesOn(): Promise<boolean> {
    if (this.#signal.aborted) return false;
    const isDue = performance.now() - this.#advancedAt > ADVANCE_MS ||
      this.#sinceAdvance >= ADVANCE_POSTS;
    if (!isDue) return true;
    this.#advancedAt = performance.now();
    this.#sinceAdvance = 0;
    const { importId, by } = this.#task;
    const caller = await this.#persist(() => this.#filmroll.queries.ask("GetCaller", { id: by }));
    if (caller === null || caller?.isSuspended) throw new ArchiveRefused(CLOSED);
    const advanced = await this.#persist(() =>
      this.#filmroll.commands.execute(
        "AdvanceImport",
        { by, importId, done: this.#done, skipped: this.#skipped },
        { actor: by },
      )
    );
    return advanced?.goesOn ?? false;
  }

  /** What somebody has not said of themselves here is what they said there. */
  async #fillProfile({ profile, posts: [first] }: Archive): Promise<void> {
    const { by } = this.#task;
    if (profile === null || this.#done + this.#skipped > 0) return;
    await this.#persist(async () => {
      const user = await this.#filmroll.queries.ask("GetUserById", { id: by, viewer: by });
      const { fullName, bio } = profile;
      const changes = {
        ...(!user?.full_name && fullName && { fullName: fullName.slice(0, 100) }),
        ...(!user?.bio && bio && { bio: bio.slice(0, 500) }),
      };
      if (user === null || Object.keys(changes).length === 0) return;
      const commandId = uuidOf("import", String(by), "profile", first?.key ?? "");
      const sender = { actor: by, commandId };
      await this.#filmroll.commands.execute("UpdateUser", { by, changes }, sender);
    });
  }

  /** Answers whether there is anything to show of a post. */
  async #takePost(zip: ZipFile, post: ArchivePost): Promise<boolean> {
    const { by } = this.#task;
    const media: number[] = [];
    let linked: string | null = null;
    for (const [index, picture] of post.pictures.slice(0, LIMITS.picturesPerPost).entries()) {
      if ("url" in picture) {
        linked ??= PictureUrl.safeParse(picture.url).data ?? null;
        continue;
      }
      const commandId = uuidOf("import", String(by), post.key, String(index));
      const id = await this.#keepPicture(zip, picture, commandId);
      if (id !== null) media.push(id);
    }
    const content = shortened(post.content);
    if (content === null && linked === null && media.length === 0) return false;
    try {
      await this.#filmroll.commands.execute("CreatePost", {
        by,
        content,
        imageUrl: linked,
        media,
        ...(post.postedAt !== null && { originallyPostedAt: post.postedAt }),
      }, { actor: by, commandId: uuidOf("import", String(by), post.key) });
      return true;
    } catch (error) {
      // Its pictures were kept before a stop of a day or longer, and let go since.
      if (error instanceof DomainError && error.refusal === "invalid") return false;
      throw error;
    }
  }

  /** Keeps a picture of the archive, or answers null where it has none that is one. */
  async #keepPicture(
    zip: ZipFile,
    { file, alt }: ArchivePicture & { readonly file: string },
    commandId: string,
  ): Promise<number | null> {
    const { by, path } = this.#task;
    const extracted = `${path}.picture`;
    try {
      if (!await zip.extract(file, extracted, LIMITS.fileBytes)) return null;
      const sender = { actor: by, commandId };
      const described = AltText.safeParse(alt).data ?? "";
      return await this.#pictures.keep(extracted, { by, alt: described, square: false }, sender);
    } catch (error) {
      if (error instanceof PictureRefused || error instanceof ArchiveRefused) return null;
      throw error;
    } finally {
      await removeIfThere(extracted);
    }
  }

  /** Tries again what fails for a reason that passes. */
  #persist<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    return persist(work, this.#signal, (error) => {
      if (!this.#signal.aborted && !passes(error)) throw error;
    });
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** What an archive is, once it is known that it can be taken over. */
async function lookedThrough(path: string) {
  const { source, posts } = await archiveAt(path);
  if (posts.length === 0) throw new ArchiveRefused("There are no posts in this archive");
  return { source, total: posts.length };
}

/** Why an import cannot go on, for its owner. */
function problemOf(error: unknown): string {
  if (error instanceof DomainError && error.refusal === "not_found") return CLOSED;
  if (error instanceof ArchiveRefused || error instanceof DomainError) return error.message;
  if (error instanceof Deno.errors.NotFound) return LOST;
  log("error", "An import failed", errorFacts(error));
  return "Something went wrong on our side; send it again to go on where it stopped";
}

const passes = (error: unknown): boolean =>
  faultOf(error) !== null || error instanceof StoreOverloaded ||
  error instanceof ConcurrencyError || error instanceof PicturesOverloaded ||
  error instanceof StorageUnavailable;

/** Text that a post takes: longer text is cut. */
function shortened(text: string | null): string | null {
  const characters = [...(text ?? "").toWellFormed().replaceAll("\0", "").trim()];
  if (characters.length === 0) return null;
  if (characters.length <= POST_LENGTH) return characters.join("");
  return `${characters.slice(0, POST_LENGTH - 1).join("")}…`;
}
