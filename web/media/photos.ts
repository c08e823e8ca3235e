import type { Sender } from "../../domain/core/bus.ts";
import { uuidOf } from "../../domain/core/id.ts";
import { PictureRefused } from "../../media/errors.ts";
import { LIMITS } from "../../media/limits.ts";
import type { Form } from "../body.ts";
import { fileTooLarge, type ReceivedFile } from "../multipart.ts";
import { answerTo, type FieldError, InvalidInput } from "../problem.ts";
import { AltText, IdText, type Media } from "../schemas.ts";
import type { Ctx } from "../state.ts";

/**
 * The pictures that a form may bring: as files of its field `photo`, each with what it shows in an
 * `alt` at the same place, or as `media`, the ids of what is kept already.
 */
export interface Photos {
  readonly most: number;
  /** Whether to cut the largest square out of the middle of each. */
  readonly square?: boolean;
}

export const PHOTO_FIELD = "photo";

export interface KeptPhotos {
  /** Ids of what is kept: what was already, then what came with the form. */
  readonly media: readonly number[];
  /** What is wrong with the others. */
  readonly errors: readonly FieldError[];
}

/** Keeps the pictures that came with a form. */
export async function keepPhotos(
  ctx: Ctx,
  { most, square = false }: Photos,
  { lists, files }: Form,
  sender: Sender,
): Promise<KeptPhotos> {
  const already = (lists.media ?? []).flatMap((text) => IdText.safeParse(text).data ?? []);
  // Where there can be one, the one that was chosen last counts.
  if (most > 1 && already.length + files.length > most) {
    const message = `Must be at most ${most} pictures`;
    return { media: already, errors: [{ path: PHOTO_FIELD, message }] };
  }
  const settled = await Promise.allSettled(files.map(async (file) => {
    const { place } = file;
    const commandId = sender.commandId && uuidOf(sender.commandId, PHOTO_FIELD, String(place));
    const alt = altOf(lists.alt?.[place]);
    return await keepPicture(ctx, PHOTO_FIELD, file, { alt, square }, { ...sender, commandId });
  }));
  const media = [...already];
  const errors: FieldError[] = [];
  for (const [index, one] of settled.entries()) {
    if (one.status === "fulfilled") media.push(one.value);
    else errors.push(...errorsOf(one.reason, most === 1 ? null : files[index]!.name));
  }
  return { media, errors };
}

function altOf(text: string | undefined): string {
  const parsed = AltText.safeParse(text ?? "");
  if (parsed.success) return parsed.data;
  throw new InvalidInput(parsed.error.issues.map(({ message }) => ({ path: "alt", message })));
}

/** What a picture was refused for, with its name where there may be several. */
function errorsOf(reason: unknown, name: string | null): readonly FieldError[] {
  const { problem: { status, detail, errors = [{ path: PHOTO_FIELD, message: detail }] } } =
    answerTo(reason);
  if (status === 500) throw reason;
  if (name === null) return errors;
  return errors.map(({ path, message }) => ({ path, message: `${name}: ${message}` }));
}

/**
 * Makes a picture of a file and keeps it as the caller's; answers its id.
 *
 * @throws InvalidInput naming the field if it is no picture
 * @throws TooManyRequests, PicturesOverloaded, DomainError
 */
export async function keepPicture(
  { state: { caller, limiter, pictures } }: Ctx,
  field: string,
  { path, sha256 }: ReceivedFile,
  { alt, square }: { readonly alt: string; readonly square: boolean },
  sender: Sender,
): Promise<number> {
  if (sha256 === null) {
    throw new InvalidInput([{ path: field, message: fileTooLarge(LIMITS.fileBytes) }]);
  }
  await limiter.take("upload", caller!.id);
  try {
    return await pictures.keep(path, { by: caller!.id, alt, square }, sender);
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error;
    throw new InvalidInput([{ path: field, message: error.message }]);
  }
}

/** The pictures of a form that are kept, to be shown with it again. */
export async function keptPhotos(
  { state: { caller, filmroll: { queries } } }: Ctx,
  media: readonly number[],
): Promise<Media[]> {
  const found = await Promise.all(
    media.map((id) => queries.ask("GetMedia", { id, viewer: caller!.id })),
  );
  return found.filter((one) => one !== null);
}
