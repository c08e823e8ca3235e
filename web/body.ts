import { type FileRules, readMultipart, type ReceivedFile } from "./multipart.ts";
import { HttpRefusal, InvalidInput } from "./problem.ts";

/** The largest body of a command, in bytes. The longest post is 8,800 bytes, form-encoded 26,400. */
export const LARGEST_BODY = 64 * 1024;

/** A form's fields by name, the last of a name winning; files are left out. */
export type Fields = Readonly<Record<string, string>>;

/** A form, from a browser or with files. */
export interface Form {
  readonly kind: "form";
  readonly value: Fields;
  /** All that came by a name, in order. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** Of the field that brings files, where one may. */
  readonly files: readonly ReceivedFile[];
}

export type Body =
  | { readonly kind: "none" }
  | { readonly kind: "json"; readonly value: unknown }
  | Form;

/** What a body may be. */
export interface Accepted {
  readonly json: boolean;
  /** Browsers send them, programs do not. */
  readonly forms: boolean;
  /** The files of a multipart form; without rules they are passed over, and count as the rest. */
  readonly files?: FileRules | undefined;
}

/**
 * Reads a request's body by its content type.
 *
 * @throws HttpRefusal 413 over {@linkcode LARGEST_BODY} or what files may have, 415 for other types
 * @throws InvalidInput if it is not what its type says
 */
export async function readBody(
  request: Request,
  { json, forms, files }: Accepted,
): Promise<Body> {
  if (request.body === null) return { kind: "none" };
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (files !== undefined && type === "multipart/form-data") {
    const form = await readMultipart(request, files);
    return formOf(form.fields, form.files);
  }
  const bytes = await readBounded(request, request.body);
  if (bytes.length === 0) return { kind: "none" };
  if (json && type === "application/json") return { kind: "json", value: parseJson(bytes) };
  if (forms && type === "application/x-www-form-urlencoded") {
    return formOf(new URLSearchParams(decode(bytes)));
  }
  if (forms && type === "multipart/form-data") {
    return formOf(await parseMultipart(request, bytes));
  }
  const is = type === "" ? "The body has no Content-Type" : `"${type}" is not understood here`;
  throw new HttpRefusal(415, `${is}; send ${json ? "application/json" : "multipart/form-data"}`);
}

async function readBounded(
  request: Request,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = request.headers.get("content-length");
  if (announced !== null && Number(announced) <= LARGEST_BODY) {
    return await request.bytes();
  }
  if (announced !== null) throw tooLarge();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length;
    if (size > LARGEST_BODY) throw tooLarge();
    chunks.push(read.value);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

const tooLarge = () => new HttpRefusal(413, `The body is larger than ${LARGEST_BODY / 1024} KiB`);

const malformed = (message: string) => new InvalidInput([{ path: "body", message }]);

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw malformed("Must be UTF-8");
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decode(bytes));
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    throw malformed("Malformed JSON");
  }
}

async function parseMultipart(
  request: Request,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<FormData> {
  const headers = { "content-type": request.headers.get("content-type")! };
  try {
    return await new Response(bytes, { headers }).formData();
  } catch {
    throw malformed("Malformed form data");
  }
}

function formOf(
  entries: Iterable<readonly [string, FormDataEntryValue]>,
  files: readonly ReceivedFile[] = [],
): Form {
  const value: Record<string, string> = Object.create(null);
  const lists: Record<string, string[]> = Object.create(null);
  for (const [name, text] of entries) {
    if (typeof text !== "string") continue;
    value[name] = text;
    (lists[name] ??= []).push(text);
  }
  return { kind: "form", value, lists, files };
}
