/** What an event keeps of a picture that it shows: its files follow from the hash and the width. */
export interface ImageFacts {
  readonly mediaId: number;
  /** SHA-256 in hexadecimal: the picture's folder. */
  readonly hash: string;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** A thumbhash, in base64. */
  readonly placeholder: string;
  readonly animated: boolean;
  /** What it shows, for those who cannot see it; empty where nobody said. */
  readonly alt: string;
}
