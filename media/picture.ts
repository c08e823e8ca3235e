/** What a picture is once it has been processed: a set of files, named by their content. */

/** What is kept of a picture beside its files, which follow from it. */
export interface Picture {
  /** SHA-256 of its largest WebP file, in hexadecimal: the same picture is the same folder. */
  readonly hash: string;
  /** In pixels, of its largest files. */
  readonly width: number;
  /** In pixels, of its largest files. */
  readonly height: number;
  /** A thumbhash (https://evanw.github.io/thumbhash/), in base64. */
  readonly placeholder: string;
  /** Whether its WebP files move; its JPEG files are the first frame. */
  readonly animated: boolean;
  /** Of all its files. */
  readonly bytes: number;
}

export const FORMATS = ["webp", "jpg"] as const;

export type Format = typeof FORMATS[number];

/** A file of a picture, like `640.webp`. */
export type FileName = `${number}.${Format}`;

/** A file of a picture with its content. */
export interface PictureFile {
  readonly name: FileName;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const WIDTHS = [320, 640, 1080, 1440] as const;

/** The width of the widest file that any picture has, in pixels. */
export const MAX_WIDTH = WIDTHS[3];

/** The widths of the files of a picture of the given width, smallest first: it is never enlarged. */
export function widthsOf(width: number): number[] {
  const widest = Math.min(width, MAX_WIDTH);
  return [...WIDTHS.filter((one) => one < widest), widest];
}

export const fileName = (width: number, format: Format): FileName => `${width}.${format}`;

/** All files of a picture of the given width. */
export function fileNamesOf(width: number): FileName[] {
  return widthsOf(width).flatMap((one) => FORMATS.map((format) => fileName(one, format)));
}

const HASH = /^[0-9a-f]{64}$/;
const FILE_NAME = /^[1-9]\d{0,3}\.(webp|jpg)$/;

export const isHash = (text: string): boolean => HASH.test(text);

export const isFileName = (text: string): text is FileName => FILE_NAME.test(text);
