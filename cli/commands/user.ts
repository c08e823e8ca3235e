import { setTimeout } from "node:timers/promises";
import type { Command } from "commander";
import { systemClock } from "../../domain/core/clock.ts";
import { notFound } from "../../domain/core/errors.ts";
import { Erasure } from "../../domain/erasure/erasure.ts";
import { StoreUnavailable } from "../../domain/event_store/event_store.ts";
import type { Filmroll } from "../../domain/mod.ts";
import type { MemberView } from "../../domain/moderation/queries.ts";
import { makeResetLink } from "../../web/reset_link.ts";
import { type Opened, withStore } from "../support/run.ts";

const PAGE = 500;
const OPERATOR = { actor: null };

export function addUser(program: Command): void {
  const user = program.command("user")
    .description("List people, and look after their accounts")
    .addHelpText("after", "\nA person is a username, an e-mail address, or an id.");

  user.command("list")
    .description("List everybody")
    .option("--json", "print a JSON document a line", false)
    .action(({ json }: { json: boolean }) => withStore(({ filmroll }) => list(filmroll, json)));

  user.command("reset-link")
    .description("Make a link that sets a new password: once, within an hour")
    .argument("<person>")
    .action(about(async (userId, { filmroll, config: { publicUrl } }) => {
      const { url, expiresAt } = await makeResetLink(filmroll, { userId, publicUrl });
      console.log(`Until ${expiresAt}, once:\n${url}`);
    }));

  user.command("suspend")
    .description("Log a person out, and let them neither in nor act; what they posted stays")
    .argument("<person>")
    .action(about(async (userId, { filmroll: { commands } }) => {
      await commands.execute("SuspendUser", { userId }, OPERATOR);
      console.log("Suspended");
    }));

  user.command("unsuspend")
    .description("Let a person in again")
    .argument("<person>")
    .action(about(async (userId, { filmroll: { commands } }) => {
      await commands.execute("ReinstateUser", { userId }, OPERATOR);
      console.log("No longer suspended");
    }));

  user.command("erase")
    .description("Erase a person and all they made, at once and for good")
    .argument("<person>")
    .requiredOption("--yes", "that it shall be: nothing brings it back but an older backup")
    .action(about(async (userId, { filmroll, store }) => {
      const { commands } = filmroll;
      await commands.execute("CloseAccount", { by: userId, graceDays: 0 }, OPERATOR);
      await erase(new Erasure({ filmroll, store, clock: systemClock }));
      console.log("Erased");
    }));

  user.command("admin")
    .description("Let a person see the operator's pages, /admin")
    .argument("<person>")
    .option("--off", "not any more", false)
    .action((person: string, { off }: { off: boolean }) =>
      about(async (userId, { filmroll: { commands } }) => {
        await commands.execute(off ? "DismissAdmin" : "AppointAdmin", { userId }, OPERATOR);
        console.log(off ? "No longer an administrator" : "An administrator");
      })(person)
    );
}

/** At its end the log is emptied, which is possible between two reads of a server: some tries. */
async function erase(erasure: Erasure): Promise<void> {
  for (let triesLeft = 50;; triesLeft--) {
    try {
      return await erasure.run();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || triesLeft === 0) throw error;
      await setTimeout(100);
    }
  }
}

type Work = (userId: number, opened: Opened) => Promise<void>;

/** An action about a person who is named on the command line. */
const about = (work: Work) => (person: string) =>
  withStore(async (opened) => {
    const userId = await opened.filmroll.queries.ask("FindMemberId", { text: person });
    if (userId === null) throw notFound(`User "${person}"`);
    await work(userId, opened);
  });

async function list({ queries }: Filmroll, json: boolean): Promise<void> {
  let after = 0;
  for (;;) {
    const members = await queries.ask("GetMembers", { after, limit: PAGE });
    for (const member of members) console.log(json ? JSON.stringify(member) : lineOf(member));
    if (members.length < PAGE) return;
    after = members.at(-1)!.id;
  }
}

function lineOf(
  { id, username, email, created_at, post_count, is_active, is_admin, is_suspended }: MemberView,
): string {
  const marks = [is_admin && "admin", is_suspended && "suspended", !is_active && "closed"];
  const posts = `${post_count} ${post_count === 1 ? "post" : "posts"}`;
  return [id, `@${username}`, email, `since ${created_at.slice(0, 10)}`, posts, ...marks]
    .filter(Boolean).join("  ");
}
