/**
 * The configuration: read from the environment once, checked, and handed on as a value. What each
 * variable means is written in docs/configuration.md.
 */
import { z } from "zod";
import type { S3Options } from "./media/storage/s3.ts";

/** A wrong value. Its message is one line for the operator. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** A PostgreSQL that keeps the data of any number of nodes. */
export interface DatabaseServer {
  /** postgres://user:password@host:port/database */
  readonly url: string;
  /** Addresses of copies that follow it and answer reads. */
  readonly replicas: readonly string[];
}

export type LogLevel = "debug" | "info" | "warn" | "error";

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Where the data is kept; null keeps it in DATA_DIR. */
  readonly database: DatabaseServer | null;
  /** Where people reach the server, without a trailing slash: links and cookies depend on it. */
  readonly publicUrl: string;
  /** Whether X-Forwarded-* headers are to be believed. */
  readonly trustProxy: boolean;
  /** Null where none is set: then one is generated and kept in DATA_DIR. */
  readonly jwtSecret: string | null;
  /** As {@linkcode jwtSecret}. What is personal in the database opens with it alone. */
  readonly masterKey: string | null;
  readonly rateLimit: boolean;
  /** Days in which who deleted their account can come back. */
  readonly eraseGraceDays: number;
  readonly passwordBlocklist: boolean;
  readonly bcryptCost: number;
  readonly logLevel: LogLevel;
  /** What opens /metrics to other machines; null keeps it to this one. */
  readonly metricsToken: string | null;
  /** Where pictures are kept; null keeps them in DATA_DIR. */
  readonly mediaStore: S3Options | null;
}

const whole = (minimum: number, maximum: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(minimum).max(maximum));

const onOff = z.enum(["on", "off"]).transform((value) => value === "on");

/** Without a trailing slash. */
const httpUrl = z.string().refine((url) => {
  const parsed = /^https?:\/\//.test(url) ? URL.parse(url) : null;
  return parsed !== null && parsed.href === parsed.origin + parsed.pathname;
}).transform((url) => url.replace(/\/+$/, ""));

const httpOrigin = httpUrl.refine((url) => new URL(url).pathname === "/")
  .transform((url) => new URL(url).origin);

const POSTGRES = ["postgres:", "postgresql:"];

/** Names a host and a database: nothing is taken from whoever the program runs as. */
function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && POSTGRES.includes(url.protocol) && url.hostname !== "" &&
    url.username !== "" && url.pathname.length > 1 && !/\s/.test(text);
}

const postgresUrl = z.string().refine(isPostgresUrl);

/** Each variable: what it may be, in words for the operator, and its schema. */
const variables = {
  PORT: ["a whole number from 1 to 65535", whole(1, 65535)],
  HOST: ["a host name or address without spaces", z.string().regex(/^[\w.:[\]-]+$/)],
  DATA_DIR: ["a folder", z.string()],
  DATABASE_URL: [
    '"sqlite", which keeps the data in DATA_DIR, or postgres://user:password@host:port/database',
    z.literal("sqlite").or(postgresUrl),
  ],
  DATABASE_REPLICA_URLS: [
    "addresses like that of DATABASE_URL, with commas between",
    z.string().transform((text) => text.split(",")).pipe(z.array(postgresUrl)),
  ],
  PUBLIC_URL: ["an http(s) URL without a path", httpOrigin],
  TRUST_PROXY: ['"on" or "off"', onOff],
  JWT_SECRET: ["at least 32 characters", z.string().min(32)],
  MASTER_KEY: ["at least 32 characters", z.string().min(32)],
  RATE_LIMIT: ['"on" or "off"', onOff],
  ERASE_GRACE_DAYS: ["a whole number from 0 to 30", whole(0, 30)],
  PASSWORD_BLOCKLIST: ['"on" or "off"', onOff],
  BCRYPT_COST: ["a whole number from 4 to 15", whole(4, 15)],
  LOG_LEVEL: [
    '"debug", "info", "warn" or "error"',
    z.enum(["debug", "info", "warn", "error"]),
  ],
  METRICS_TOKEN: [
    "at least 16 letters, digits or any of -._~+/=",
    z.string().regex(/^[\w\-.~+/]{16,}=*$/),
  ],
  MEDIA_S3_ENDPOINT: ["an http(s) URL without name, password or query", httpUrl],
  MEDIA_S3_BUCKET: [
    "a bucket's name: 3 to 63 of a-z, 0-9, '.' and '-'",
    z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  ],
  MEDIA_S3_REGION: ["a region's name, like us-east-1", z.string().regex(/^[\w-]+$/)],
  MEDIA_S3_KEY_ID: ["an access key's id, without spaces", z.string().regex(/^\S+$/)],
  MEDIA_S3_SECRET: ["an access key's secret, without spaces", z.string().regex(/^\S+$/)],
} satisfies Record<string, [string, z.ZodType]>;

