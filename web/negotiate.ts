/** Found in the text of the address, since parsing it costs more than everything else here. */
const BELOW_API = /^\w+:\/\/[^/]*\/+api\//;

/** Pictures are shown in pages, and a page about an error could not be. */
const BELOW_MEDIA = /^\w+:\/\/[^/]*\/+media\//;

/** What a request's answer shall be: `/api/…` is JSON, and so is `/media/…`; elsewhere the request decides. */
export function wantedType(url: string, headers: Headers): "html" | "json" {
  if (BELOW_API.test(url) || BELOW_MEDIA.test(url)) return "json";
  const accept = headers.get("accept");
  if (accept === null || accept === "*/*") {
    return headers.get("content-type")?.startsWith("application/json") ? "json" : "html";
  }
  const html = preference(accept, "text/html");
  const json = preference(accept, "application/json");
  if (json.weight !== html.weight) return json.weight > html.weight ? "json" : "html";
  return json.rank < html.rank ? "json" : "html";
}

/** Whether a client takes gzip. */
export const takesGzip = (headers: Headers): boolean => {
  const accept = headers.get("accept-encoding");
  return accept !== null && preference(accept, "gzip").weight > 0;
};

/** How much an Accept header wants a type (RFC 9110, section 12.5.1). */
interface Preference {
  /** From 0, refused, to 1. */
  readonly weight: number;
  /** 0 where the type is named, 1 for its group, 2 for anything, 3 where nothing fits. */
  readonly rank: number;
}

function preference(accept: string, type: string): Preference {
  const [group] = type.split("/");
  const precedence = [type, `${group}/*`, "*/*"];
  let best: Preference = { weight: 0, rank: precedence.length };
  for (const part of accept.split(",")) {
    const [range, ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    const rank = precedence.indexOf(range!);
    if (rank === -1 || rank >= best.rank) continue;
    const q = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
    best = { weight: q === undefined ? 1 : Number(q) || 0, rank };
  }
  return best;
}
