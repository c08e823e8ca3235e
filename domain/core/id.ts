import { createHash } from "node:crypto";

/**
 * A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then random. Ordered by time, so that
 * inserting it into an index touches the end and not a random page.
 */
export function uuidv7(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint16(0, Math.floor(now / 2 ** 32));
  new DataView(bytes.buffer).setUint32(2, now % 2 ** 32);
  return uuid(7, bytes);
}

/** The UUID (version 8, RFC 9562) of some texts, by their SHA-256: the same for the same ones. */
export function uuidOf(...texts: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(texts)).digest();
  return uuid(8, new Uint8Array(digest.subarray(0, 16)));
}

function uuid(version: 7 | 8, bytes: Uint8Array): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toHex();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${
    hex.slice(20)
  }`;
}
