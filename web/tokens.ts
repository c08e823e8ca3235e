import { jwtVerify, SignJWT } from "jose";

/** How long a program's token is good for. */
export const TOKEN_SECONDS = 60 * 60;

const ALGORITHM = "HS256";
const ISSUER = "filmroll";

/** Verified tokens that are remembered, so that a program's next request skips the cryptography. */
const REMEMBERED = 10_000;

/** What a token that is ours says. */
export interface Verified {
  readonly userId: number;
  /** Milliseconds since the epoch. */
  readonly issued: number;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** Access tokens for programs: JWTs (RFC 7519) signed with HS256, for 60 minutes. */
export class Tokens {
  readonly #key: Uint8Array;
  readonly #verified = new Map<string, Verified>();

  constructor(secret: string) {
    this.#key = new TextEncoder().encode(secret);
  }

  async issue(userId: number, now: Date): Promise<string> {
    const seconds = now.getTime() / 1000;
    return await new SignJWT()
      .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
      .setIssuer(ISSUER)
      .setSubject(String(userId))
      // With milliseconds: what is issued right after a log-out must not end with it.
      .setIssuedAt(seconds)
      .setExpirationTime(Math.floor(seconds) + TOKEN_SECONDS)
      .sign(this.#key);
  }

  /** Whom a token was issued to and until when, or null if it is not ours or has expired. */
  async verify(token: string, now: Date): Promise<Verified | null> {
    const known = this.#verified.get(token);
    if (known !== undefined) return known.expires > now.getTime() ? known : null;
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        requiredClaims: ["sub", "iat", "exp"],
        currentDate: now,
      });
      const verified = {
        userId: Number(payload.sub),
        issued: Math.round(payload.iat! * 1000),
        expires: payload.exp! * 1000,
      };
      this.#remember(token, verified);
      return verified;
    } catch {
      return null;
    }
  }

  #remember(token: string, verified: Verified): void {
    if (this.#verified.size >= REMEMBERED) {
      const oldest = this.#verified.keys().next().value;
      if (oldest !== undefined) this.#verified.delete(oldest);
    }
    this.#verified.set(token, verified);
  }
}
