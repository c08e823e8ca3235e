import assert from "node:assert/strict";
// @ts-types="npm:@types/bcrypt@6.0.0"
import bcrypt from "bcrypt";
import { DomainError } from "../domain/core/errors.ts";
import { Passwords, PasswordsOverloaded } from "./passwords.ts";

const passwords = new Passwords({ cost: 4, blocklist: true });

Deno.test("a password matches its own hash, and no other does", async () => {
  const hash = await passwords.hash("correct horse");
  assert(await passwords.matches("correct horse", hash));
  for (const wrong of ["Correct horse", "correct horse ", "correct hors", "", "\0"]) {
    assert(!await passwords.matches(wrong, hash), wrong);
  }
});

Deno.test("a hash is bcrypt's, at the cost that was asked for, and salted", async () => {
  const [one, other] = await Promise.all([
    passwords.hash("correct horse"),
    passwords.hash("correct horse"),
  ]);
  assert.match(one!, /^\$2b\$04\$.{53}$/);
  assert.notEqual(one, other);
});

Deno.test("a password of 72 bytes counts to its last byte", async () => {
  const password = "é".repeat(36);
  const hash = await passwords.hash(password);
  assert(await passwords.matches(password, hash));
  assert(!await passwords.matches("é".repeat(35) + "e", hash));
});

Deno.test("a longer password does not match by its first 72 bytes", async () => {
  const password = "x".repeat(72);
  const hash = await passwords.hash(password);
  assert(!await passwords.matches(password + "y", hash));
});

Deno.test("the most common passwords are refused, in any case", async () => {
  for (const password of ["password", "PassWord", "12345678", "iloveyou"]) {
    await assert.rejects(passwords.hash(password), (error) => {
      assert(error instanceof DomainError);
      assert.equal(error.refusal, "invalid");
      assert.equal(error.field, "password");
      return true;
    });
  }
});

Deno.test("without the blocklist a common password is taken", async () => {
  const lenient = new Passwords({ cost: 4, blocklist: false });
  assert(await lenient.matches("password", await lenient.hash("password")));
});

Deno.test("no hash matches nothing, after the same work as a wrong password", async () => {
  const compared: string[] = [];
  const { compare } = bcrypt;
  bcrypt.compare = (password: string | Uint8Array, hash: string) => {
    compared.push(hash);
    return compare(password as string, hash);
  };
  try {
    const hash = await passwords.hash("correct horse");
    assert(!await passwords.matches("a wrong one", hash));
    assert(!await passwords.matches("a wrong one", null));
    assert(!await passwords.matches("another", null));
  } finally {
    bcrypt.compare = compare;
  }
  assert.equal(compared.length, 3);
  assert(compared.every((hash) => bcrypt.getRounds(hash) === 4));
});

Deno.test("more than can wait are refused, and those that wait are answered", async () => {
  const busy = new Passwords({ cost: 4, blocklist: false });
  const sent = 200 + navigator.hardwareConcurrency + 5;
  const settled = await Promise.allSettled(
    Array.from({ length: sent }, () => busy.hash("correct horse")),
  );
  const refusals = settled.filter((one) => one.status === "rejected");
  assert.equal(refusals.length, 5);
  assert(refusals.every(({ reason }) => reason instanceof PasswordsOverloaded));
  assert.match(await busy.hash("correct horse"), /^\$2b\$/);
});
