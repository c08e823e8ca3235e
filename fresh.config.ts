/**
 * The configuration: read from the environment once, checked, and handed on as a value. What each
 * variable means is written in docs/configuration.md.
 */
import { z } from "zod";

/** A wrong value. Its message is one line for the operator. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export type LogLevel = "debug" | "info" | "warn" | "error";

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
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
}

const whole = (minimum: number, maximum: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(minimum).max(maximum));

const onOff = z.enum(["on", "off"]).transform((value) => value === "on");

const httpUrl = z.string().refine((url) =>
  /^https?:\/\//.test(url) && URL.canParse(url) && new URL(url).href === `${new URL(url).origin}/`
).transform((url) => new URL(url).origin);

/** Each variable: what it may be, in words for the operator, and its schema. */
const variables = {
  PORT: ["a whole number from 1 to 65535", whole(1, 65535)],
  HOST: ["a host name or address without spaces", z.string().regex(/^[\w.:[\]-]+$/)],
  DATA_DIR: ["a folder", z.string()],
  DATABASE_URL: [
    'left out: this version keeps its data in DATA_DIR, as "sqlite"',
    z.literal("sqlite"),
  ],
  PUBLIC_URL: ["an http(s) URL without a path", httpUrl],
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
} satisfies Record<string, [string, z.ZodType]>;

/** Never printed; a database's address may hold its password. */
const secrets: ReadonlySet<VariableName> = new Set([
  "JWT_SECRET",
  "MASTER_KEY",
  "DATABASE_URL",
  "METRICS_TOKEN",
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

  read("DATABASE_URL");
  const port = read("PORT") ?? 8000;
  return {
    port,
    host: read("HOST") ?? "127.0.0.1",
    dataDir: read("DATA_DIR") ?? "./data",
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
  };
}
