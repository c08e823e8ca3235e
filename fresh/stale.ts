import { join } from "node:path";
import { OUT_DIR } from "./snapshot.ts";
import { listFiles } from "./static_listing.ts";

/** What a build was made of, to tell later whether it is out of date. Paths are relative to the root. */
interface Stamp {
  /** Modification time in ms and size in bytes of each file. */
  readonly files: Readonly<Record<string, string>>;
  /** Names of the files in each folder. */
  readonly folders: Readonly<Record<string, readonly string[]>>;
}

const STAMP_FILE = "stamp.json";

/**
 * Notes what the build in `_fresh/` was made of.
 *
 * @param files Files whose content went into the build.
 * @param folders Folders whose list of files did.
 */
export async function writeStamp(
  root: string,
  files: readonly string[],
  folders: readonly string[],
): Promise<void> {
  const stamp: Stamp = {
    files: Object.fromEntries(
      await Promise.all(files.map(async (file) => [file, await fingerprint(join(root, file))])),
    ),
    folders: Object.fromEntries(
      await Promise.all(
        folders.map(async (folder) => [folder, await listFiles(join(root, folder))]),
      ),
    ),
  };
  await Deno.writeTextFile(join(root, OUT_DIR, STAMP_FILE), JSON.stringify(stamp, null, 1));
}

/** Whether the build in `_fresh/` below `root` is missing, or its sources have changed since. */
export async function isStale(root: string): Promise<boolean> {
  let stamp: Stamp;
  try {
    stamp = JSON.parse(await Deno.readTextFile(join(root, OUT_DIR, STAMP_FILE)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return true;
    throw error;
  }
  const changes = await Promise.all([
    ...Object.entries(stamp.files).map(async ([file, was]) =>
      await fingerprint(join(root, file)) !== was
    ),
    ...Object.entries(stamp.folders).map(async ([folder, were]) =>
      (await listFiles(join(root, folder))).join("\n") !== were.join("\n")
    ),
  ]);
  return changes.includes(true);
}

/** Changes when a file is written; "" when there is no such file. */
async function fingerprint(path: string): Promise<string> {
  try {
    const { mtime, size } = await Deno.stat(path);
    return `${mtime?.getTime()} ${size}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
