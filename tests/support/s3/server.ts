import { AwsClient } from "aws4fetch";
import type { S3Options } from "../../../media/storage/s3.ts";
import { firstLine } from "../program.ts";

/** A real server that speaks Amazon's S3, in a process of its own. */
export interface S3Server extends AsyncDisposable {
  /** Makes a bucket, and says how to reach it. */
  makeBucket(): Promise<S3Options>;
}

/** What s3rver takes, and nothing else. */
const CREDENTIALS = { keyId: "S3RVER", secret: "S3RVER" };

/**
 * How Deno runs s3rver (https://github.com/20minutes/s3rver; of those that npm has, it checks
 * signatures). It is kept out of deno.json, so that whoever starts Filmroll need not download it; a
 * lock file of its own holds its hashes.
 */
const ASIDE = [
  ...["eval", "--quiet", "--no-config", "--node-modules-dir=none"],
  `--lock=${new URL("deno.lock", import.meta.url).pathname}`,
  `
    import S3rver from "npm:@20minutes/s3rver@5.0.0";
    const [directory] = Deno.args;
    const server = new S3rver({ directory, address: "127.0.0.1", port: 0, silent: true });
    console.log((await server.run()).port);
  `,
];

/** Starts s3rver on a free port of this machine, with a folder of its own. */
export async function startS3(): Promise<S3Server> {
  const folder = await Deno.makeTempDir({ prefix: "filmroll-s3-" });
  const child = new Deno.Command(Deno.execPath(), {
    args: [...ASIDE, folder],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  const [line, rest] = await firstLine(child.stdout);
  if (line === null) throw new Error(`s3rver did not start: ${await errors}`);

  const endpoint = `http://127.0.0.1:${line.trim()}`;
  let buckets = 0;
  return {
    async makeBucket() {
      const options = {
        endpoint,
        bucket: `pictures-${++buckets}`,
        region: "us-east-1",
        ...CREDENTIALS,
      };
      const client = new AwsClient({
        accessKeyId: options.keyId,
        secretAccessKey: options.secret,
        service: "s3",
      });
      const url = `${endpoint}/${options.bucket}`;
      const made = await client.fetch(url, { method: "PUT" });
      if (!made.ok) throw new Error(`s3rver made no bucket: ${await made.text()}`);
      await made.body?.cancel();
      return options;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await Promise.all([child.status, rest, errors]);
      await Deno.remove(folder, { recursive: true });
    },
  };
}
