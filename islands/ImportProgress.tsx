import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { subscribe } from "../components/client/live.ts";
import type { Import } from "../web/schemas.ts";

export interface ImportProgressProps {
  readonly latest: Import;
}

const HEADINGS = {
  running: "Import under way",
  finished: "Import finished",
  stopped: "Import stopped",
  failed: "Import broke off",
} as const;

/** How far an import is, as it goes on. */
export default function ImportProgress({ latest }: ImportProgressProps) {
  const now = useSignal(latest);
  useEffect(() =>
    subscribe([], (event) => {
      if (event.type !== "import" || event.data.id !== latest.id) return;
      now.value = event.data;
      // What can be done next is up to the page.
      if (event.data.outcome !== null) location.reload();
    }), []);
  const { total, done, skipped, outcome, problem } = now.value;
  return (
    <section class="import" aria-labelledby="import-state">
      <h2 class="section-title" id="import-state">{HEADINGS[outcome ?? "running"]}</h2>
      {problem !== null && <p role="alert">{problem}</p>}
      <progress max={total} value={done + skipped} aria-labelledby="import-state" />
      <p role="status">
        {done} of {total} {total === 1 ? "post is" : "posts are"} here
        {skipped > 0 && `; ${skipped} had nothing that can be shown`}.
      </p>
    </section>
  );
}
