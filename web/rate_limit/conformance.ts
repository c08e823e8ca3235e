/** What every rate limiter does, as tests. */
import assert from "node:assert/strict";
import { allowances, type Limited, type RateLimiter, TooManyRequests } from "../rate_limit.ts";

const { burst, seconds } = allowances.loginByEmail;
const EACH = seconds / burst * 1000;

export async function takeAll(
  limiter: RateLimiter,
  who: string,
  now: number,
  what: Limited = "loginByEmail",
): Promise<void> {
  for (let taken = 0; taken < allowances[what].burst; taken++) await limiter.take(what, who, now);
}

export const refuses = (limiter: RateLimiter, who: string, now: number, retryAfter: number) =>
  assert.rejects(
    limiter.take("loginByEmail", who, now),
    (error) => error instanceof TooManyRequests && error.retryAfter === retryAfter,
  );

/** @param open answers a limiter that has counted nothing */
export function testRateLimiter(engine: string, open: () => Promise<RateLimiter>): void {
  const test = (name: string, run: (limiter: RateLimiter) => Promise<void>) =>
    Deno.test(`${engine}: ${name}`, async () => await run(await open()));

  test("a burst is allowed, and then no more", async (limiter) => {
    await takeAll(limiter, "alice", 0);
    await refuses(limiter, "alice", 0, EACH / 1000);
  });

  test("a refusal tells in whole seconds when one more is allowed, and then it is", async (limiter) => {
    await takeAll(limiter, "alice", 0);
    await refuses(limiter, "alice", EACH / 2, EACH / 2000);
    await refuses(limiter, "alice", EACH - 1, 1);
    await limiter.take("loginByEmail", "alice", EACH);
    await refuses(limiter, "alice", EACH, EACH / 1000);
  });

  test("waiting longer saves up no more than a burst", async (limiter) => {
    await takeAll(limiter, "alice", 0);
    const muchLater = 10 * seconds * 1000;
    await takeAll(limiter, "alice", muchLater);
    await refuses(limiter, "alice", muchLater, EACH / 1000);
  });

  test("everybody, and everything, has an allowance of its own", async (limiter) => {
    await takeAll(limiter, "alice", 0);
    await limiter.take("loginByEmail", "bob", 0);
    await limiter.take("loginByAddress", "alice", 0);
  });

  test("what was given back can be taken again, and no more than that", async (limiter) => {
    await takeAll(limiter, "alice", 0);
    await limiter.giveBack("loginByEmail", "alice", 0);
    await limiter.take("loginByEmail", "alice", 0);
    await refuses(limiter, "alice", 0, EACH / 1000);

    await limiter.giveBack("loginByEmail", "bob", 0);
    await takeAll(limiter, "bob", 0);
    await refuses(limiter, "bob", 0, EACH / 1000);
  });

  test("a clock that goes back gives nothing and takes nothing", async (limiter) => {
    await takeAll(limiter, "alice", 1000 * EACH);
    await refuses(limiter, "alice", 0, EACH / 1000);
  });

  test("of many at once, no more than a burst are allowed", async (limiter) => {
    const takes = Array.from(
      { length: 3 * burst },
      () => limiter.take("loginByEmail", "alice", 0),
    );
    const settled = await Promise.allSettled(takes);
    assert.equal(settled.filter(({ status }) => status === "fulfilled").length, burst);
  });
}
