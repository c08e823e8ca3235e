import type { Verification } from "../../domain/event_store/sqlite/verify.ts";

/** Prints what was found, or that nothing was. */
export function printFindings({ findings, found }: Verification): void {
  for (const { where, problem } of findings) console.log(`${where}: ${problem}`);
  if (found > findings.length) console.log(`… and ${found - findings.length} more`);
  console.log(found === 0 ? "Nothing found" : `${found} findings`);
}
