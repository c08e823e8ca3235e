/** What a process takes of the machine (Linux; NaN or nothing elsewhere). */

/** Resident memory, in MiB. */
export function residentMebibytes(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  } catch {
    return NaN;
  }
}

/** Processor time that it and those of its children that have ended took, in seconds, to 10 ms. */
export function cpuSeconds(pid: number): number {
  try {
    return cpuSecondsOf(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return NaN;
  }
}

/** The clock of /proc: Linux tells programs of 100 ticks a second, whatever its own are. */
const TICKS = 100;

/** Of a line of /proc/<pid>/stat: utime, stime, cutime and cstime (man 5 proc_pid_stat). */
export function cpuSecondsOf(stat: string): number {
  // The second field is the program's name in brackets, and may hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
}

/** Process ids of who was started by a process and has not ended. */
export function childrenOf(pid: number): number[] {
  try {
    const tasks = [...Deno.readDirSync(`/proc/${pid}/task`)];
    return tasks.flatMap(({ name }) =>
      Deno.readTextFileSync(`/proc/${pid}/task/${name}/children`).split(" ").filter(Boolean).map(
        Number,
      )
    );
  } catch {
    return [];
  }
}
