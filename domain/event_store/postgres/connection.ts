import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import postgres from "postgres";
import type { SqlValue, Statement } from "../../core/statement.ts";

export type Connection = postgres.Sql<{ bigint: number; numeric: number; boolean: number }>;

export interface ConnectionOptions {
  /** Connections at most. */
  readonly max: number;
  /** Where tables are looked for, first to last. */
  readonly searchPath: readonly string[];
  /** Whether statements outside of `BEGIN READ WRITE` may change anything. */
  readonly readOnly: boolean;
  /** What the server's list of connections says of it. */
  readonly purpose: string;
  /** In milliseconds. */
  readonly statementTimeout?: number;
  /** Whether every statement finds its rows by a key, so that none is ever planned to read a table whole. */
  readonly byKeys?: boolean;
  readonly onClose?: () => void;
}

/** What the server knows a dead client by, in seconds: about ten in all. */
const KEEPALIVES = {
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 2,
  tcp_keepalives_count: 3,
};

/** Statements sent ahead of their answers; a group's are a few thousand at most. */
const PIPELINE = 10_000;

/**
 * A connection, or a pool of them. Rows come as readers of any engine expect them: 64-bit integers and
 * numerics as numbers, booleans as 1 and 0.
 *
 * A connection that ends is made anew for the next statement, also in the middle of a transaction:
 * therefore `readOnly`, so that no part of one is ever committed by itself.
 */
export function connect(
  url: string,
  { max, searchPath, readOnly, purpose, statementTimeout = 30_000, byKeys = false, onClose }:
    ConnectionOptions,
): Connection {
  // The library takes the length of the pipeline, too, which its types do not say.
  const options = {
    max,
    types: {
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
      numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
      boolean: {
        to: 16,
        from: [16],
        serialize: (value: unknown) => value ? "t" : "f",
        parse: (text: string) => text === "t" ? 1 : 0,
      },
    },
    connection: {
      application_name: `filmroll ${purpose}`,
      search_path: searchPath.join(", "),
      default_transaction_read_only: setting(readOnly),
      statement_timeout: statementTimeout,
      lock_timeout: 5000,
      idle_in_transaction_session_timeout: 10_000,
      // What is acknowledged is on disk, whatever the database's own setting.
      synchronous_commit: "on",
      enable_seqscan: setting(!byKeys),
      // One plan for whatever is asked: made anew for each value it costs more than most statements, and
      // guesses wrong at who has most (measured: a page of a long conversation 0.1 ms against 46 ms).
      plan_cache_mode: "force_generic_plan",
      // As disks without moving parts are. With the default, plans made while the tables were empty read
      // them whole, and a busy connection keeps its plans: 3,200 likes/s became 11,700 by this.
      random_page_cost: 1.1,
      jit: setting(false),
      ...KEEPALIVES,
    } as Record<string, string | number>,
    max_pipeline: PIPELINE,
    // Arrays are sent as literals.
    fetch_types: false,
    max_lifetime: null,
    connect_timeout: 5,
    // Who waits decides how long; a server that starts is asked again soon.
    backoff: () => 0.1,
    onnotice: () => {},
    ...(onClose !== undefined && { onclose: onClose }),
  };
  return postgres(url, options) as unknown as Connection;
}

/** A setting as PostgreSQL reads it. The library leaves out what is false. */
const setting = (isOn: boolean): string => isOn ? "on" : "off";

/** A statement's text with PostgreSQL's placeholders; made once for each template. */
export function textOf(texts: readonly string[]): string {
  let text = textsByTemplate.get(texts);
  if (text === undefined) {
    text = texts.reduce((before, after, index) => `${before}$${index}${after}`);
    textsByTemplate.set(texts, text);
  }
  return text;
}

const textsByTemplate = new WeakMap<readonly string[], string>();

/** Sends a statement at once; its answer need not be awaited before the next is sent. */
export const send = (sql: Connection, text: string, params: readonly Param[] = []) =>
  sql.unsafe(
    text,
    params.map((param) => isArray(param) ? arrayLiteral(param) : storable(param)),
    { prepare: true },
  ).execute();

