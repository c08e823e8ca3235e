import { SESSION_SECONDS } from "./accounts.ts";
import { readCookie } from "./cookies.ts";

/** Over https the name's prefix makes browsers hold the cookie to this host and to https. */
const nameFor = (publicUrl: string): string => isSecure(publicUrl) ? "__Host-filmroll" : "filmroll";

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith("https:");

export const readSessionCookie = (headers: Headers, publicUrl: string): string | null =>
  readCookie(headers, nameFor(publicUrl));

/** The Set-Cookie value that keeps a session's secret, or with null forgets it. */
export function sessionCookie(secret: string | null, publicUrl: string): string {
  return [
    `${nameFor(publicUrl)}=${secret ?? ""}`,
    "Path=/",
    `Max-Age=${secret === null ? 0 : SESSION_SECONDS}`,
    "HttpOnly",
    "SameSite=Lax",
    ...(isSecure(publicUrl) ? ["Secure"] : []),
  ].join("; ");
}
