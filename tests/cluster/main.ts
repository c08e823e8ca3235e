/** `deno task test:cluster [PAIRS] [SEED]`: three nodes, a primary and a replica under load, and faults. */
import { progress } from "../../cli/support/progress.ts";
import { endure } from "./endure.ts";

const [pairs = 100_000, seed = Date.now() % 1e9] = Deno.args.map(Number);
console.log(`${pairs} pairs of a command and a read, then faults, with the seed ${seed}`);
const bar = progress("Pairs", pairs);
const endured = await endure({ pairs, between: 5000, seed }, () => bar.advance());
console.log(endured);