/**
 * PostgreSQL's text has no NUL, and nothing that people send may have one; whoever looks for it finds
 * nothing.
 */
const storable = <Value extends SqlValue>(value: Value): Value | string =>
  typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value;

/** An array is sent as its literal, whatever its elements are. */
export type Param = SqlValue | readonly SqlValue[];

const isArray = (param: Param): param is readonly SqlValue[] => Array.isArray(param);

/** https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO */
const arrayLiteral = (values: readonly SqlValue[]): string => `{${values.map(element).join()}}`;

function element(value: SqlValue): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return `"${storable(value).replace(/["\\]/g, "\\$&")}"`;
  return `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}"`;
}

/** Sends a statement in PostgreSQL's dialect. */
export function run(sql: Connection, statement: Statement) {
  const { texts, params } = statement.inPostgres?.() ?? statement;
  return send(sql, textOf(texts), params);
}

/**
 * What a promise answers, or a failure when it takes too long or a connection ends: the library forgets
 * a statement that is sent in the moment between a connection's error and its end.
 */
export async function answered<Answer>(
  promise: PromiseLike<Answer>,
  ms: number,
  ends?: Ends,
): Promise<Answer> {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  const fail = (message: string, code: string) =>
    reject(Object.assign(new Error(message), { code }));
  const timer = setTimeout(() => fail("The database does not answer", "ANSWER_TIMEOUT"), ms);
  const forget = ends?.onEnd(() =>
    fail("The connection to the database ended", "CONNECTION_ENDED")
  );
  try {
    return await Promise.race([promise, failed]);
  } finally {
    clearTimeout(timer);
    forget?.();
  }
}

/** Tells when one of some connections has ended. */
export class Ends {
  readonly #listeners = new Set<() => void>();

  /** For {@linkcode ConnectionOptions.onClose}. */
  readonly hear = (): void => {
    for (const listener of this.#listeners) listener();
  };

  /** Answers how to stop. */
  onEnd(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** How a failure is to be met. */
export type Failure =
  /** The connection or the server went, or others were in the way: what was tried may be tried again. */
  | "transient"
  /** Something that must be unique is there already. */
  | "conflict"
  /** The statement itself is wrong, or what it says is not allowed. */
  | "final";

/** SQLSTATEs that tell of the moment (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const TRANSIENT = new Set([
  "25006", // read-only: a standby, or a statement that came after its connection
  "25P02", // in a failed transaction: another statement says why
  "25P03", // idle in transaction
  "40001", // serialisation failure
  "40P01", // deadlock
  "53300", // too many connections
  "55P03", // lock not available
  "57P01", // shut down by the operator
  "57P02", // crash of another session
  "57P03", // starting or ending
  "57P05", // idle session
]);

const UNIQUE_VIOLATION = "23505";

export function failureOf(error: unknown): Failure {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== "string") return "final";
  if (code === UNIQUE_VIOLATION) return "conflict";
  // A SQLSTATE has a digit, which EPIPE has not.
  const ofServer = /^(?=.*\d)[0-9A-Z]{5}$/.test(code);
  // The library's and the system's: CONNECTION_CLOSED, ECONNREFUSED, EPIPE.
  if (!ofServer) {
    return /CONN|PIPE|TIMEOUT|TIMEDOUT|NETWORK|HOST/.test(code) ? "transient" : "final";
  }
  return code.startsWith("08") || TRANSIENT.has(code) ? "transient" : "final";
}

/** Of several failures of one transaction the one that tells why. */
export const reasonAmong = (failures: readonly unknown[]): unknown =>
  failures.find((error) => failureOf(error) !== "transient") ??
    failures.find((error) => (error as { code?: string }).code !== "25P02") ?? failures[0];

/** What PostgreSQL's functions know an advisory lock by: "film" in ASCII, and a number of the lock's own. */
export const lockOf = (name: string): string =>
  `${0x66696c6d}, ${createHash("sha256").update(name).digest().readInt32BE()}`;

/** Sends for a lock that is held until the transaction ends. */
export const lockTransaction = (sql: Connection, name: string) =>
  send(sql, `SELECT pg_advisory_xact_lock(${lockOf(name)})`);
