import type { Command } from "commander";
import { type Migrated, postgresToSqlite, sqliteToPostgres } from "../migrate/migrate.ts";
import type { MigrateOptions } from "../migrate/migrate.ts";
import { printFindings } from "../support/findings.ts";
import { config, configOfFile, exitCodes } from "../support/run.ts";

type Options = Pick<MigrateOptions, "pictures">;

export function addMigrate(program: Command): void {
  const migrate = program.command("migrate")
    .description("Move to a PostgreSQL, for several machines, or back")
    .addHelpText(
      "after",
      "\nServers are stopped first. What it comes from stays as it is. If it is broken off, the same\n" +
        "command goes on with it. At the end every row is compared; exit code 1 if one differs.",
    );

  migrate.command("sqlite-to-postgres")
    .description("Copy the Filmroll in DATA_DIR to the database of DATABASE_URL")
    .option("--no-pictures", "leave them in DATA_DIR, also where MEDIA_S3_… name a store")
    .action(async ({ pictures }: Options) =>
      report(await sqliteToPostgres({ config: await configOfFile(), pictures }))
    );

  migrate.command("postgres-to-sqlite")
    .description("Copy the Filmroll in the database of DATABASE_URL to DATA_DIR")
    .option("--no-pictures", "leave them in the store that MEDIA_S3_… name")
    .action(async ({ pictures }: Options) =>
      report(await postgresToSqlite({ config: config(), pictures }))
    );
}

function report({ verification, pictures }: Migrated): void {
  const { head, found } = verification;
  if (found > 0) printFindings(verification);
  else console.log(`Moved ${head.position} events; every row there is as it was here`);
  console.log(`Head ${head.position}:${head.hash}`);
  if (pictures !== null) {
    for (const hash of pictures.damaged) console.log(`picture ${hash}: Is damaged, and not copied`);
    console.log(`${pictures.whole} pictures are there`);
  }
  if (found > 0 || (pictures?.damaged.length ?? 0) > 0) Deno.exitCode = exitCodes.failed;
}
