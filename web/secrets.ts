import { createHash, randomBytes } from "node:crypto";

/** 256 bits that nobody guesses, for a cookie or a link. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** What the database knows a secret by. */
export const hashSecret = (secret: string): string =>
  createHash("sha256").update(secret).digest("base64url");
