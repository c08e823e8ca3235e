import { HttpError } from "fresh";
import { DomainError, type Refusal } from "../domain/core/errors.ts";
import {
  CommandIdReused,
  ConcurrencyError,
  StoreOverloaded,
} from "../domain/event_store/event_store.ts";
import { PicturesOverloaded } from "../media/errors.ts";
import { faultOf } from "./faults.ts";
import { PasswordsOverloaded } from "./passwords.ts";
import { TooManyRequests } from "./rate_limit.ts";
import type { Problem } from "./schemas.ts";

/** One field and what is wrong with it; the path is the field's name, dotted where nested. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** Input that its schema refuses. */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";
  constructor(readonly errors: readonly FieldError[]) {
    super(errors.map(({ path, message }) => `${path}: ${message}`).join("; "));
  }
}

/** Nobody is logged in where somebody must be. */
export class LoginRequired extends Error {
  override readonly name = "LoginRequired";
  constructor(message = "Log in first") {
    super(message);
  }
}

/** A refusal of HTTP's own, with the headers that belong to it. */
export class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";
  constructor(
    readonly status: 400 | 404 | 405 | 413 | 415,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

const statusOf: Record<Refusal, number> = {
  invalid: 422,
  taken: 400,
  refused: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
};

const titles: Record<number, string> = {
  400: "Bad request",
  401: "Not logged in",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Too large",
  415: "Unsupported media type",
  422: "Invalid input",
  429: "Too many requests",
  500: "Internal error",
  503: "Unavailable",
};

const BEARER = { "www-authenticate": "Bearer" };

/** What went wrong as RFC 9457 says it, with the headers that belong to it. */
export interface Answer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
}

function answer(
  status: number,
  detail: string,
  { headers = {}, errors }: {
    headers?: Readonly<Record<string, string>>;
    errors?: readonly FieldError[];
  } = {},
): Answer {
  const title = titles[status] ?? "Error";
  const problem = { type: "about:blank", title, status, detail: detail || title };
  return { headers, problem: errors === undefined ? problem : { ...problem, errors: [...errors] } };
}

const NOTHING_HERE = "There is nothing at this address";

/** Turns whatever was thrown into an answer; what is not expected is a 500 that tells nothing. */
export function answerTo(error: unknown): Answer {
  if (error instanceof DomainError) {
    if (error.refusal === "invalid" && error.field !== null) {
      return answerTo(new InvalidInput([{ path: error.field, message: error.message }]));
    }
    return answer(statusOf[error.refusal], error.message, {
      ...(error.field !== null && { errors: [{ path: error.field, message: error.message }] }),
      ...(error.refusal === "unauthenticated" && { headers: BEARER }),
    });
  }
  if (error instanceof InvalidInput) return answer(422, error.message, { errors: error.errors });
  if (error instanceof LoginRequired) return answer(401, error.message, { headers: BEARER });
  if (error instanceof HttpRefusal) {
    return answer(error.status, error.message, { headers: error.headers });
  }
  if (error instanceof TooManyRequests) {
    return answer(429, error.message, { headers: { "retry-after": String(error.retryAfter) } });
  }
  if (error instanceof CommandIdReused) return answer(409, error.message);
  if (error instanceof ConcurrencyError) {
    return answer(409, "This changed at the same moment; try again");
  }
  if (error instanceof StoreOverloaded || error instanceof PasswordsOverloaded) {
    return answer(503, error.message, { headers: { "retry-after": "1" } });
  }
  if (error instanceof PicturesOverloaded) {
    return answer(503, error.message, { headers: { "retry-after": String(error.retryAfter) } });
  }
  if (faultOf(error) !== null) {
    return answer(503, "This cannot be done right now; try again in a moment", {
      headers: { "retry-after": "10" },
    });
  }
  if (error instanceof HttpError) {
    return answer(error.status, error.status === 404 ? NOTHING_HERE : error.message);
  }
  return answer(500, "Something went wrong on our side");
}

export function problemResponse(error: unknown): Response {
  const { problem, headers } = answerTo(error);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      ...headers,
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
