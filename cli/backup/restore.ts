import { dirname } from "node:path";
import { createTarDecoder } from "modern-tar";
import { schemaOf } from "../../domain/core/bus.ts";
import { isInUse } from "../../domain/event_store/sqlite/snapshot.ts";
import { type Verification, verify } from "../../domain/event_store/sqlite/verify.ts";
import { contexts } from "../../domain/mod.ts";
import type { Config } from "../../fresh.config.ts";
import { databaseOf, makeDataDir, masterKeyOf } from "../../web/data_dir.ts";
import { exists, pour, sync } from "../support/files.ts";
import { DATABASE, isName, MANIFEST, Manifest, MEDIA, SECRETS } from "./archive.ts";

/** A backup that cannot be restored here. Its message is one line for the operator. */
export class RestoreRefused extends Error {
  override readonly name = "RestoreRefused";
}

export interface RestoreOptions {
  readonly config: Pick<Config, "database" | "dataDir" | "masterKey">;
  readonly file: string;
  /** Whether a Filmroll that is there makes way. */
  readonly force: boolean;
  /** Told of the bytes that were read, and of how many there are. */
  readonly onRead: (done: number, of: number) => void;
  /** Told of the events that were verified, and of how many there are. */
  readonly onVerified: (done: number, of: number) => void;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly verification: Verification;
  /** Where what was there is kept now; null where nothing was. */
  readonly replaced: string | null;
}

/**
 * Restores a backup into DATA_DIR: unpacked beside what is there, verified down to the last event, and
 * only then put in its place. What was there is moved aside, not deleted.
 *
 * @throws RestoreRefused with nothing changed
 */
export async function restore(
  { config, file, force, onRead, onVerified }: RestoreOptions,
): Promise<Restored> {
  const { database, dataDir } = config;
  if (database !== null) {
    throw new RestoreRefused(
      "A backup is restored into DATA_DIR: do it without DATABASE_URL, then migrate sqlite-to-postgres",
    );
  }
  makeDataDir(dataDir);
  const isThere = await exists(databaseOf(dataDir));
  if (isThere && !force) {
    throw new RestoreRefused(
      `There is a Filmroll in "${dataDir}"; --force moves it aside and restores in its place`,
    );
  }
  if (isThere && isInUse(databaseOf(dataDir))) {
    throw new RestoreRefused(`A server is running on "${dataDir}"; stop it first`);
  }
  const staging = await Deno.makeTempDir({ dir: dataDir, prefix: ".restore-" });
  try {
    const manifest = await unpack(file, staging, onRead);
    const verification = await verifyStaged(staging, config, manifest, onVerified);
    const replaced = await putInPlace(staging, dataDir);
    return { manifest, verification, replaced };
  } finally {
    await Deno.remove(staging, { recursive: true });
  }
}

async function unpack(
  file: string,
  staging: string,
  onRead: RestoreOptions["onRead"],
): Promise<Manifest> {
  const source = await open(file);
  const { size } = await source.stat();
  let done = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      onRead(done += chunk.length, size);
      controller.enqueue(chunk);
    },
  });
  let manifest: Manifest | null = null;
  try {
    for await (
      const { header, body } of source.readable.pipeThrough(counted).pipeThrough(
        createTarDecoder({ strict: true }),
      )
    ) {
      if (!isName(header.name) || (header.type ?? "file") !== "file") {
        throw new RestoreRefused(`"${file}" holds "${header.name}", which no backup does`);
      }
      if (header.name === MANIFEST) manifest = Manifest.parse(await new Response(body).json());
      else await unpackFile(`${staging}/${header.name}`, body);
    }
  } catch (error) {
    if (error instanceof RestoreRefused) throw error;
    throw new RestoreRefused(`"${file}" is no whole backup: ${(error as Error).message}`);
  }
  if (manifest === null || !await exists(`${staging}/${DATABASE}`)) {
    throw new RestoreRefused(`"${file}" is no backup of a Filmroll`);
  }
  return manifest;
}

async function open(file: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(file);
  } catch (error) {
    throw new RestoreRefused(`"${file}" cannot be read: ${(error as Error).message}`);
  }
}

async function unpackFile(path: string, body: ReadableStream<Uint8Array>): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true, mode: 0o700 });
  using target = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
  await pour(body, target);
  await target.sync();
  await sync(dirname(path));
}

async function verifyStaged(
  staging: string,
  config: RestoreOptions["config"],
  { head }: Manifest,
  onProgress: RestoreOptions["onVerified"],
): Promise<Verification> {
  const holder = await folderWithKey([staging, config.dataDir]);
  if (config.masterKey === null && holder === null) {
    throw new RestoreRefused(
      "The backup holds no master key; set MASTER_KEY, or put the file master_key into DATA_DIR",
    );
  }
  const verification = await verify(databaseOf(staging), {
    schema: schemaOf(contexts),
    masterKey: masterKeyOf({ ...config, dataDir: holder ?? config.dataDir }),
    kept: head,
    onProgress,
  });
  if (verification.found === 0) return verification;
  const { where, problem } = verification.findings[0]!;
  throw new RestoreRefused(
    `The backup does not verify: ${verification.found} findings, the first at ${where}: ${problem}`,
  );
}

async function folderWithKey(folders: readonly string[]): Promise<string | null> {
  for (const folder of folders) if (await exists(`${folder}/master_key`)) return folder;
  return null;
}

/** Moves what is there aside, and what was unpacked to its place, the database last. */
async function putInPlace(staging: string, dataDir: string): Promise<string | null> {
  const aside = `${dataDir}/replaced-${new Date().toISOString().replaceAll(":", "-")}`;
  let isAnythingAside = false;
  const restored: string[] = [];
  for (const name of [MEDIA, ...SECRETS, DATABASE]) {
    if (await exists(`${staging}/${name}`)) restored.push(name);
  }
  for (const name of [`${DATABASE}-wal`, `${DATABASE}-shm`, MEDIA, ...restored]) {
    if (!await exists(`${dataDir}/${name}`)) continue;
    await Deno.mkdir(aside, { recursive: true, mode: 0o700 });
    await Deno.rename(`${dataDir}/${name}`, `${aside}/${name}`);
    isAnythingAside = true;
  }
  for (const name of restored) await Deno.rename(`${staging}/${name}`, `${dataDir}/${name}`);
  await sync(dataDir);
  return isAnythingAside ? aside : null;
}
