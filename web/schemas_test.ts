import assert from "node:assert/strict";
import type { z } from "zod";
import {
  CommentCreate,
  Email,
  IdText,
  LoginRequest,
  pageOf,
  Password,
  PostCreate,
  UserCreate,
  Username,
  UserUpdate,
} from "./schemas.ts";

function accepts(schema: z.ZodType, values: readonly unknown[]): void {
  for (const value of values) {
    const { error } = schema.safeParse(value);
    assert.equal(error, undefined, `Refused ${JSON.stringify(value)}: ${error?.message}`);
  }
}

function refuses(schema: z.ZodType, values: readonly unknown[]): void {
  for (const value of values) {
    assert(!schema.safeParse(value).success, `Accepted ${JSON.stringify(value)}`);
  }
}

const NUL = "a\0b";
const LONE = "a\ud800b";

Deno.test("a username is 3–30 of letters a–z, digits, '.' and '_'", () => {
  accepts(Username, ["ana", "Ana_Maria.90", "...", "_".repeat(30), "123"]);
  refuses(Username, [
    "",
    "an",
    "a".repeat(31),
    "ana maria",
    "ana-maria",
    "añã",
    "ana\n",
    "ana😀",
    "аna", // The first letter is Cyrillic.
    NUL,
    null,
    123,
  ]);
});

Deno.test("an e-mail address is one that browsers accept, trimmed", () => {
  accepts(Email, ["a@b", "ana.maria+film@example.co.uk", "o'neil@example.com"]);
  assert.equal(Email.parse(" ana@example.com\n"), "ana@example.com");
  refuses(Email, [
    "",
    "ana",
    "ana@",
    "@example.com",
    "ana@exa mple.com",
    "ana@@example.com",
    "ana@-example.com",
    "ana <ana@example.com>",
    "ana@example.com\0",
    `${"a".repeat(250)}@b.de`,
    null,
  ]);
});

Deno.test("a password is 8–72 bytes in UTF-8", () => {
  accepts(Password, ["12345678", "éééé", "😀😀", "x".repeat(72), "é".repeat(36), "        "]);
  refuses(Password, [
    "1234567",
    "ééé",
    "😀a",
    "x".repeat(73),
    "é".repeat(37),
    "1234\x005678",
    null,
  ]);
});

const pictures = [
  "https://example.com/a.jpg",
  "HTTP://example.com",
  "http://127.0.0.1:8000/a?b=c#d",
  "https://example.com/日本.jpg",
  "/media/ab/cdef-1_2.jpg",
];

const notPictures = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:image/png;base64,AAAA",
  "blob:https://example.com/1",
  "file:///etc/passwd",
  "ftp://example.com/a.jpg",
  "//example.com/a.jpg",
  "/\\example.com/a.jpg",
  "https:\\\\example.com",
  "https:example.com/a.jpg",
  "http://",
  "https://exa mple.com",
  "https://me@example.com/a.jpg",
  "https://:secret@example.com/a.jpg",
  "https://example.com/\0",
  "https://example.com/\ud800",
  "https://example.com/\x7f",
  `https://example.com/${"a".repeat(2048)}`,
  "/",
  "/media/",
  "/media/../secrets",
  "/media/a/../../secrets",
  "/media/%2e%2e/secrets",
  "/media/..",
  "/media//a.jpg",
  "/media/a.jpg?x",
  "/posts/1",
  "media/a.jpg",
  "a.jpg",
];

Deno.test("a picture is at an http(s) URL, or a path of this server's media", () => {
  accepts(PostCreate, pictures.map((image_url) => ({ image_url })));
  refuses(PostCreate, notPictures.map((image_url) => ({ image_url })));
  accepts(UserUpdate, pictures.map((profile_image_url) => ({ profile_image_url })));
  refuses(UserUpdate, notPictures.map((profile_image_url) => ({ profile_image_url })));
});

