export const eventHref = (position: number): string => `/admin/film/${position}`;

/** @param version of which the stream is shown as it was then */
export const streamHref = (stream: string, version?: number): string =>
  `/admin/streams/${encodeURIComponent(stream)}${version === undefined ? "" : `?at=${version}`}`;
