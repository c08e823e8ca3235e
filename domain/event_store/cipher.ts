import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const NONCE = 12;
const TAG = 16;

/**
 * Encrypts with AES-256-GCM and a random nonce: nonce (12 bytes), tag (16), ciphertext.
 *
 * @param key 32 bytes
 * @param context what the result belongs to; it opens with the same context only
 */
export function encrypt(key: Uint8Array, plain: Uint8Array | string, context: string): Uint8Array {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = typeof plain === "string" ? cipher.update(plain, "utf8") : cipher.update(plain);
  cipher.final();
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** @throws Error if the key or the context is another, or a bit was changed */
export function decrypt(key: Uint8Array, encrypted: Uint8Array, context: string): Uint8Array {
  const decipher = createDecipheriv(ALGORITHM, key, encrypted.subarray(0, NONCE), {
    authTagLength: TAG,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(encrypted.subarray(NONCE, NONCE + TAG));
  const plain = decipher.update(encrypted.subarray(NONCE + TAG));
  decipher.final();
  return plain;
}
