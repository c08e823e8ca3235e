import assert from "node:assert/strict";
import { ConfigError, readConfig, type VariableName, variableNames } from "./fresh.config.ts";

const readWith = (variables: Partial<Record<VariableName, string>>) =>
  readConfig((name) => variables[name]);

const SECRET = "0123456789abcdef0123456789abcdef";

Deno.test("readConfig has a value for everything that is not set", () => {
  assert.deepEqual(readWith({}), {
    port: 8000,
    host: "127.0.0.1",
    dataDir: "./data",
    database: null,
    publicUrl: "http://localhost:8000",
    trustProxy: false,
    jwtSecret: null,
    masterKey: null,
    rateLimit: true,
    eraseGraceDays: 7,
    passwordBlocklist: true,
    bcryptCost: 12,
    logLevel: "info",
    metricsToken: null,
    mediaStore: null,
  });
});

Deno.test("readConfig takes an empty variable as one that is not set", () => {
  assert.deepEqual(readConfig(() => ""), readWith({}));
});

Deno.test("readConfig reads every variable", () => {
  assert.deepEqual(
    readWith({
      PORT: "9000",
      HOST: "::1",
      DATA_DIR: "/srv/film roll",
      DATABASE_URL: "postgres://film:hunter2@db.example:5432/film",
      DATABASE_REPLICA_URLS:
        "postgresql://film:hunter2@one.example/film,postgres://film@[::1]/film",
      PUBLIC_URL: "https://film.example/",
      TRUST_PROXY: "on",
      JWT_SECRET: SECRET,
      MASTER_KEY: SECRET,
      RATE_LIMIT: "off",
      ERASE_GRACE_DAYS: "0",
      PASSWORD_BLOCKLIST: "off",
      BCRYPT_COST: "4",
      LOG_LEVEL: "debug",
      METRICS_TOKEN: "a-token-for-scrapers",
      MEDIA_S3_ENDPOINT: "https://store.example/s3/",
      MEDIA_S3_BUCKET: "film.roll-1",
      MEDIA_S3_REGION: "eu-central-1",
      MEDIA_S3_KEY_ID: "AKIAEXAMPLE",
      MEDIA_S3_SECRET: "se/cr+et=",
    }),
    {
      port: 9000,
      host: "::1",
      dataDir: "/srv/film roll",
      database: {
        url: "postgres://film:hunter2@db.example:5432/film",
        replicas: ["postgresql://film:hunter2@one.example/film", "postgres://film@[::1]/film"],
      },
      publicUrl: "https://film.example",
      trustProxy: true,
      jwtSecret: SECRET,
      masterKey: SECRET,
      rateLimit: false,
      eraseGraceDays: 0,
      passwordBlocklist: false,
      bcryptCost: 4,
      logLevel: "debug",
      metricsToken: "a-token-for-scrapers",
      mediaStore: {
        endpoint: "https://store.example/s3",
        bucket: "film.roll-1",
        region: "eu-central-1",
        keyId: "AKIAEXAMPLE",
        secret: "se/cr+et=",
      },
    },
  );
});

Deno.test("readConfig takes the port for the public URL where none is set", () => {
  assert.equal(readWith({ PORT: "9000" }).publicUrl, "http://localhost:9000");
});

