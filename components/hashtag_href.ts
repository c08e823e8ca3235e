/** The page of a hashtag, by its normalised name. */
export const hashtagHref = (name: string): string =>
  `/search/posts/hashtag/${encodeURIComponent(name)}`;
