/**
 * What the page that a form leads to says of it, once. A cookie carries the notice there by its name
 * alone, so that nobody can put words of their own into a page.
 */
import { readCookie } from "./cookies.ts";

const NOTICES = {
  "post-deleted": "Post deleted",
  "comment-deleted": "Comment deleted",
  "story-deleted": "Story deleted",
  "profile-saved": "Profile saved",
  "password-set": "Password set; log in with it",
  "rebuild-begun": "The read models are being developed anew",
} as const;

export type NoticeName = keyof typeof NOTICES;

const COOKIE = "filmroll-notice";
const SECONDS = 30;

/** The text of the notice that a request carries, or null. */
export function readNotice(headers: Headers): string | null {
  const name = readCookie(headers, COOKIE);
  return name !== null && Object.hasOwn(NOTICES, name) ? NOTICES[name as NoticeName] : null;
}

/** The Set-Cookie value that carries a notice to the next page, or with null ends it. */
export const noticeCookie = (name: NoticeName | null): string =>
  `${COOKIE}=${name ?? ""}; Path=/; Max-Age=${name === null ? 0 : SECONDS}; HttpOnly; SameSite=Lax`;
