import assert from "node:assert/strict";
import { DomainError } from "../domain/core/errors.ts";
import { uuidv7 } from "../domain/core/id.ts";
import { sql } from "../domain/core/statement.ts";
import { type EventStore, StoreUnavailable } from "../domain/event_store/event_store.ts";
import { openFilmroll } from "../domain/mod.ts";
import { openInMemory } from "../domain/testing.ts";
import { Accounts } from "./accounts.ts";
import { Passwords } from "./passwords.ts";
import { allowances, TooManyRequests } from "./rate_limit.ts";
import { MemoryRateLimiter } from "./rate_limit/memory.ts";
import { TOKEN_SECONDS, Tokens } from "./tokens.ts";

const DAY = 24 * 60 * 60 * 1000;
const ADDRESS = "192.0.2.1";

const alice = {
  username: "Alice",
  email: "alice@example.com",
  password: "correct horse",
  fullName: null,
};

/** Passwords as they are, without bcrypt's time, and a count of how often they were compared. */
class PlainPasswords extends Passwords {
  compared: (string | null)[] = [];

  constructor() {
    super({ cost: 4, blocklist: false });
  }

  override hash(password: string) {
    return Promise.resolve(`hash of ${password}`);
  }

  override matches(password: string, hash: string | null) {
    this.compared.push(hash);
    return Promise.resolve(hash === `hash of ${password}`);
  }
}

interface World {
  readonly accounts: Accounts;
  readonly store: EventStore;
  readonly passwords: PlainPasswords;
  readonly pass: (milliseconds: number) => void;
}

async function withAccounts(use: (world: World) => Promise<void>): Promise<void> {
  let now = Date.parse("2026-03-01T12:00:00.000Z");
  const clock = () => new Date(now);
  const store = openInMemory(clock);
  const passwords = new PlainPasswords();
  const accounts = new Accounts({
    filmroll: openFilmroll(store),
    passwords,
    tokens: new Tokens("0123456789abcdef0123456789abcdef"),
    limiter: new MemoryRateLimiter(),
    clock,
  });
  try {
    await use({ accounts, store, passwords, pass: (milliseconds) => now += milliseconds });
  } finally {
    await store.close();
  }
}

const invalidCredentials = (error: unknown) =>
  error instanceof DomainError && error.refusal === "unauthenticated" &&
  error.message === "Invalid credentials";

Deno.test("register and authenticate answer the same person", () =>
  withAccounts(async ({ accounts }) => {
    const id = await accounts.register(alice, ADDRESS);
    const { userId } = await accounts.authenticate(alice.email, alice.password, ADDRESS);
    assert.equal(userId, id);
    const again = await accounts.authenticate(" ALICE@example.com", alice.password, ADDRESS);
    assert.deepEqual(again, { userId: id, isRestored: false });
  }));

Deno.test("register answers a form that is sent twice with the same person", () =>
  withAccounts(async ({ accounts, store }) => {
    const commandId = uuidv7();
    const [one, other] = await Promise.all([
      accounts.register(alice, ADDRESS, commandId),
      accounts.register(alice, ADDRESS, commandId),
    ]);
    assert.equal(one, other);
    assert.equal((await store.query(sql`SELECT * FROM credential`)).length, 1);
  }));

Deno.test("register hands nobody the account of who sent the form before", () =>
  withAccounts(async ({ accounts }) => {
    const commandId = uuidv7();
    const bob = { ...alice, username: "Bob", email: "bob@example.com" };
    const first = await accounts.register(alice, ADDRESS, commandId);
    assert.notEqual(await accounts.register(bob, ADDRESS, commandId), first);
    await assert.rejects(
      accounts.register({ ...bob, email: alice.email }, ADDRESS, commandId),
      /already registered/,
    );
  }));

Deno.test("register is limited by network address", () =>
  withAccounts(async ({ accounts }) => {
    const people = Array.from({ length: allowances.register.burst }, (_, index) => ({
      ...alice,
      username: `person${index}`,
      email: `${index}@example.com`,
    }));
    await Promise.all(people.map((person) => accounts.register(person, ADDRESS)));
    await assert.rejects(accounts.register(alice, ADDRESS), TooManyRequests);
    await accounts.register(alice, "192.0.2.2");
  }));

Deno.test("authenticate refuses a wrong password and an unknown address alike, after the same work", () =>
  withAccounts(async ({ accounts, passwords }) => {
    await accounts.register(alice, ADDRESS);
    await assert.rejects(
      accounts.authenticate(alice.email, "wrong", ADDRESS),
      invalidCredentials,
    );
    await assert.rejects(
      accounts.authenticate("eve@example.com", alice.password, ADDRESS),
      invalidCredentials,
    );
    assert.deepEqual(passwords.compared, ["hash of correct horse", null]);
  }));

Deno.test("authenticate stops those who guess one person's password, one by one or at once", () =>
  withAccounts(async ({ accounts, passwords }) => {
    await accounts.register(alice, ADDRESS);
    const { burst } = allowances.loginByEmail;
    const guesses = await Promise.allSettled(
      Array.from(
        { length: burst + 20 },
        (_, index) => accounts.authenticate(alice.email, `guess ${index}`, `192.0.2.${index}`),
      ),
    );
    assert.equal(passwords.compared.length, burst);
    const limited = guesses.filter((one) =>
      one.status === "rejected" && one.reason instanceof TooManyRequests
    );
    assert.equal(limited.length, 20);
    await assert.rejects(
      accounts.authenticate("ALICE@example.com", alice.password, ADDRESS),
      TooManyRequests,
    );
  }));

