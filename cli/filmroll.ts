/** What whoever runs a Filmroll does with it: `deno task filmroll <command>`. */
import { Command } from "commander";
import { addBackup } from "./commands/backup.ts";
import { addEvents } from "./commands/events.ts";
import { addMigrate } from "./commands/migrate.ts";
import { addRebuild } from "./commands/rebuild.ts";
import { addRestore } from "./commands/restore.ts";
import { addStats } from "./commands/stats.ts";
import { addUser } from "./commands/user.ts";
import { addVerify } from "./commands/verify.ts";
import { exitCodes, fail } from "./support/run.ts";

const program = new Command("filmroll")
  .description("Looks after the Filmroll in DATA_DIR, or at DATABASE_URL, also while it is served")
  .showHelpAfterError("(add --help for what is possible)")
  .exitOverride(({ exitCode }) => Deno.exit(exitCode === 0 ? exitCodes.done : exitCodes.usage));

const commands = [
  addBackup,
  addRestore,
  addVerify,
  addRebuild,
  addMigrate,
  addStats,
  addEvents,
  addUser,
];
for (const add of commands) add(program);

await program.parseAsync(Deno.args, { from: "user" }).catch(fail);
