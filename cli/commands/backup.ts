import type { Command } from "commander";
import { backup } from "../backup/backup.ts";
import { copyOf } from "../backup/database_copy.ts";
import { MEBIBYTE } from "../support/bytes.ts";
import { follow } from "../support/progress.ts";
import { configOfExisting } from "../support/run.ts";

interface Options {
  readonly secrets: boolean;
}

export function addBackup(program: Command): void {
  program.command("backup")
    .description("Back everything up into one file, also while the server runs")
    .argument("<file>", "the backup, a tar; an older one of that name is replaced")
    .option("--no-secrets", "leave master_key and jwt_secret out: keep them elsewhere")
    .addHelpText(
      "after",
      "\nWith the secrets in it, whoever has the file can read everything in it.",
    )
    .action(async (file: string, { secrets }: Options) => {
      const config = await configOfExisting();
      const { head, pictureFiles } = await backup({
        dataDir: config.dataDir,
        database: copyOf(config),
        file,
        secrets,
        onProgress: follow("Backing up (MiB)", MEBIBYTE),
      });
      console.log(`${head.position} events and ${pictureFiles} files of pictures are in "${file}"`);
      console.log(`Head ${head.position}:${head.hash}`);
    });
}
