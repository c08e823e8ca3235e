import { Buffer } from "node:buffer";
import { crc32, deflateSync } from "node:zlib";

/** The signature and the chunk IHDR, which is always the first and of this length. */
const HEAD_BYTES = 8 + 25;

/** A PNG file with a colour profile (ICC) put into it: chunk `iCCP` of the PNG specification. */
export function withProfile(png: Buffer, icc: Buffer): Buffer {
  const name = "icc\0";
  const zlibMethod = "\0";
  const body = Buffer.concat([Buffer.from(`iCCP${name}${zlibMethod}`, "latin1"), deflateSync(icc)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - "iCCP".length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([
    png.subarray(0, HEAD_BYTES),
    ...[length, body, sum],
    png.subarray(HEAD_BYTES),
  ]);
}
