import { createHash } from "node:crypto";
import type { Pseudonym } from "../core/decider.ts";

/**
 * An address as it is compared: trimmed, NFKC, lower-case. (RFC 5321 lets the part before the @
 * tell case apart; no provider in use does, and people do not.)
 */
export const normaliseEmail = (email: string): string =>
  email.trim().normalize("NFKC").toLowerCase();

/** What a name is claimed by, whatever its case, so that no stream is called after somebody. */
export const usernamePseudonym = (username: string, pseudonym: Pseudonym): string =>
  pseudonym(username.toLowerCase());

/** What an address is claimed by, however it is written. Of its SHA-256, as the first claims were. */
export const emailPseudonym = (email: string, pseudonym: Pseudonym): string =>
  pseudonym(createHash("sha256").update(normaliseEmail(email)).digest("hex"));
