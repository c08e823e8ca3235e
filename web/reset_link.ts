import type { Filmroll } from "../domain/mod.ts";
import { hashSecret, newSecret } from "./secrets.ts";

export interface ResetLink {
  /** Whoever opens it can set a new password. */
  readonly url: string;
  /** ISO 8601 in UTC. */
  readonly expiresAt: string;
}

/** Makes a link by which a person sets a new password, once, within an hour. */
export async function makeResetLink(
  { commands }: Pick<Filmroll, "commands">,
  { userId, by, publicUrl }: { userId: number; by: number | null; publicUrl: string },
): Promise<ResetLink> {
  const secret = newSecret();
  const { expiresAt } = await commands.execute(
    "OfferPasswordReset",
    { userId, tokenHash: hashSecret(secret) },
    { actor: by },
  );
  return { url: `${publicUrl}/auth/reset?${new URLSearchParams({ token: secret })}`, expiresAt };
}
