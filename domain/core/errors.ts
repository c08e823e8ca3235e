/**
 * Why a command or query was refused. The kind says what sort of refusal it is; the edge (HTTP, a
 * command line) turns it into a status or an exit code.
 *
 * - `invalid`: a value that the domain cannot accept
 * - `taken`: a name or address that is somebody else's
 * - `refused`: a fact that does not hold or already holds ("Already following …")
 * - `unauthenticated`: nobody, or not who they say they are
 * - `forbidden`: somebody else's
 * - `not_found`: there is no such thing, or not for this person
 * - `conflict`: a command id that was used for something else
 */
export type Refusal =
  | "invalid"
  | "taken"
  | "refused"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict";

/** An expected refusal. Its message is shown to people as it is. */
export class DomainError extends Error {
  override readonly name = "DomainError";

  constructor(
    readonly refusal: Refusal,
    message: string,
    /** The input that is at fault, by its name in the contract. */
    readonly field: string | null = null,
  ) {
    super(message);
  }
}

export const invalid = (message: string, field: string | null = null): DomainError =>
  new DomainError("invalid", message, field);

export const taken = (message: string, field: string | null = null): DomainError =>
  new DomainError("taken", message, field);

export const refused = (message: string): DomainError => new DomainError("refused", message);

export const forbidden = (message: string): DomainError => new DomainError("forbidden", message);

export const notFound = (what: string): DomainError =>
  new DomainError("not_found", `${what} not found`);

export const unauthenticated = (message: string): DomainError =>
  new DomainError("unauthenticated", message);
