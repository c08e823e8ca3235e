/** What a request's answer shall be: `/api/…` is JSON; elsewhere the request decides. */
export function wantedType(pathname: string, headers: Headers): "html" | "json" {
  if (pathname.startsWith("/api/")) return "json";
  const accept = headers.get("accept");
  if (accept === null || accept === "*/*") {
    return headers.get("content-type")?.startsWith("application/json") ? "json" : "html";
  }
  const html = quality(accept, "text/html");
  const json = quality(accept, "application/json");
  return json > html ? "json" : "html";
}

/** The weight that an Accept header gives to a type (RFC 9110, section 12.5.1); 0 if it is refused. */
function quality(accept: string, type: string): number {
  const [group] = type.split("/");
  const precedence = [type, `${group}/*`, "*/*"];
  let best = { rank: precedence.length, weight: 0 };
  for (const part of accept.split(",")) {
    const [range, ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    const rank = precedence.indexOf(range!);
    if (rank === -1 || rank >= best.rank) continue;
    const q = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    best = { rank, weight: q === undefined ? 1 : Number(q) || 0 };
  }
  return best.weight;
}