/** For each variable, what it must not be. */
const wrong: Record<VariableName, readonly string[]> = {
  PORT: ["0", "65536", "-1", "80.5", "1e3", "http", " 80", "80\n"],
  HOST: ["my host", "http://host", "host\n"],
  DATA_DIR: [],
  DATABASE_URL: [
    "mysql",
    "SQLITE",
    "mysql://film:hunter2@db/film",
    "postgres://film:hunter2@db",
    "postgres://db/film",
    "postgres:film",
    "postgres://film:hunter2@db/film roll",
  ],
  DATABASE_REPLICA_URLS: ["sqlite", "postgres://film:hunter2@db/film,", "mysql://film@db/film"],
  PUBLIC_URL: [
    "film.example",
    "ftp://film.example",
    "javascript:alert(1)",
    "https://",
    "https://film.example/app",
    "https://film.example/?a=b",
    "https://film.example/#a",
    "https://me:hunter2@film.example",
  ],
  TRUST_PROXY: ["true", "1", "ON"],
  JWT_SECRET: ["hunter2", SECRET.slice(1)],
  MASTER_KEY: ["hunter2", SECRET.slice(1)],
  RATE_LIMIT: ["false", "0"],
  ERASE_GRACE_DAYS: ["-1", "31", "1.5", "a week"],
  PASSWORD_BLOCKLIST: ["no"],
  BCRYPT_COST: ["3", "16", "12.5", "ten"],
  LOG_LEVEL: ["trace", "INFO"],
  METRICS_TOKEN: ["hunter2", "hunter2 hunter2 hunter2"],
  MEDIA_S3_ENDPOINT: [
    "store.example",
    "ftp://store.example",
    "https://me:hunter2@store.example",
    "https://store.example/?a=b",
    "https://store.example/#a",
  ],
  MEDIA_S3_BUCKET: ["ab", "Film", "film roll", "film/roll", "-film", "../film"],
  MEDIA_S3_REGION: ["us east", "us/east"],
  MEDIA_S3_KEY_ID: ["AKIA EXAMPLE"],
  MEDIA_S3_SECRET: ["hunter2 hunter2"],
};

for (const name of variableNames) {
  Deno.test(`readConfig refuses a wrong ${name} in one line that names it`, () => {
    for (const value of wrong[name]) {
      assert.throws(() => readWith({ [name]: value }), (error) => {
        assert(error instanceof ConfigError, `"${value}" gave ${error}`);
        assert(error.message.startsWith(`${name} is `), error.message);
        assert.match(error.message, /, but must be ./);
        return true;
      }, value);
    }
  });
}

Deno.test("readConfig wants all of a store's variables, or none; the region has a default", () => {
  const store = {
    MEDIA_S3_ENDPOINT: "http://127.0.0.1:9000",
    MEDIA_S3_BUCKET: "film",
    MEDIA_S3_KEY_ID: "key",
    MEDIA_S3_SECRET: "hunter2",
  };
  assert.equal(readWith(store).mediaStore?.region, "us-east-1");
  for (const name of Object.keys(store) as VariableName[]) {
    assert.throws(() => readWith({ ...store, [name]: "" }), (error) => {
      assert(error instanceof ConfigError);
      assert.match(error.message, new RegExp(`^${name} is not set, but must be `));
      return true;
    });
  }
});

Deno.test("readConfig wants secrets of one's own choice where several nodes share a database", () => {
  const shared = {
    DATABASE_URL: "postgres://film:hunter2@db/film",
    JWT_SECRET: SECRET,
    MASTER_KEY: SECRET,
  };
  assert.deepEqual(readWith(shared).database, { url: shared.DATABASE_URL, replicas: [] });
  for (const name of ["JWT_SECRET", "MASTER_KEY"] as const) {
    assert.throws(() => readWith({ ...shared, [name]: "" }), (error) => {
      assert(error instanceof ConfigError);
      assert.match(error.message, new RegExp(`^${name} is not set, but must be `));
      return true;
    });
  }
});

Deno.test("readConfig refuses replicas of a file", () => {
  const replicas = { DATABASE_REPLICA_URLS: "postgres://film:hunter2@db/film" };
  for (const url of ["", "sqlite"]) {
    assert.throws(
      () => readWith({ ...replicas, DATABASE_URL: url }),
      /^ConfigError: DATABASE_REPLICA_URLS is set, but must not be /,
    );
  }
});

Deno.test("readConfig prints no secret", () => {
  for (
    const name of [
      "JWT_SECRET",
      "MASTER_KEY",
      "DATABASE_URL",
      "DATABASE_REPLICA_URLS",
      "METRICS_TOKEN",
      "MEDIA_S3_SECRET",
    ] as const
  ) {
    for (const value of wrong[name]) {
      assert.throws(() => readWith({ [name]: value }), (error) => {
        assert(!(error as Error).message.includes(value));
        assert.match((error as Error).message, new RegExp(`is ${value.length} characters long`));
        return true;
      });
    }
  }
});
