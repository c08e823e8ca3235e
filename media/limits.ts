/** The limits of pictures: shown to people before they choose, and enforced. */
export const LIMITS = {
  /** Bytes of a file that is sent. */
  fileBytes: 20 * 1024 ** 2,
  /** Pixels of a picture, or of all frames of an animation together. */
  pixels: 50_000_000,
  /** Pictures of a post. */
  picturesPerPost: 10,
  /** Bytes of all files that are kept for an account. */
  accountBytes: 2 * 1024 ** 3,
  /** Characters of a picture's alternative text. */
  altLength: 1000,
} as const;
