// @ts-types="npm:@types/bcrypt@6.0.0"
import bcrypt from "bcrypt";
import pLimit from "p-limit";
import { invalid } from "../domain/core/errors.ts";

/** Waiting hashes beyond this are refused: at cost 12 a core does three or four a second. */
const LONGEST_QUEUE = 200;

/** Too many passwords are being checked; nothing was decided, and the request can come again. */
export class PasswordsOverloaded extends Error {
  override readonly name = "PasswordsOverloaded";
}

export interface PasswordOptions {
  /** bcrypt's cost: 2^cost rounds. */
  readonly cost: number;
  readonly blocklist: boolean;
}

/**
 * Hashes and checks passwords with bcrypt, off the main thread, on at most as many threads as there
 * are cores, so that a burst of logins leaves the disk's threads alone.
 */
export class Passwords {
  readonly #cost: number;
  readonly #blocklist: boolean;
  /** Made when first needed: an addon's work that is under way when a process ends can crash it. */
  #decoy: Promise<string> | undefined;
  readonly #threads = pLimit(navigator.hardwareConcurrency);

  constructor({ cost, blocklist }: PasswordOptions) {
    this.#cost = cost;
    this.#blocklist = blocklist;
  }

  /** @throws DomainError `invalid` if the password is among the most common ones */
  async hash(password: string): Promise<string> {
    if (this.#blocklist && (await commonPasswords()).has(password.toLowerCase())) {
      throw invalid("This password is among the most common ones; choose another", "password");
    }
    return await this.#onThread(() => bcrypt.hash(password, this.#cost));
  }

  /**
   * Whether the password belongs to the hash. Without a hash (an unknown address) the answer is no,
   * and takes as long. bcrypt would compare the first 72 bytes of a longer password: that is a no.
   */
  async matches(password: string, hash: string | null): Promise<boolean> {
    const decoy = await (this.#decoy ??= bcrypt.hash(crypto.randomUUID(), this.#cost));
    const matches = await this.#onThread(() => bcrypt.compare(password, hash ?? decoy));
    return matches && hash !== null && new TextEncoder().encode(password).length <= 72;
  }

  async #onThread<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#threads.pendingCount >= LONGEST_QUEUE) {
      throw new PasswordsOverloaded("Too many people are logging in; try again in a moment");
    }
    return await this.#threads(work);
  }
}

let common: Promise<ReadonlySet<string>> | undefined;

/** Some 18,000 passwords of eight characters and more, from leaks (zxcvbn-ts). Loaded when first needed. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  return common ??= import("@zxcvbn-ts/language-common").then(({ dictionary }) =>
    new Set((dictionary["passwords-common"] as string[]).filter(({ length }) => length >= 8))
  );
}
