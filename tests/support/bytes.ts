/** Which of some lower-case words are in any byte of any file of a folder, in any case, by file. */
export async function wordsBelow(
  folder: string,
  words: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) {
      for (const [file, inIt] of await wordsBelow(path, words)) found.set(file, inIt);
      continue;
    }
    const text = new TextDecoder("latin1").decode(await Deno.readFile(path)).toLowerCase();
    const inIt = words.filter((word) => text.includes(word));
    if (inIt.length > 0) found.set(path, inIt);
  }
  return found;
}
