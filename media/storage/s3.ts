import { createHash } from "node:crypto";
import { AwsClient } from "aws4fetch";
import { type Format, isFileName, isHash, type PictureFile } from "../picture.ts";
import {
  assertNames,
  type ByteRange,
  type MediaStorage,
  resolveRange,
  StorageUnavailable,
  type StoredFile,
} from "../storage.ts";

export interface S3Options {
  /** Where the store is, without a trailing slash. */
  readonly endpoint: string;
  /** It must exist. */
  readonly bucket: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
}

/** How long the store may take to begin its answer, in milliseconds. */
const PATIENCE = 30_000;

/** How often a request is sent again that the store was too busy for. */
const RETRIES = 4;

const TYPES: Record<Format, string> = { webp: "image/webp", jpg: "image/jpeg" };

/**
 * Pictures as objects `<hash>/<name>` in a bucket of any store that speaks Amazon's S3: addressed by
 * path, signed with version 4. An object is durable and whole once its PUT is answered; of a picture
 * whose `put` was cut off some can be there, which `list` tells and `remove` removes.
 */
export class S3Storage implements MediaStorage {
  readonly #client: AwsClient;
  readonly #bucket: string;
  readonly #pageSize: number;

  /** @param pageSize how many pictures are listed at a time; stores answer 1,000 at most */
  constructor({ endpoint, bucket, region, keyId, secret }: S3Options, pageSize = 1000) {
    this.#client = new AwsClient({
      accessKeyId: keyId,
      secretAccessKey: secret,
      service: "s3",
      region,
      retries: RETRIES,
    });
    this.#bucket = `${endpoint}/${bucket}`;
    this.#pageSize = pageSize;
  }

  async put(hash: string, files: readonly PictureFile[]): Promise<void> {
    assertNames(hash, files);
    await Promise.all(files.map(async ({ name, bytes }) => {
      const headers = {
        "content-type": TYPES[name.split(".")[1] as Format],
        "x-amz-content-sha256": createHash("sha256").update(bytes).digest("hex"),
      };
      await discard(await this.#send(`/${hash}/${name}`, { method: "PUT", headers, body: bytes }));
    }));
  }

  async open(hash: string, name: string, range?: ByteRange): Promise<StoredFile | null> {
    if (!isHash(hash) || !isFileName(name)) return null;
    const path = `/${hash}/${name}`;
    if (range === undefined) {
      const found = await this.#find(path, { method: "GET" });
      return found && whole(found);
    }
    const found = await this.#find(path, { method: "HEAD" });
    if (found === null) return null;
    const { size } = whole(found);
    const { start, end } = resolveRange(range, size);
    const part = await this.#find(path, {
      method: "GET",
      headers: { range: `bytes=${start}-${end - 1}` },
    });
    return part && { size, start, end, body: part.body! };
  }

  async remove(hash: string): Promise<void> {
    if (!isHash(hash)) return;
    const listing = await this.#list({ prefix: `${hash}/` });
    await Promise.all(
      textsOf("Key", listing).map(async (key) =>
        await discard(await this.#send(`/${key}`, { method: "DELETE" }))
      ),
    );
  }

  async modifiedAt(hash: string): Promise<Date | null> {
    if (!isHash(hash)) return null;
    const times = textsOf("LastModified", await this.#list({ prefix: `${hash}/` })).sort();
    const last = times.at(-1);
    return last === undefined ? null : new Date(last);
  }

  async *list(): AsyncGenerator<string> {
    const query = { delimiter: "/", "max-keys": String(this.#pageSize) };
    let token: string | undefined;
    do {
      const listing = await this.#list({
        ...query,
        ...(token !== undefined && { "continuation-token": token }),
      });
      yield* textsOf("Prefix", listing).map((prefix) => prefix.slice(0, -1)).filter(isHash);
      [token] = textsOf("NextContinuationToken", listing);
    } while (token !== undefined);
  }

  /** Keys, or the folders that a delimiter makes of them, as XML. */
  async #list(query: Record<string, string>): Promise<string> {
    const search = new URLSearchParams({ "list-type": "2", ...query });
    return await (await this.#send(`?${search}`, { method: "GET" })).text();
  }

  async #find(path: string, init: RequestInit): Promise<Response | null> {
    return await this.#send(path, init, 404).then((response) =>
      response.status === 404 ? discard(response) : response
    );
  }

  /**
   * @param expected a status that is an answer beside those of success
   * @throws StorageUnavailable
   */
  async #send(path: string, init: RequestInit, expected?: number): Promise<Response> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    const response = await this.#client.fetch(this.#bucket + path, {
      ...init,
      signal: patience.signal,
    }).catch((cause) => {
      throw new StorageUnavailable("The pictures' store does not answer", { cause });
    }).finally(() => clearTimeout(timer));
    if (response.ok || response.status === expected) return response;
    const [code = "no reason"] = textsOf("Code", await response.text());
    throw new StorageUnavailable(
      `The pictures' store answers ${init.method} with ${response.status}: ${code}`,
    );
  }
}

/** A response with all of an object, or the headers of one. */
function whole({ headers, body }: Response): StoredFile {
  const size = Number(headers.get("content-length"));
  return { size, start: 0, end: size, body: body ?? new Blob().stream() };
}

/** Frees the connection. */
async function discard({ body }: Response): Promise<null> {
  await body?.cancel();
  return null;
}

/** The texts of all elements of a name. Those that are read here hold no markup. */
function textsOf(element: string, xml: string): string[] {
  const texts = xml.matchAll(new RegExp(`<${element}>([^<]+)</${element}>`, "g"));
  return Array.from(texts, ([, text]) => text!.replaceAll("&amp;", "&"));
}
