/**
 * Makes a folder for files that are being written, or empties it: what is left there after a crash
 * was acknowledged to nobody.
 */
export function emptyFolder(path: string): void {
  Deno.mkdirSync(path, { recursive: true });
  for (const { name } of Deno.readDirSync(path)) {
    Deno.removeSync(`${path}/${name}`, { recursive: true });
  }
}

/** Removes a file; one that is not there is no error. */
export async function removeIfThere(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