Deno.test("authenticate stops those who guess from one network address", () =>
  withAccounts(async ({ accounts }) => {
    await accounts.register(alice, ADDRESS);
    for (let guess = 0; guess < allowances.loginByAddress.burst; guess++) {
      await assert.rejects(
        accounts.authenticate(`${guess}@example.com`, "guess", ADDRESS),
        invalidCredentials,
      );
    }
    await assert.rejects(
      accounts.authenticate(alice.email, alice.password, ADDRESS),
      TooManyRequests,
    );
    await accounts.authenticate(alice.email, alice.password, "192.0.2.2");
  }));

Deno.test("logging in with the right password costs nothing of the allowance", () =>
  withAccounts(async ({ accounts }) => {
    const id = await accounts.register(alice, ADDRESS);
    for (let login = 0; login < 2 * allowances.loginByEmail.burst; login++) {
      const { userId } = await accounts.authenticate(alice.email, alice.password, ADDRESS);
      assert.equal(userId, id);
    }
  }));

Deno.test("a session's secret is known to its browser alone", () =>
  withAccounts(async ({ accounts, store }) => {
    const id = await accounts.register(alice, ADDRESS);
    const secret = await accounts.beginSession(id);
    assert.match(secret, /^[\w-]{43}$/);
    const kept = JSON.stringify([
      await store.query(sql`SELECT * FROM session`),
      await store.query(sql`SELECT * FROM command`),
      await store.film(0, 100),
    ]);
    assert(!kept.includes(secret));
  }));

Deno.test("a session tells who calls, and nothing else does", () =>
  withAccounts(async ({ accounts }) => {
    const id = await accounts.register(alice, ADDRESS);
    const secret = await accounts.beginSession(id);
    const session = await accounts.callerBySession(secret);
    assert.equal(session?.caller.id, id);
    assert.equal(session.caller.username, "Alice");
    for (const other of ["", secret.slice(1), `${secret}x`, secret.toLowerCase()]) {
      assert.equal(await accounts.callerBySession(other), null);
    }
  }));

Deno.test("a session ends after 30 days without a visit", () =>
  withAccounts(async ({ accounts, pass }) => {
    const secret = await accounts.beginSession(await accounts.register(alice, ADDRESS));
    pass(30 * DAY - 1);
    assert.notEqual(await accounts.callerBySession(secret), null);
    pass(30 * DAY);
    assert.equal(await accounts.callerBySession(secret), null);
  }));

Deno.test("a session slides with a visit, at most once a day", () =>
  withAccounts(async ({ accounts, pass }) => {
    const secret = await accounts.beginSession(await accounts.register(alice, ADDRESS));
    const slid = async () => (await accounts.callerBySession(secret))?.slid;
    assert.equal(await slid(), false);
    pass(DAY - 1);
    assert.equal(await slid(), false);
    pass(1);
    assert.equal(await slid(), true);
    assert.equal(await slid(), false);
    for (let week = 0; week < 10; week++) {
      pass(7 * DAY);
      assert.equal(await slid(), true);
    }
  }));

Deno.test("a session is good though the store cannot record that it slides", () =>
  withAccounts(async ({ accounts, pass, store }) => {
    const secret = await accounts.beginSession(await accounts.register(alice, ADDRESS));
    pass(2 * DAY);
    const { write } = store;
    store.write = () => Promise.reject(new StoreUnavailable("Cannot record: disk full"));
    assert.equal((await accounts.callerBySession(secret))?.slid, false);
    store.write = write;
    assert.equal((await accounts.callerBySession(secret))?.slid, true);
  }));

Deno.test("a session that ended is over, and the person's others are not", () =>
  withAccounts(async ({ accounts }) => {
    const id = await accounts.register(alice, ADDRESS);
    const phone = await accounts.beginSession(id);
    const laptop = await accounts.beginSession(id);
    const session = await accounts.callerBySession(phone);
    await accounts.endSession(session!.caller);
    assert.equal(await accounts.callerBySession(phone), null);
    assert.notEqual(await accounts.callerBySession(laptop), null);
    await accounts.endSession(session!.caller);
  }));

Deno.test("a token tells who calls until it runs out, and has no session to end", () =>
  withAccounts(async ({ accounts, pass }) => {
    const id = await accounts.register(alice, ADDRESS);
    const { token, seconds } = await accounts.issueToken(id);
    assert.equal(seconds, TOKEN_SECONDS);
    const caller = await accounts.callerByToken(token);
    assert.equal(caller?.id, id);
    assert.equal(caller.session, null);
    await accounts.endSession(caller);
    assert.notEqual(await accounts.callerByToken(token), null);
    pass(TOKEN_SECONDS * 1000);
    assert.equal(await accounts.callerByToken(token), null);
  }));

Deno.test("a token of a person who is not there tells nobody", () =>
  withAccounts(async ({ accounts }) => {
    await assert.rejects(accounts.issueToken(9), /User not found/);
    const forNobody = await new Tokens("0123456789abcdef0123456789abcdef")
      .issue(9, new Date("2026-03-01T12:00:00.000Z"));
    assert.equal(await accounts.callerByToken(forNobody), null);
  }));
