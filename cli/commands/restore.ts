import type { Command } from "commander";
import { restore } from "../backup/restore.ts";
import { MEBIBYTE } from "../support/bytes.ts";
import { follow } from "../support/progress.ts";
import { config } from "../support/run.ts";

interface Options {
  readonly force: boolean;
}

export function addRestore(program: Command): void {
  program.command("restore")
    .description("Restore a backup into DATA_DIR, once it is verified down to the last event")
    .argument("<file>", "a backup that this program made")
    .option("--force", "move the Filmroll that is there aside", false)
    .action(async (file: string, { force }: Options) => {
      const { manifest, replaced } = await restore({
        config: config(),
        file,
        force,
        onRead: follow("Unpacking (MiB)", MEBIBYTE),
        onVerified: follow("Verifying", 1000),
      });
      const { created_at, head: { position } } = manifest;
      console.log(`Restored ${position} events, as they were at ${created_at}; they verify`);
      if (replaced !== null) console.log(`What was there is in "${replaced}" now`);
    });
}
