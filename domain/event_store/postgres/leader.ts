import type { Leadership, Work } from "../event_store.ts";
import { answered, type Connection, lockOf, send } from "./connection.ts";

/** How often is looked whether a work is free, and whether the connection lives. */
const LOOK_MS = 1000;
const LONGEST_MS = 5000;

/**
 * Who of the nodes does what is done by one: who holds its lock, which the server takes back when the
 * connection ends. All locks are held on one connection.
 */
export class Leader {
  readonly #sql: Connection;
  readonly #shared: string;
  readonly #seats = new Set<Seat>();
  readonly #looking: ReturnType<typeof setInterval>;
  #isShared = false;
  #looks: Promise<void> = Promise.resolve();

  /**
   * @param connect makes the one connection, and says when it ends
   * @param shared a lock that every node shares as long as it lives
   */
  constructor(connect: (onClose: () => void) => Connection, shared: string) {
    this.#sql = connect(() => this.#lose());
    this.#shared = shared;
    this.#looking = setInterval(() => void this.look(), LOOK_MS);
  }

  lead(name: string, begin: () => Work): Leadership {
    const seat = new Seat(lockOf(`lead ${name}`), begin, async () => {
      await this.#looks;
      this.#seats.delete(seat);
      if (!seat.isLocked) return;
      await this.#send(`SELECT pg_advisory_unlock(${seat.lock})`).catch(() => {});
    });
    this.#seats.add(seat);
    void this.look();
    return seat;
  }

  /** Takes what is free. Resolves when it has been tried. */
  look(): Promise<void> {
    return this.#looks = this.#looks.then(() => this.#look()).catch(() => {});
  }

  async #look(): Promise<void> {
    if (!this.#isShared) {
      await this.#send(`SELECT pg_advisory_lock_shared(${this.#shared})`);
      this.#isShared = true;
    } else {
      await this.#send("SELECT 1");
    }
    for (const seat of this.#seats) {
      if (seat.isLocked || seat.isStopped) continue;
      const [row] = await send(
        this.#sql,
        `SELECT pg_try_advisory_lock(${seat.lock}) AS is_ours`,
      );
      if (row!.is_ours) seat.begin();
    }
  }

  #send(text: string) {
    return answered(send(this.#sql, text), LONGEST_MS);
  }

  #lose(): void {
    this.#isShared = false;
    for (const seat of this.#seats) seat.lose();
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    await Promise.all([...this.#seats].map((seat) => seat.stop()));
    await this.#looks;
    await this.#sql.end({ timeout: 1 });
  }
}

/** A work that this node does or would do. */
class Seat implements Leadership {
  readonly lock: string;
  isLocked = false;
  isStopped = false;
  readonly #begin: () => Work;
  readonly #leave: () => Promise<void>;
  #work: Work | null = null;
  #stopping: Promise<void> = Promise.resolve();

  constructor(lock: string, begin: () => Work, leave: () => Promise<void>) {
    this.lock = lock;
    this.#begin = begin;
    this.#leave = leave;
  }

  get isLeading(): boolean {
    return this.#work !== null;
  }

  begin(): void {
    this.isLocked = true;
    // What was lost a moment ago may not have stopped yet.
    this.#stopping = this.#stopping.then(() => {
      if (this.isLocked && !this.isStopped) this.#work = this.#begin();
    });
  }

  /** The lock went with its connection: another node may have it already. */
  lose(): void {
    this.isLocked = false;
    this.#stopping = this.#stopping.then(() => this.#stopWork());
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await (this.#stopping = this.#stopping.then(() => this.#stopWork()));
    await this.#leave();
  }

  async #stopWork(): Promise<void> {
    const work = this.#work;
    this.#work = null;
    await work?.stop();
  }
}