/** The texts that people write: where they stand, and how long they may be. */
const texts: readonly [string, number, (text: string) => unknown, z.ZodType][] = [
  ["a post", 2200, (content) => ({ content }), PostCreate],
  ["a comment", 1000, (content) => ({ content }), CommentCreate],
  ["a bio", 500, (bio) => ({ bio }), UserUpdate],
  ["a full name", 100, (full_name) => ({ full_name }), UserUpdate],
];

for (const [name, longest, body, schema] of texts) {
  Deno.test(`${name} has at most ${longest} characters, an emoji being one`, () => {
    accepts(schema, ["a", "😀", "a".repeat(longest), "😀".repeat(longest)].map(body));
    refuses(schema, ["a".repeat(longest + 1), "😀".repeat(longest + 1)].map(body));
  });

  Deno.test(`${name} has no NUL and no half of a character`, () => {
    refuses(schema, [NUL, LONE].map(body));
  });
}

Deno.test("a post needs a text or a picture, and blank is nothing", () => {
  refuses(PostCreate, [
    {},
    { content: "" },
    { content: " \n" },
    { content: null },
    { content: "", image_url: "" },
    { content: 1 },
    [],
    null,
    "text",
  ]);
  const image_url = "/media/a.jpg";
  assert.deepEqual(PostCreate.parse({ content: " ", image_url }), {
    content: undefined,
    image_url,
  });
  assert.equal(PostCreate.parse({ content: " Hello\n" }).content, "Hello");
});

Deno.test("a comment is not blank", () => {
  refuses(CommentCreate, [{}, { content: "" }, { content: " \n" }, { content: null }]);
});

Deno.test("an update keeps what is left out, and clears what is blank or null", () => {
  assert.deepEqual(UserUpdate.parse({}), {});
  assert.deepEqual(UserUpdate.parse({ bio: "", full_name: null }), {
    bio: null,
    full_name: null,
  });
  assert.deepEqual(UserUpdate.parse({ bio: " x " }), { bio: "x" });
});

Deno.test("fields that nobody asked for are dropped", () => {
  const parsed = UserUpdate.parse(JSON.parse('{"bio": "x", "id": 1, "__proto__": {"y": 1}}'));
  assert.deepEqual(Object.keys(parsed), ["bio"]);
  assert.equal("y" in parsed, false);
});

Deno.test("a registration may leave the full name out", () => {
  const person = { username: "ana", email: "ana@example.com", password: "correct horse" };
  accepts(UserCreate, [person, { ...person, full_name: "" }, { ...person, full_name: null }]);
  refuses(UserCreate, [
    { ...person, username: undefined },
    { ...person, email: undefined },
    { ...person, password: undefined },
    { ...person, full_name: 1 },
  ]);
});

Deno.test("a login takes any password that could be one, and no NUL in an address", () => {
  accepts(LoginRequest, [{ email: "whoever", password: "x" }]);
  refuses(LoginRequest, [
    { email: NUL, password: "x" },
    { email: LONE, password: "x" },
    { email: "a", password: "x".repeat(1025) },
    { email: "a" },
  ]);
});

Deno.test("an id is a positive integer", () => {
  accepts(IdText, ["1", "42", String(Number.MAX_SAFE_INTEGER)]);
  refuses(IdText, ["0", "-1", "1.5", "1e3", "01", " 1", "", "x", "٣", "9007199254740992"]);
});

Deno.test("a page is 1–100 items from an offset or before an id", () => {
  const Page = pageOf(20);
  assert.deepEqual(Page.parse({}), { limit: 20, offset: 0 });
  assert.deepEqual(Page.parse({ limit: "100", offset: "40", before: "7" }), {
    limit: 100,
    offset: 40,
    before: 7,
  });
  refuses(Page, [
    { limit: "0" },
    { limit: "101" },
    { limit: "-1" },
    { limit: "1.5" },
    { limit: "" },
    { offset: "-1" },
    { offset: "1e9" },
    { offset: "9".repeat(16) },
    { before: "0" },
  ]);
});
