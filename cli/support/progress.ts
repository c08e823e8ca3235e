/** Shows how far a long task is. */
export interface Progress {
  /** Says that so many more steps are done; one unless said otherwise. */
  advance(steps?: number): void;
}

/** Where progress is written to. */
export interface Terminal {
  /** Whether lines can be drawn over; else each report is a line of its own. */
  interactive: boolean;
  write(text: string): void;
}

const stderr: Terminal = {
  get interactive() {
    return Deno.stderr.isTerminal();
  },
  write: (text) => void Deno.stderr.writeSync(new TextEncoder().encode(text)),
};

const BAR = 24;

/** What is over sooner needs no bar. */
const QUIET_MS = 1000;

/**
 * Shows the progress of a task that says itself how far it is, once it has taken a second.
 *
 * @param unit how many of what the task counts make a step of the bar
 */
export function follow(
  label: string,
  unit = 1,
  terminal: Terminal = stderr,
  now = () => performance.now(),
): (done: number, of: number) => void {
  const began = now();
  let shown: Progress | null = null;
  let last = 0;
  return (done, of) => {
    if (shown === null && now() - began < QUIET_MS) return;
    const total = Math.max(1, Math.ceil(of / unit));
    shown ??= progress(label, total, terminal);
    const steps = (done >= of ? total : Math.floor(done / unit)) - last;
    if (steps <= 0) return;
    shown.advance(steps);
    last += steps;
  };
}

/** As {@linkcode follow}, for a task that goes through the film. */
export function followFilm(label: string): (progress: { position: number; head: number }) => void {
  const show = follow(label, 1000);
  return ({ position, head }) => show(position, head);
}

/** As {@linkcode follow}, for read models that are developed anew. */
export const followRebuild = () => followFilm("Developing read models");

/**
 * Begins to show the progress of a task of `total` steps on standard error: a bar on a terminal, else a line every
 * quarter, as suits a log.
 */
export function progress(label: string, total: number, terminal: Terminal = stderr): Progress {
  let done = 0;
  const report = () => {
    const filled = Math.floor((done / total) * BAR);
    const bar = "█".repeat(filled) + "░".repeat(BAR - filled);
    const count = `${done}/${total}`;
    if (!terminal.interactive) terminal.write(`${label}: ${count}\n`);
    else terminal.write(`\r${label} ${bar} ${count}${done === total ? "\n" : ""}`);
  };
  const quarter = () => Math.floor((done * 4) / total);
  return {
    advance(steps = 1) {
      const before = quarter();
      done = Math.min(total, done + steps);
      if (terminal.interactive || quarter() > before) report();
    },
  };
}
