import { conformance } from "./conformance.ts";
import { FileStorage } from "./files.ts";
import { S3Storage } from "./s3.ts";
import { startS3 } from "../../tests/support/s3/server.ts";

conformance({
  name: "files",
  async open() {
    const folder = await Deno.makeTempDir({ prefix: "filmroll-" });
    return {
      storage: FileStorage.open(folder),
      reopen: () => Promise.resolve(FileStorage.open(folder)),
      [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
    };
  },
});

const s3 = await startS3();
Deno.test.afterAll(async () => await s3[Symbol.asyncDispose]());

conformance({
  name: "S3",
  async open() {
    const options = await s3.makeBucket();
    return {
      storage: new S3Storage(options, 5),
      reopen: () => Promise.resolve(new S3Storage(options)),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
});
