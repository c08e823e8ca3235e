import { setTimeout } from "node:timers/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { RecordedEvent } from "../../domain/core/event.ts";
import { through } from "../../domain/event_store/browse.ts";
import type { EventStore, FilmFilter } from "../../domain/event_store/event_store.ts";
import { withoutPersonal } from "../../domain/mod.ts";
import { withStore } from "../support/run.ts";

interface Options {
  readonly stream?: string;
  readonly type?: string;
  readonly person?: number;
  readonly since?: string;
  readonly until?: string;
  readonly after?: number;
  readonly limit: number;
  readonly follow: boolean;
  readonly json: boolean;
  readonly reveal: boolean;
}

const LOOK_MS = 500;

export function addEvents(program: Command): void {
  program.command("events")
    .description("Browse the film, the newest events first, or follow it")
    .option("--stream <name>", 'of one stream, such as "post-12"')
    .option("--type <name>", 'of one type, such as "PostCreated"')
    .addOption(new Option("--person <id>", "of whom acted").argParser(whole))
    .addOption(new Option("--since <time>", "from then on, as ISO 8601").argParser(time))
    .addOption(new Option("--until <time>", "before then, as ISO 8601").argParser(time))
    .addOption(new Option("--after <position>", "oldest first, from there on").argParser(whole))
    .addOption(new Option("--limit <count>", "how many").argParser(whole).default(50))
    .option("--follow", "go on with what happens from now on, until stopped", false)
    .option("--json", "print a JSON document a line", false)
    .option("--reveal", "show what is personal, too", false)
    .action((options: Options) =>
      withStore(async ({ store }) => {
        const { stream, type, person, since, until, after, limit, follow } = options;
        const filter: FilmFilter = { stream, type, actor: person, since, until };
        const print = printer(options);
        const head = await store.head();
        if (after !== undefined || !follow) {
          const events = through(store, filter, after === undefined ? {} : { after });
          await printSome(events, limit, print);
        }
        if (follow) await printComing(store, filter, head, print);
      })
    );
}

type Print = (event: RecordedEvent) => void;

function printer({ json, reveal }: Options): Print {
  return (event) => {
    const shown = reveal ? event : withoutPersonal(event);
    if (json) {
      console.log(JSON.stringify(shown));
      return;
    }
    const { position, created_at, stream, version, type, metadata: { actor } } = shown;
    const who = actor === null ? "" : ` by ${actor}`;
    console.log(`${position}  ${created_at}  ${type}  ${stream}@${version}${who}`);
    console.log(`    ${JSON.stringify(shown.data)}`);
  };
}

async function printSome(
  events: AsyncIterable<RecordedEvent>,
  limit: number,
  print: Print,
): Promise<void> {
  let left = limit;
  for await (const event of events) {
    print(event);
    if (--left <= 0) return;
  }
}

/** Prints what comes after a position, until the program is stopped. */
async function printComing(
  store: EventStore,
  filter: FilmFilter,
  after: number,
  print: Print,
): Promise<never> {
  for (let from = after;;) {
    const head = await store.head();
    for await (const event of through(store, filter, { after: from })) print(event);
    from = head;
    await setTimeout(LOOK_MS);
  }
}

function whole(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Wanted is a whole number.");
}

function time(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError('Wanted is a time such as "2026-03-01" or "2026-03-01T12:00Z".');
  }
  return date.toISOString();
}
