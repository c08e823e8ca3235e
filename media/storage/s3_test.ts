import assert from "node:assert/strict";
import { startS3 } from "../../tests/support/s3/server.ts";
import type { PictureFile } from "../picture.ts";
import { StorageUnavailable } from "../storage.ts";
import { S3Storage } from "./s3.ts";

const HASH = "a".repeat(64);

const file: PictureFile = { name: "320.webp", bytes: new Uint8Array([1, 2, 3]) };

const unavailable = (message: RegExp) => (error: unknown) => {
  assert(error instanceof StorageUnavailable, `${error}`);
  assert.match(error.message, message);
  return true;
};

Deno.test("S3Storage tells a refusal of its store, and what for", async () => {
  await using s3 = await startS3();
  const options = await s3.makeBucket();
  const elsewhere = new S3Storage({ ...options, bucket: "nowhere" });
  await assert.rejects(elsewhere.put(HASH, [file]), unavailable(/with 404: NoSuchBucket$/));
  await assert.rejects(Array.fromAsync(elsewhere.list()), unavailable(/with 404: NoSuchBucket$/));

  const stranger = new S3Storage({ ...options, secret: "a guess" });
  const refused = unavailable(/with 403: SignatureDoesNotMatch$/);
  await assert.rejects(stranger.put(HASH, [file]), refused);
  await assert.rejects(stranger.open(HASH, file.name), refused);
  await assert.rejects(stranger.remove(HASH), refused);
});

Deno.test("S3Storage tells that its store does not answer", async () => {
  const nobody = new S3Storage({
    endpoint: "http://127.0.0.1:1",
    bucket: "pictures",
    region: "us-east-1",
    keyId: "key",
    secret: "secret",
  });
  await assert.rejects(nobody.open(HASH, file.name), unavailable(/does not answer$/));
});
