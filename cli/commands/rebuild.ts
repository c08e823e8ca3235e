import type { Command } from "commander";
import { followRebuild } from "../support/progress.ts";
import { withStore } from "../support/run.ts";

export function addRebuild(program: Command): void {
  program.command("rebuild")
    .description("Develop all read models anew from the film, while the old ones serve")
    .action(() =>
      withStore(async ({ store }) => {
        await store.rebuild(followRebuild());
        console.log(`All read models are developed anew, from ${await store.head()} events`);
      })
    );
}
