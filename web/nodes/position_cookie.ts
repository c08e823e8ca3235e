/** What a browser has seen of the film: the position of the last command that was acknowledged to it. */

export const POSITION_COOKIE = "filmroll-position";

/**
 * The Set-Cookie value, kept as long as a session: without it everything is read as of now. It is no
 * secret, and script raises it by what it hears live.
 */
export const positionCookie = (position: number): string =>
  `${POSITION_COOKIE}=${position}; Path=/; Max-Age=2592000; SameSite=Lax`;
