import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { foldedTagWords, foldedWords } from "./fold.ts";

/** The words that SQLite finds in each text, in their order. */
function wordsInSqlite(texts: readonly string[], tokenize: string): string[][] {
  using database = new DatabaseSync(":memory:");
  database.exec(`
    CREATE VIRTUAL TABLE text USING fts5(body, tokenize = "${tokenize}");
    CREATE VIRTUAL TABLE word USING fts5vocab(text, instance);
    BEGIN`);
  const insert = database.prepare("INSERT INTO text (rowid, body) VALUES (?, ?)");
  texts.forEach((text, index) => insert.run(index, text));
  const words = texts.map((): string[] => []);
  for (const { term, doc } of database.prepare("SELECT * FROM word ORDER BY offset").iterate()) {
    words[doc as number]!.push(term as string);
  }
  return words;
}

const FOLDING = "unicode61 remove_diacritics 2";

/** Scripts of which Unicode has not changed much since SQLite's tables were made. */
const SCRIPTS =
  /[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Armn}\p{sc=Thai}\p{sc=Hira}\p{sc=Kana}\0-\u036f]/u;
/** What it got since, and one letter with two accents of which SQLite leaves both. */
const LATER = /[\u01e0\u01e1\u037f\u0528-\u052f\u0560\u0588\u058b-\u058f\u05ef\u1c80-\u1c8f]/u;

const characters = Array.from({ length: 0x3100 }, (_, code) => String.fromCodePoint(code))
  .filter((one) => SCRIPTS.test(one) && !LATER.test(one) && one.normalize("NFKC") === one);

Deno.test("foldedWords finds and folds words as SQLite does", () => {
  const texts = [
    ...characters.flatMap((one) => [`x${one}y`, one]),
    "Mira Hölt",
    "jonas_lind",
    "Élodie  Müller-Ångström",
    "ΓΙΏΡΓΟΣ Γιώργος",
    "q\u0303uo\u0303",
    "हिन्दी ภาษาไทย 日本 ユキ 한국어",
    "İstanbul ıĞŞ ẞß Øø",
    "😀 a😀b 1⁄2 ﷽",
  ];
  assert.ok(texts.length > 3000);
  const expected = wordsInSqlite(texts, FOLDING);
  texts.forEach((text, index) => assert.deepEqual(foldedWords(text), expected[index], `"${text}"`));
});

Deno.test("foldedTagWords takes an underscore as a letter, as SQLite is told to", () => {
  const tags = ["low_tide", "_", "__été_2026", "हिन्दी", "日本"];
  assert.deepEqual(tags.map(foldedTagWords), wordsInSqlite(tags, `${FOLDING} tokenchars '_'`));
});

Deno.test("foldedWords keeps the first hundred letters of a word", () => {
  assert.deepEqual(foldedWords("𠀀".repeat(300)), ["𠀀".repeat(100)]);
});
