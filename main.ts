/** Filmroll: configuration → store → buses → app → listen. */
import { createApp } from "./web/app.ts";
import { ConfigError, readConfig } from "./fresh.config.ts";
import { StoreUnavailable } from "./domain/event_store/event_store.ts";
import { log, setLogLevel } from "./web/log.ts";
import { openServices } from "./web/services.ts";

const config = orExit(() => readConfig((name) => Deno.env.get(name)));
setLogLevel(config.logLevel);
const { services, close } = orExit(() => openServices(config));

export const app = createApp({ services, trustProxy: config.trustProxy });

if (import.meta.main) {
  const stop = new AbortController();
  // Streams last as long as people look: stopping would wait for them.
  stop.signal.addEventListener("abort", () => services.live.close());
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => stop.abort());
  }
  try {
    await app.listen({
      port: config.port,
      hostname: config.host,
      signal: stop.signal,
      onListen: () => console.log(`Filmroll listening on ${config.publicUrl}/`),
    });
  } catch (error) {
    exit(listenFailure(error));
  }
  await close();
  log("info", "Filmroll has stopped");
  Deno.exit(0);
}

/** Answers what `open` does, or ends the program with one clear line. */
function orExit<Opened>(open: () => Opened): Opened {
  try {
    return open();
  } catch (error) {
    if (error instanceof ConfigError || error instanceof StoreUnavailable) exit(error.message);
    throw error;
  }
}

function listenFailure(error: unknown): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return `Port ${config.port} is in use; stop what listens there or set PORT`;
  }
  return `Cannot listen on ${config.host}:${config.port}: ${(error as Error).message}`;
}

function exit(message: string): never {
  console.error(message);
  Deno.exit(1);
}
