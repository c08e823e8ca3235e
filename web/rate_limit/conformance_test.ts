import assert from "node:assert/strict";
import { connect } from "../../domain/event_store/postgres/connection.ts";
import { type PostgresServer, startPostgres } from "../../domain/event_store/postgres/testing.ts";
import { allowances, type RateLimiter, unlimited } from "../rate_limit.ts";
import { refuses, takeAll, testRateLimiter } from "./conformance.ts";
import { MemoryRateLimiter } from "./memory.ts";
import { PostgresRateLimiter } from "./postgres.ts";

const { burst, seconds } = allowances.loginByEmail;
const EACH = seconds / burst * 1000;

let server: PostgresServer;
let sql: ReturnType<typeof connect>;

Deno.test.beforeAll(async () => {
  server = await startPostgres();
  sql = connectTo(server.url());
});

Deno.test.afterAll(async () => {
  await sql.end();
  await server.stop();
});

const connectTo = (url: string) =>
  connect(url, { max: 4, searchPath: ["public"], readOnly: false, purpose: "testing" });

async function openEmpty(): Promise<PostgresRateLimiter> {
  const limiter = await PostgresRateLimiter.open(sql);
  await sql`TRUNCATE rate_limit`;
  return limiter;
}

testRateLimiter("memory", () => Promise.resolve(new MemoryRateLimiter()));
testRateLimiter("PostgreSQL", openEmpty);

Deno.test("a limiter that is off refuses nothing", async () => {
  for (let taken = 0; taken < 10 * burst; taken++) await unlimited.take("loginByEmail", "alice", 0);
});

Deno.test("memory: of very many the longest unused are forgotten first", async () => {
  const limiter: RateLimiter = new MemoryRateLimiter();
  await takeAll(limiter, "used", 0);
  await takeAll(limiter, "unused", 0);
  for (let other = 0; other < 99_999; other++) {
    if (other === 50_000) await refuses(limiter, "used", 0, EACH / 1000);
    await limiter.take("loginByEmail", String(other), 0);
  }
  await refuses(limiter, "used", 0, EACH / 1000);
  await limiter.take("loginByEmail", "unused", 0);
});

Deno.test("PostgreSQL: nodes count together", async () => {
  const one = await openEmpty();
  const otherSql = connectTo(server.url());
  const other = await PostgresRateLimiter.open(otherSql);
  for (let taken = 0; taken < burst; taken++) {
    await (taken % 2 === 0 ? one : other).take("loginByEmail", "alice", 0);
  }
  await refuses(one, "alice", 0, EACH / 1000);
  await refuses(other, "alice", 0, EACH / 1000);
  await otherSql.end();
});

Deno.test("PostgreSQL: a table made by several nodes at once is made", async () => {
  await sql`DROP TABLE IF EXISTS rate_limit`;
  await Promise.all(Array.from({ length: 4 }, () => PostgresRateLimiter.open(sql)));
});

Deno.test("PostgreSQL: buckets that are full again are not kept", async () => {
  const limiter = await openEmpty();
  await limiter.take("register", "early", 0);
  await limiter.take("register", "late", 1);
  await limiter.sweep(allowances.register.seconds * 1000 + 1);
  assert.deepEqual([...await sql`SELECT at FROM rate_limit`], [{ at: 1 }]);
});

Deno.test("PostgreSQL: who cannot be counted is let through", async () => {
  const limiter = await openEmpty();
  await sql`ALTER TABLE rate_limit RENAME TO elsewhere`;
  for (let taken = 0; taken <= burst; taken++) await limiter.take("loginByEmail", "alice", 0);
  await limiter.giveBack("loginByEmail", "alice", 0);
  await sql`ALTER TABLE elsewhere RENAME TO rate_limit`;
});
