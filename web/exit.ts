import { StoreUnavailable } from "../domain/event_store/event_store.ts";
import { ConfigError } from "../fresh.config.ts";

/** Ends the program with one clear line on standard error. */
export function exit(message: string): never {
  console.error(message);
  Deno.exit(1);
}

/** Answers what `work` does; what the operator can mend ends the program with its one line. */
export async function orExit<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConfigError || error instanceof StoreUnavailable) exit(error.message);
    throw error;
  }
}
