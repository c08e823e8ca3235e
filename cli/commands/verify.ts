import { type Command, InvalidArgumentError, Option } from "commander";
import { schemaOf } from "../../domain/core/bus.ts";
import type { FilmHead, FilmOptions } from "../../domain/event_store/sqlite/inspect_film.ts";
import { verify as verifyPostgres } from "../../domain/event_store/postgres/verify.ts";
import { type Verification, verify } from "../../domain/event_store/sqlite/verify.ts";
import { contexts } from "../../domain/mod.ts";
import type { Config } from "../../fresh.config.ts";
import { databaseOf, makeDataDir, masterKeyOf } from "../../web/data_dir.ts";
import { printFindings } from "../support/findings.ts";
import { follow, followFilm } from "../support/progress.ts";
import { configOfExisting, exitCodes } from "../support/run.ts";

interface Options {
  readonly head?: FilmHead;
  readonly json: boolean;
}

export function addVerify(program: Command): void {
  program.command("verify")
    .description("Find whatever was changed, removed or added behind Filmroll's back")
    .addOption(
      new Option("--head <position:hash>", "a head that was kept elsewhere: shows a cut-off end")
        .argParser(headOf),
    )
    .option("--json", "print one JSON document", false)
    .addHelpText("after", "\nExit code 1 with findings. Works beside a running server.")
    .action(async ({ head: kept, json }: Options) => {
      const config = await configOfExisting();
      const verification = await verificationOf(config, {
        schema: schemaOf(contexts),
        masterKey: masterKeyOf(config),
        kept,
        onProgress: follow("Verifying", 1000),
      });
      const { head, findings, found } = verification;
      if (json) console.log(JSON.stringify({ head, found, findings }));
      else {
        printFindings(verification);
        console.log(`Head ${head.position}:${head.hash}`);
      }
      if (found > 0) Deno.exitCode = exitCodes.failed;
    });
}

async function verificationOf(
  { dataDir, database }: Config,
  options: FilmOptions,
): Promise<Verification> {
  if (database === null) return await verify(databaseOf(dataDir), options);
  makeDataDir(dataDir);
  const onCopied = followFilm("Copying events");
  return await verifyPostgres(database.url, { ...options, folder: dataDir, onCopied });
}

function headOf(text: string): FilmHead {
  const match = /^(\d+):([0-9a-f]{64})$/.exec(text);
  if (match === null) {
    throw new InvalidArgumentError("Wanted is what verify or backup printed, <position>:<hash>.");
  }
  return { position: Number(match[1]), hash: match[2]! };
}
