import { conformance } from "./conformance.ts";
import { FileStorage } from "./files.ts";

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
