/**
 * Why a file was refused.
 *
 * - `unreadable`: no picture of a kind that is taken, or one that is damaged
 * - `too_large`: more pixels than {@linkcode LIMITS} allow, or a side longer than can be encoded
 */
export type PictureRefusal = "unreadable" | "too_large";

/** A file that is not taken. Its message is shown to people as it is. */
export class PictureRefused extends Error {
  override readonly name = "PictureRefused";

  constructor(readonly refusal: PictureRefusal, message: string) {
    super(message);
  }
}

/** More pictures wait to be processed than may. */
export class PicturesOverloaded extends Error {
  override readonly name = "PicturesOverloaded";

  constructor(
    /** When to try again, in seconds. */
    readonly retryAfter: number,
  ) {
    super("Too many pictures at once; try again in a moment");
  }
}
