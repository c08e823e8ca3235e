/** The value of a cookie that a request carries, or null. */
export function readCookie(headers: Headers, name: string): string | null {
  const cookies = headers.get("cookie");
  if (cookies === null) return null;
  const prefix = `${name}=`;
  for (const cookie of cookies.split(/;\s*/)) {
    if (cookie.startsWith(prefix)) return cookie.slice(prefix.length);
  }
  return null;
}
