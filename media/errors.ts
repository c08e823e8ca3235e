/**
 * Why a file was refused.
 *
 * - `unreadable`: no picture of a kind that is taken, or a damaged one
 * - `too_large`: more pixels than {@linkcode LIMITS} allow
 * - `deceptive`: a picture that a browser could take for a page
 */
export const REFUSALS = ["unreadable", "too_large", "deceptive"] as const;

export type PictureRefusal = typeof REFUSALS[number];

/** A file that is not taken. Its message is shown to people as it is. */
export class PictureRefused extends Error {
  override readonly name = "PictureRefused";

  constructor(readonly refusal: PictureRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** More pictures wait to be processed than may. */
export class PicturesOverloaded extends Error {
  override readonly name = "PicturesOverloaded";

  /** When to try again, in seconds. */
  readonly retryAfter = 5;

  constructor() {
    super("Too many pictures at once; try again in a moment");
  }
}
