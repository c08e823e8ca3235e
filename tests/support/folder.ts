import type { Environment } from "./program.ts";

/** A folder for a program's data that goes when the test ends. */
export class Folder implements AsyncDisposable {
  private constructor(readonly path: string) {}

  static async make(): Promise<Folder> {
    return new Folder(await Deno.makeTempDir({ prefix: "filmroll-" }));
  }

  /** What tests of the program run with. */
  get environment(): Environment {
    return {
      DATA_DIR: `${this.path}/data`,
      BCRYPT_COST: "4",
      RATE_LIMIT: "off",
      PASSWORD_BLOCKLIST: "off",
      LOG_LEVEL: "warn",
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

/** Hands over a folder that is gone afterwards. */
export async function inFolder(use: (path: string) => Promise<void> | void): Promise<void> {
  await using folder = await Folder.make();
  await use(folder.path);
}
