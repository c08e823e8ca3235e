/** `deno task test:crash [rounds] [seed]`: kills the program so many times under load. */
import { progress } from "../../cli/support/progress.ts";
import { crash } from "./crash.ts";

const [rounds = 200, seed = Date.now() % 1e9] = Deno.args.map(Number);
console.log(`${rounds} rounds with the seed ${seed}`);
const bar = progress("Crashes", rounds);
const survived = await crash(rounds, seed, () => bar.advance());
console.log(
  `Survived ${survived.rounds} kills under load and ${survived.killedStarting} while starting. ` +
    `Of ${survived.events} events nothing was lost: ${survived.acknowledged} commands were ` +
    `acknowledged; ${survived.unanswered} had no answer, were sent again, and acted once.`,
);
