import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { decrypt, encrypt } from "./cipher.ts";

const KEY_BYTES = 32;

/**
 * The one secret that is kept outside the database. What it is used for each has a key of its own,
 * derived by HKDF (RFC 5869) with SHA-256.
 */
export class MasterKey {
  readonly #wrapping: Uint8Array;
  readonly #pseudonyms: Uint8Array;
  /** By it a database knows its master key again; nothing follows from it. */
  readonly verifier: Uint8Array;

  /** @param secret with 256 bits of chance in it */
  constructor(secret: string) {
    const derive = (purpose: string) =>
      new Uint8Array(hkdfSync("sha256", secret, "", `filmroll ${purpose}`, KEY_BYTES));
    this.#wrapping = derive("personal keys");
    this.#pseudonyms = derive("pseudonyms");
    this.verifier = derive("verifier");
  }

  /** A new key for a person, and what is stored of it. */
  newKey(personId: number): { readonly key: Uint8Array; readonly wrapped: Uint8Array } {
    const key = randomBytes(KEY_BYTES);
    return { key, wrapped: encrypt(this.#wrapping, key, String(personId)) };
  }

  /** @throws Error if it is another person's key, or was changed */
  unwrap(personId: number, wrapped: Uint8Array): Uint8Array {
    return decrypt(this.#wrapping, wrapped, String(personId));
  }

  /** 256 bits in hexadecimal that stand for a text. */
  readonly pseudonym = (text: string): string =>
    createHmac("sha256", this.#pseudonyms).update(text).digest("hex");
}
