import { createHash } from "node:crypto";

/**
 * An address as it is compared: trimmed, NFKC, lower-case. (RFC 5321 lets the part before the @
 * tell case apart; no provider in use does, and people do not.)
 */
export const normaliseEmail = (email: string): string =>
  email.trim().normalize("NFKC").toLowerCase();

/** What an address is claimed by, so that no stream is named by somebody's address. */
export const hashEmail = (email: string): string =>
  createHash("sha256").update(normaliseEmail(email)).digest("hex");
