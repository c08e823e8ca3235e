import { LIMITS } from "../media/limits.ts";

/** What a browser tells of a file. */
export interface ChosenFile {
  readonly name: string;
  /** A media type; empty where the browser does not know the file's. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
}

const TYPES = ["jpeg", "png", "webp", "avif", "gif", "heic", "heif"];
/** Many browsers know no type for these. */
const EXTENSIONS = [".heic", ".heif"];
const MB = 1024 ** 2;

/** What file fields accept, as HTML has it. */
export const ACCEPTED = [...TYPES.map((type) => `image/${type}`), ...EXTENSIONS].join();

const MEGAPIXELS = LIMITS.pixels / 1e6;
const GB = 1024 ** 3;

/** The limits of a file, for people who are about to choose one. */
export const FILE_LIMITS = "JPEG, PNG, WebP, AVIF, GIF or HEIC of at most " +
  `${LIMITS.fileBytes / MB} MB and ${MEGAPIXELS} megapixels`;

/** The limits of several, and of all that one keeps. */
export const ALL_LIMITS = `${FILE_LIMITS} each; ${LIMITS.accountBytes / GB} GB in all`;

/** Why a file needs no sending, as a sentence; null if it may be taken. The server looks into it. */
export function refusalOf({ name, type, size }: ChosenFile): string | null {
  const accepted = TYPES.some((one) => type === `image/${one}`) ||
    (type === "" && EXTENSIONS.some((one) => name.toLowerCase().endsWith(one)));
  if (!accepted) return `This is no picture that we can read. Choose a ${FILE_LIMITS}.`;
  if (size === 0) return "This file is empty.";
  if (size <= LIMITS.fileBytes) return null;
  const megabytes = Math.ceil(size / MB * 10) / 10;
  return `This file has ${megabytes} MB; a picture may have at most ${LIMITS.fileBytes / MB} MB.`;
}
