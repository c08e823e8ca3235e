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
  { userId, publicUrl }: { userId: number; publicUrl: string },
): Promise<ResetLink> {
  const secret = newSecret();
  const { expiresAt } = await commands.execute(
    "OfferPasswordReset",
    { userId, tokenHash: hashSecret(secret) },
    { actor: null },
  );
  return { url: `${publicUrl}/auth/reset?${new URLSearchParams({ token: secret })}`, expiresAt };
}
