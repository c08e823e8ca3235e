import type { Post, User } from "../../web/schemas.ts";

/** What the feed's page is rendered from: its data, its state and its address. */
export interface FeedInput {
  readonly data: { readonly posts: readonly Post[]; readonly isFirst: true; readonly more: true };
  readonly state: { readonly caller: User; readonly publicUrl: string };
  readonly href: string;
}

/** Asks a running Filmroll for it, as somebody. */
export async function readFeed(
  origin: string,
  headers: Readonly<Record<string, string>>,
): Promise<FeedInput> {
  const read = async (path: string) => await (await fetch(origin + path, { headers })).json();
  return {
    data: { posts: await read("/api/feed?limit=20"), isFirst: true, more: true },
    state: { caller: await read("/api/auth/me"), publicUrl: origin },
    href: `${origin}/feed`,
  };
}
