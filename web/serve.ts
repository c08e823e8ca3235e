import type { App } from "fresh";
import type { Config } from "../fresh.config.ts";
import { exit } from "./exit.ts";
import { errorFacts, log } from "./log.ts";
import type { OpenServices } from "./services.ts";
import type { State } from "./state.ts";

/** Requests under way when the program is told to stop have so long to finish. */
const DRAIN_MILLISECONDS = 4000;

/**
 * Listens until SIGINT or SIGTERM; then takes no new connections, finishes the requests under way,
 * closes the store and ends the program.
 */
export async function serve(
  app: App<State>,
  { services, close }: OpenServices,
  { host, port, publicUrl }: Config,
): Promise<never> {
  const stop = new AbortController();
  stop.signal.addEventListener("abort", () => {
    // Streams last as long as people look: stopping would wait for them.
    services.live.close();
    setTimeout(() => Deno.exit(0), DRAIN_MILLISECONDS);
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => stop.abort());
  }
  const onInterrupted = (error: Error) => {
    if (!services.faults.met(error)) {
      log("error", "Connections could not be taken", errorFacts(error));
    }
  };
  const onListen = () => console.log(`Filmroll listening on ${publicUrl}/`);
  try {
    await app.listen({ port, hostname: host, signal: stop.signal, onListen, onInterrupted });
  } catch (error) {
    exit(
      error instanceof Deno.errors.AddrInUse
        ? `Port ${port} is in use; stop what listens there or set PORT`
        : `Cannot listen on ${host}:${port}: ${(error as Error).message}`,
    );
  }
  await close();
  log("info", "Filmroll has stopped");
  Deno.exit(0);
}
