/** Pictures as people send them. */
import assert from "node:assert/strict";
import { quartered } from "../../media/testing.ts";
import type { Media } from "../../web/schemas.ts";
import type { Answer, Api } from "./client.ts";
import type { TestServer } from "./server.ts";

/** A small photo, like no other of another number. */
export const photo = (number = 0): Promise<Uint8Array<ArrayBuffer>> =>
  quartered(60, 40, [[number % 256, 90, 30], [30, number % 256, 90], [90, 30, 150], [
    250,
    250,
    250,
  ]])
    .jpeg({ quality: 90 }).toBuffer().then((buffer) => new Uint8Array(buffer));

export interface Upload {
  readonly alt?: string;
  readonly shape?: string;
  readonly name?: string;
}

/** A file as the form that programs send it in. */
export function uploadOf(
  file: Uint8Array,
  { name = "photo.jpg", ...fields }: Upload = {},
): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set("file", new File([new Uint8Array(file)], name));
  return form;
}

/** Uploads a file as a program. */
export const upload = <Body = Media>(
  person: Api,
  file: Uint8Array,
  fields?: Upload,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Body>> =>
  person.send<Body>("POST", "/api/media", { body: uploadOf(file, fields), headers });

/** Uploads a file that is taken. */
export async function uploaded(person: Api, file: Uint8Array, fields?: Upload): Promise<Media> {
  const { status, body } = await upload(person, file, fields);
  assert.equal(status, 201, JSON.stringify(body));
  return body;
}

/** Hashes of the pictures whose files are kept, and names of files that are only being written. */
export async function filesOf({ dataDir }: Pick<TestServer, "dataDir">) {
  const namesIn = async (folder: string) =>
    (await Array.fromAsync(Deno.readDir(`${dataDir}/${folder}`))).map(({ name }) => name);
  return {
    pictures: (await namesIn("media")).filter((name) => name !== "tmp").sort(),
    temporary: [...await namesIn("media/tmp"), ...await namesIn("uploads")],
  };
}
