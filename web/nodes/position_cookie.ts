/** What a browser has seen of the film: the position of the last command that was acknowledged to it. */

export const POSITION_COOKIE = "filmroll-position";

/** Kept as long as a session is at most; without it, everything is read as of now. */
const SECONDS = 30 * 24 * 60 * 60;

/** The Set-Cookie value. It is no secret: script raises it by what it hears live. */
export const positionCookie = (position: number, isSecure: boolean): string =>
  `${POSITION_COOKIE}=${position}; Path=/; Max-Age=${SECONDS}; SameSite=Lax${
    isSecure ? "; Secure" : ""
  }`;
