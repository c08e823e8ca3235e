import { SESSION_SECONDS } from "./accounts.ts";

/** Over https the name's prefix makes browsers hold the cookie to this host and to https. */
const nameFor = (publicUrl: string): string => isSecure(publicUrl) ? "__Host-filmroll" : "filmroll";

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith("https:");

export function readSessionCookie(headers: Headers, publicUrl: string): string | null {
  const cookies = headers.get("cookie");
  if (cookies === null) return null;
  const prefix = `${nameFor(publicUrl)}=`;
  for (const cookie of cookies.split(/;\s*/)) {
    if (cookie.startsWith(prefix)) return cookie.slice(prefix.length);
  }
  return null;
}

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
