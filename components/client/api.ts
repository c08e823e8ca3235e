import type { Problem } from "../../web/schemas.ts";
import { raiseReadPosition } from "./read_position.ts";

/** A request that did not succeed; the message is meant for people. */
export class RequestFailed extends Error {
  override readonly name = "RequestFailed";

  /** `status` is 0 when no answer came. */
  constructor(
    readonly status: number,
    message: string,
    readonly errors: readonly { readonly path: string; readonly message: string }[] = [],
  ) {
    super(message);
  }
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly commandId?: string;
  /** Lets the request outlive the page. */
  readonly keepalive?: boolean;
}

function waitingTime(response: Response): string {
  const seconds = Number(response.headers.get("retry-after"));
  return seconds > 0 ? `Try again in ${seconds} s` : "Try again in a moment";
}

/** That no answer came. */
export const unanswered = (): RequestFailed =>
  new RequestFailed(0, "You seem to be offline. Check the connection and try again.");

/** What an answer that is no success says. Who is not logged in is taken to the login page. */
export async function refusalIn(response: Response): Promise<RequestFailed> {
  const { status } = response;
  if (status === 401) {
    location.assign(
      `/auth/login?return_to=${encodeURIComponent(location.pathname + location.search)}`,
    );
    return new RequestFailed(401, "Log in to do that.");
  }
  if (status === 429) {
    return new RequestFailed(429, `That was a lot at once. ${waitingTime(response)}.`);
  }
  if (status >= 500) {
    return new RequestFailed(status, "Something went wrong on our side. Try again.");
  }
  const problem: Partial<Problem> = await response.json().catch(() => ({}));
  return new RequestFailed(
    status,
    problem.detail ?? "That did not work. Try again.",
    problem.errors,
  );
}

/**
 * Asks the JSON side of the contract. Who is not logged in is taken to the login page and comes back.
 *
 * @param path below `/api`, with its slash
 * @returns the parsed body, undefined when there is none
 * @throws {RequestFailed} when there is no answer, or one that is not a success
 */
export async function request<T>(
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  { body, commandId, keepalive = false }: RequestOptions = {},
): Promise<T> {
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (commandId !== undefined) headers.set("idempotency-key", commandId);
  const response = await fetch(`/api${path}`, {
    method,
    headers,
    keepalive,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw unanswered();
  });
  // Of answers that cross, the last to come may be to the earlier command.
  const position = response.headers.get("filmroll-position");
  if (position) raiseReadPosition(Number(position));
  if (!response.ok) throw await refusalIn(response);
  return response.status === 204 ? undefined as T : await response.json();
}

/** What to tell people about an error of `request`; errors of our own making are thrown on. */
export function failureMessage(error: unknown): string {
  if (error instanceof RequestFailed) return error.message;
  throw error;
}
