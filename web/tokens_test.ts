import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { TOKEN_SECONDS, Tokens } from "./tokens.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const NOW = new Date("2026-03-01T12:00:00.000Z");
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

const parts = (token: string) =>
  token.split(".").slice(0, 2).map((part) =>
    JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(part, { alphabet: "base64url" })))
  );

const encode = (value: unknown) =>
  new TextEncoder().encode(JSON.stringify(value)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });

Deno.test("a token tells whom it was issued to", async () => {
  const tokens = new Tokens(SECRET);
  const token = await tokens.issue(7, NOW);
  assert.equal((await tokens.verify(token, NOW))?.userId, 7);
  assert.equal((await new Tokens(SECRET).verify(token, NOW))?.userId, 7);
});

Deno.test("a token is a JWT with the standard claims and nothing personal", async () => {
  const [header, claims] = parts(await new Tokens(SECRET).issue(7, NOW));
  const seconds = NOW.getTime() / 1000;
  assert.deepEqual(header, { alg: "HS256", typ: "JWT" });
  assert.deepEqual(claims, {
    iss: "filmroll",
    sub: "7",
    iat: seconds,
    exp: seconds + TOKEN_SECONDS,
  });
});

Deno.test("a token is good for an hour, also where it was verified before", async () => {
  const tokens = new Tokens(SECRET);
  const token = await tokens.issue(7, NOW);
  const expires = later(TOKEN_SECONDS).getTime();
  const issued = NOW.getTime();
  assert.deepEqual(await tokens.verify(token, later(TOKEN_SECONDS - 1)), {
    userId: 7,
    issued,
    expires,
  });
  assert.equal(await tokens.verify(token, later(TOKEN_SECONDS)), null);
  assert.equal(await new Tokens(SECRET).verify(token, later(TOKEN_SECONDS)), null);
});

Deno.test("what is no token of ours is nobody's", async () => {
  const tokens = new Tokens(SECRET);
  const token = await tokens.issue(7, NOW);
  const [header, claims, signature] = token.split(".") as [string, string, string];
  const [, payload] = parts(token);
  const key = (secret: string) => new TextEncoder().encode(secret);
  const forged = {
    "nothing": "",
    "no token": "Bearer",
    "another secret": await new Tokens(SECRET.toUpperCase()).issue(7, NOW),
    "another person": [header, encode({ ...payload, sub: "1" }), signature].join("."),
    "no signature": [header, claims, ""].join("."),
    "no algorithm": [encode({ alg: "none" }), claims, ""].join("."),
    "another algorithm": await new SignJWT(payload).setProtectedHeader({ alg: "HS512" })
      .sign(key(SECRET.repeat(2))),
    "another issuer": await new SignJWT({ ...payload, iss: "somebody" })
      .setProtectedHeader({ alg: "HS256" }).sign(key(SECRET)),
    "no end": await new SignJWT({ iss: "filmroll", sub: "7" })
      .setProtectedHeader({ alg: "HS256" }).sign(key(SECRET)),
  };
  for (const [what, forgery] of Object.entries(forged)) {
    assert.equal(await tokens.verify(forgery, NOW), null, what);
  }
  assert.equal((await tokens.verify(token, NOW))?.userId, 7);
});
