/**
 * Tamper evidence: each event carries a SHA-256 over its predecessor's hash and its own content, so
 * that the last hash stands for the whole film.
 *
 * What is hashed: the 32 bytes of the predecessor's hash (zeros before the first event), then
 * position, stream, version, type, data, metadata, created_at and sealed, in this order, each as its
 * length in bytes (32 bits, big-endian) and the bytes: texts in UTF-8 as they are stored, numbers in
 * decimal. Where nothing is sealed, the length is 0xffffffff and no bytes follow.
 */
import { hash } from "node:crypto";

/** The hash before the first event. */
export const GENESIS: Uint8Array = new Uint8Array(32);

/** An event's content as it is stored; texts also as their bytes. */
export interface Hashed {
  readonly position: number | bigint;
  readonly stream: string | Uint8Array;
  readonly version: number | bigint;
  readonly type: string | Uint8Array;
  readonly data: string | Uint8Array;
  readonly metadata: string | Uint8Array;
  readonly created_at: string | Uint8Array;
  readonly sealed: Uint8Array | null;
}

const NOTHING = 0xffffffff;
/** Bytes that a UTF-16 code unit takes in UTF-8, at most. */
const WIDEST = 3;

const encoder = new TextEncoder();
let scratch = new Uint8Array(4096);

/** The hash of an event that follows the one with the hash `previous`. */
export function hashOf(previous: Uint8Array, event: Hashed): Uint8Array {
  const fields = [
    String(event.position),
    event.stream,
    String(event.version),
    event.type,
    event.data,
    event.metadata,
    event.created_at,
    event.sealed,
  ];
  const most = fields.reduce((sum, field) => sum + 4 + WIDEST * (field?.length ?? 0), 32);
  if (most > scratch.length) scratch = new Uint8Array(2 * most);
  const lengths = new DataView(scratch.buffer);
  scratch.set(previous);
  let end = 32;
  for (const field of fields) {
    const begin = end + 4;
    const length = field === null ? NOTHING : put(field, begin);
    lengths.setUint32(end, length);
    end = field === null ? begin : begin + length;
  }
  return hash("sha256", scratch.subarray(0, end), "buffer");
}

/** Writes a field into the scratch and answers its length. */
function put(field: string | Uint8Array, at: number): number {
  if (typeof field === "string") return encoder.encodeInto(field, scratch.subarray(at)).written;
  scratch.set(field, at);
  return field.length;
}