/** What a store needs beside its region. */
const storeVariables = [
  "MEDIA_S3_ENDPOINT",
  "MEDIA_S3_BUCKET",
  "MEDIA_S3_KEY_ID",
  "MEDIA_S3_SECRET",
] as const;

/** What nodes over one database must agree on, so that none can make its own. */
const sharedSecrets = ["MASTER_KEY", "JWT_SECRET"] as const;

/** Never printed; a database's address may hold its password. */
const secrets: ReadonlySet<VariableName> = new Set([
  "JWT_SECRET",
  "MASTER_KEY",
  "DATABASE_URL",
  "DATABASE_REPLICA_URLS",
  "METRICS_TOKEN",
  "MEDIA_S3_SECRET",
]);

type Variables = typeof variables;
export type VariableName = keyof Variables;

export const variableNames = Object.keys(variables) as VariableName[];

/**
 * Reads the configuration.
 *
 * @param env answers a variable's text; an empty one counts as unset
 * @throws ConfigError naming the variable, its value (unless it is a secret) and what was wanted
 */
export function readConfig(env: (name: VariableName) => string | undefined): Config {
  function read<Name extends VariableName>(name: Name): z.infer<Variables[Name][1]> | undefined {
    const text = env(name);
    if (text === undefined || text === "") return undefined;
    const [wanted, schema] = variables[name];
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data as z.infer<Variables[Name][1]>;
    const is = secrets.has(name) ? `${text.length} characters long` : `"${text}"`;
    throw new ConfigError(`${name} is ${is}, but must be ${wanted}`);
  }

  function readStore(): S3Options | null {
    const [endpoint, bucket, keyId, secret] = storeVariables.map(read);
    const region = read("MEDIA_S3_REGION") ?? "us-east-1";
    if (endpoint && bucket && keyId && secret) return { endpoint, bucket, region, keyId, secret };
    const missing = storeVariables.filter((name) => read(name) === undefined);
    if (missing.length === storeVariables.length) return null;
    throw new ConfigError(`${missing[0]} is not set, but must be where the others of a store are`);
  }

  function readDatabase(): DatabaseServer | null {
    const url = read("DATABASE_URL") ?? "sqlite";
    const replicas = read("DATABASE_REPLICA_URLS") ?? [];
    if (url === "sqlite") {
      if (replicas.length === 0) return null;
      throw new ConfigError(
        "DATABASE_REPLICA_URLS is set, but must not be unless DATABASE_URL is a PostgreSQL's",
      );
    }
    const missing = sharedSecrets.find((name) => read(name) === undefined);
    if (missing === undefined) return { url, replicas };
    throw new ConfigError(
      `${missing} is not set, but must be where DATABASE_URL is a PostgreSQL's, ` +
        "to the same value on each node: openssl rand -base64 48 makes one",
    );
  }

  const port = read("PORT") ?? 8000;
  return {
    port,
    host: read("HOST") ?? "127.0.0.1",
    dataDir: read("DATA_DIR") ?? "./data",
    database: readDatabase(),
    publicUrl: read("PUBLIC_URL") ?? `http://localhost:${port}`,
    trustProxy: read("TRUST_PROXY") ?? false,
    jwtSecret: read("JWT_SECRET") ?? null,
    masterKey: read("MASTER_KEY") ?? null,
    rateLimit: read("RATE_LIMIT") ?? true,
    eraseGraceDays: read("ERASE_GRACE_DAYS") ?? 7,
    passwordBlocklist: read("PASSWORD_BLOCKLIST") ?? true,
    bcryptCost: read("BCRYPT_COST") ?? 12,
    logLevel: read("LOG_LEVEL") ?? "info",
    metricsToken: read("METRICS_TOKEN") ?? null,
    mediaStore: readStore(),
  };
}
