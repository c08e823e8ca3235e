import type { ByteRange } from "../media/storage.ts";

/**
 * The one part of a file that a GET asks for (RFC 9110, 14.2); undefined where all of it is to be
 * sent: nothing or several parts are asked for, or a part of another version than `etag`.
 */
export function rangeOf({ method, headers }: Request, etag: string): ByteRange | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(headers.get("range")?.trim() ?? "");
  const condition = headers.get("if-range");
  if (match === null || method !== "GET" || (condition !== null && condition !== etag)) return;
  const [, first, last] = match;
  if (first === "") return last === "" ? undefined : { suffix: Number(last) };
  if (last === "") return { first: Number(first) };
  return Number(last) < Number(first) ? undefined : { first: Number(first), last: Number(last) };
}
