/** Kills the program under load, over and over, and checks after each time that nothing is lost. */
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { type Random, seeded } from "../../cli/demo/pictures_paint.ts";
import { schemaOf } from "../../domain/core/bus.ts";
import type { RecordedEvent } from "../../domain/core/event.ts";
import { sql } from "../../domain/core/statement.ts";
import type { EventStore } from "../../domain/event_store/event_store.ts";
import { verify } from "../../domain/event_store/sqlite/verify.ts";
import { contexts } from "../../domain/mod.ts";
import { databaseOf, masterKeyOf, openStore } from "../../web/data_dir.ts";
import { killWhileStarting, startProgram } from "../support/program.ts";
import { Ledger } from "./ledger.ts";
import { People } from "./people.ts";

/** Rounds on one community; then a fresh one begins, so that a round costs the same on the 200th. */
const ROUNDS_EACH = 20;

const MEMBERS = 8;

/** What registering records. */
const REGISTRATION = ["EmailClaimed", "UserRegistered", "UsernameClaimed"];

/** The longest that a load goes on before the program is killed, in milliseconds. */
const LONGEST_LOAD = 400;

/** The longest that a program which is killed while it starts lives, in milliseconds. */
const LONGEST_START = 700;

/** What was survived. */
export interface Survived {
  readonly rounds: number;
  /** Kills while the program was starting, beside one a round under load. */
  readonly killedStarting: number;
  /** Commands answered as done; all of them were found. */
  readonly acknowledged: number;
  /** Commands without an answer, which were sent again. */
  readonly unanswered: number;
  /** Events on the films. */
  readonly events: number;
}

/**
 * Runs so many rounds: load, SIGKILL at a random moment, a check of what is on disk, a restart, and
 * everything unanswered sent again. The seed decides who does what and when the program dies; how
 * far it came by then, the machine decides.
 *
 * @throws AssertionError naming what was lost, doubled or half there
 */
export async function crash(
  rounds: number,
  seed: number,
  onRound: () => void = () => {},
): Promise<Survived> {
  const random = seeded(seed);
  const survived = { rounds: 0, killedStarting: 0, acknowledged: 0, unanswered: 0, events: 0 };
  while (survived.rounds < rounds) {
    const folder = await Deno.makeTempDir({ prefix: "filmroll-" });
    try {
      const community = new Community(folder, random);
      const until = Math.min(rounds, survived.rounds + ROUNDS_EACH);
      for (; survived.rounds < until; survived.rounds++, onRound()) {
        if (random.chance(0.2)) survived.killedStarting += await community.stumble();
        survived.unanswered += await community.fall();
      }
      survived.events += await community.rest();
      survived.acknowledged += community.ledger.acknowledged;
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
  return survived;
}

/**
 * Stops the program under load with SIGTERM, and answers how many commands it acknowledged.
 *
 * @throws AssertionError if it recorded a command that it did not answer
 */
export async function drain(seed: number): Promise<number> {
  const folder = await Deno.makeTempDir({ prefix: "filmroll-" });
  try {
    const community = new Community(folder, seeded(seed));
    await community.retire();
    return community.ledger.acknowledged;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

class Community {
  readonly ledger = new Ledger();
  readonly #people: People;
  readonly #random: Random;
  readonly #folder: string;
  readonly #environment;

  constructor(folder: string, random: Random) {
    this.#folder = folder;
    this.#random = random;
    this.#people = new People(random, this.ledger);
    this.#environment = {
      DATA_DIR: `${folder}/data`,
      BCRYPT_COST: "4",
      RATE_LIMIT: "off",
      PASSWORD_BLOCKLIST: "off",
      LOG_LEVEL: "warn",
    };
  }

  /** The program is killed while it starts. Answers how often: once. */
  async stumble(): Promise<1> {
    await killWhileStarting(this.#environment, this.#random.whole(0, LONGEST_START));
    return 1;
  }

  /** The program is killed under load. Answers how many commands were left without an answer. */
  async fall(): Promise<number> {
    await using program = await startProgram(this.#environment);
    await this.#people.insist(program.origin);
    assert.deepEqual(this.ledger.unanswered, []);
    await this.#people.join(program.origin, this.#people.size === 0 ? MEMBERS : 0);
    const acting = this.#people.act(program.origin);
    await setTimeout(this.#random.whole(1, LONGEST_LOAD));
    await program.end("SIGKILL");
    await acting;
    await this.#check();
    return this.ledger.unanswered.length;
  }

  /** The program runs once more, and ends in peace. Answers how many events there are. */
  async rest(): Promise<number> {
    await using program = await startProgram(this.#environment);
    await this.#people.insist(program.origin);
    const { code, stderr } = await program.end("SIGTERM");
    assert.deepEqual([code, stderr], [0, ""]);
    return await this.#check();
  }

  /** The program is stopped under load. */
  async retire(): Promise<void> {
    await using program = await startProgram(this.#environment);
    await this.#people.join(program.origin, MEMBERS);
    const acting = this.#people.act(program.origin);
    await setTimeout(LONGEST_LOAD);
    const { code, stderr } = await program.end("SIGTERM");
    assert.deepEqual([code, stderr], [0, ""]);
    await acting;
    this.ledger.refuseUnanswered();
    await this.#check();
  }

  /** Checks a copy of what is on disk, so that the program itself recovers from what it left. */
  async #check(): Promise<number> {
    const copy = `${this.#folder}/copy`;
    await copyFolder(`${this.#folder}/data`, copy);
    try {
      const store = await openStore({ dataDir: copy, database: null, masterKey: null });
      await using _ = { [Symbol.asyncDispose]: () => store.close() };
      const film = await store.film(0, Number.MAX_SAFE_INTEGER);
      this.ledger.check(film);
      await checkRegistrations(film, store);
      const masterKey = masterKeyOf({ dataDir: copy, masterKey: null });
      const { findings } = await verify(databaseOf(copy), {
        schema: schemaOf(contexts),
        masterKey,
      });
      assert.deepEqual(findings, []);
      return film.length;
    } finally {
      await Deno.remove(copy, { recursive: true });
    }
  }
}

/** Who registered has a name, an address and a password, or nothing of it is there. */
export async function checkRegistrations(
  film: readonly RecordedEvent[],
  store: Pick<EventStore, "query">,
): Promise<void> {
  let people = 0;
  for (const events of Map.groupBy(film, ({ metadata }) => metadata.command_id).values()) {
    const types = events.map(({ type }) => type).toSorted();
    if (!types.some((type) => REGISTRATION.includes(type))) continue;
    assert.deepEqual(types, REGISTRATION);
    people++;
  }
  const [passwords] = await store.query(sql`SELECT count(*) AS count FROM credential`);
  assert.equal(passwords?.count, people);
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isFile } of Deno.readDir(from)) {
    // The index of the log is made anew from the log, as after a crash of the machine.
    if (isFile && !name.endsWith("-shm")) await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}
