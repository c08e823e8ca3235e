import assert from "node:assert/strict";
import { allowances, type Limited, RateLimiter, TooManyRequests } from "./rate_limit.ts";

const { burst, seconds } = allowances.loginByEmail;
const EACH = seconds / burst * 1000;

function takeAll(limiter: RateLimiter, who: string, now: number, what: Limited = "loginByEmail") {
  for (let taken = 0; taken < allowances[what].burst; taken++) limiter.take(what, who, now);
}

const refuses = (limiter: RateLimiter, who: string, now: number, retryAfter: number) =>
  assert.throws(
    () => limiter.take("loginByEmail", who, now),
    (error) => error instanceof TooManyRequests && error.retryAfter === retryAfter,
  );

Deno.test("a burst is allowed, and then no more", () => {
  const limiter = new RateLimiter(true);
  takeAll(limiter, "alice", 0);
  refuses(limiter, "alice", 0, EACH / 1000);
});

Deno.test("a refusal tells in whole seconds when one more is allowed, and then it is", () => {
  const limiter = new RateLimiter(true);
  takeAll(limiter, "alice", 0);
  refuses(limiter, "alice", EACH / 2, EACH / 2000);
  refuses(limiter, "alice", EACH - 1, 1);
  limiter.take("loginByEmail", "alice", EACH);
  refuses(limiter, "alice", EACH, EACH / 1000);
});

Deno.test("waiting longer saves up no more than a burst", () => {
  const limiter = new RateLimiter(true);
  takeAll(limiter, "alice", 0);
  const muchLater = 10 * seconds * 1000;
  takeAll(limiter, "alice", muchLater);
  refuses(limiter, "alice", muchLater, EACH / 1000);
});

Deno.test("everybody, and everything, has an allowance of its own", () => {
  const limiter = new RateLimiter(true);
  takeAll(limiter, "alice", 0);
  limiter.take("loginByEmail", "bob", 0);
  limiter.take("loginByAddress", "alice", 0);
});

Deno.test("what was given back can be taken again, and no more than that", () => {
  const limiter = new RateLimiter(true);
  takeAll(limiter, "alice", 0);
  limiter.giveBack("loginByEmail", "alice", 0);
  limiter.take("loginByEmail", "alice", 0);
  refuses(limiter, "alice", 0, EACH / 1000);

  limiter.giveBack("loginByEmail", "bob", 0);
  takeAll(limiter, "bob", 0);
  refuses(limiter, "bob", 0, EACH / 1000);
});

Deno.test("a clock that goes back gives nothing and takes nothing", () => {
  const limiter = new RateLimiter(true);
  takeAll(limiter, "alice", 1000 * EACH);
  refuses(limiter, "alice", 0, EACH / 1000);
});

Deno.test("a limiter that is off refuses nothing", () => {
  const limiter = new RateLimiter(false);
  for (let taken = 0; taken < 10 * burst; taken++) limiter.take("loginByEmail", "alice", 0);
});

Deno.test("of very many the longest unused are forgotten first", () => {
  const limiter = new RateLimiter(true);
  takeAll(limiter, "used", 0);
  takeAll(limiter, "unused", 0);
  for (let other = 0; other < 99_999; other++) {
    if (other === 50_000) refuses(limiter, "used", 0, EACH / 1000);
    limiter.take("loginByEmail", String(other), 0);
  }
  refuses(limiter, "used", 0, EACH / 1000);
  limiter.take("loginByEmail", "unused", 0);
});
