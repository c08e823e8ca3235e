/** A streaming replica of a PostgreSQL that tests have started. */
import postgres from "postgres";
import { type PostgresOptions, type PostgresServer, startPostgres } from "./testing.ts";

/** What a copy of a running server's files must not hold: it is that server's alone. */
const NOT_COPIED = /^(postmaster\.(pid|opts)|pg_(wal|replslot|dynshmem|notify|stat_tmp)\/.+)$/;

/**
 * Starts a replica on a port of this machine: a copy of the primary's files, which follows it from
 * then on. Its name is a slot's on the primary, which keeps what the replica has not seen yet.
 */
export async function startReplica(
  primary: PostgresServer,
  name: string,
  options: Pick<PostgresOptions, "durable" | "settings"> = {},
): Promise<PostgresServer> {
  const folder = await Deno.makeTempDir({ prefix: "filmroll-" });
  await Deno.chmod(folder, 0o755);
  const dataDir = `${folder}/postgres`;
  const sql = postgres(primary.url(), { max: 1, onnotice: () => {} });
  await sql`SELECT pg_create_physical_replication_slot(${name}, true)`;
  await sql`SELECT pg_backup_start(${name}, fast => true)`;
  await copyFolder(primary.dataDir, dataDir);
  const [backup] = await sql`SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)`;
  await sql.end();

  const { username, password, port } = new URL(primary.url());
  const conninfo = `host=127.0.0.1 port=${port} user=${username} password=''${
    decodeURIComponent(password)
  }'' application_name=${name}`;
  const files = {
    "backup_label": backup!.labelfile as string,
    "standby.signal": "",
    "postgresql.auto.conf": `primary_conninfo = '${conninfo}'\nprimary_slot_name = '${name}'\n`,
  };
  const owner = await Deno.stat(primary.dataDir);
  for (const [file, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${dataDir}/${file}`, text, { mode: 0o600 });
    await Deno.chown(`${dataDir}/${file}`, owner.uid, owner.gid);
  }
  const server = await startPostgres({ ...options, dataDir });
  const stop = async () => {
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  };
  return {
    ...server,
    get pid() {
      return server.pid;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Copies the files of a server that goes on meanwhile; what vanishes under way is not missed. */
async function copyFolder(from: string, to: string, within = ""): Promise<void> {
  const { uid, gid, mode } = await Deno.stat(from);
  await Deno.mkdir(to, { mode: mode! & 0o777 });
  await Deno.chown(to, uid, gid);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (NOT_COPIED.test(within + name)) continue;
    const [source, target] = [`${from}/${name}`, `${to}/${name}`];
    try {
      if (isDirectory) await copyFolder(source, target, `${within}${name}/`);
      else {
        await Deno.copyFile(source, target);
        await Deno.chown(target, uid, gid);
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}
