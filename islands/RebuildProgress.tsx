import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";

export interface RebuildProgressProps {
  /** The last event that is developed, and the last there is. */
  readonly position: number;
  readonly head: number;
}

/** How far the rebuild under way is, as it goes on. Without script, the link looks again. */
export default function RebuildProgress(initial: RebuildProgressProps) {
  const progress = useSignal<RebuildProgressProps | null>(initial);
  useEffect(() => {
    const source = new EventSource("/admin/read-models/progress");
    source.onmessage = ({ data }) => progress.value = JSON.parse(data);
    source.addEventListener("done", () => {
      source.close();
      progress.value = null;
    });
    return () => source.close();
  }, []);
  if (progress.value === null) {
    return <p role="status">All read models are developed anew.</p>;
  }
  const { position, head } = progress.value;
  return (
    <div class="rebuild">
      <label>
        Developing anew: {position.toLocaleString("en")} of {head.toLocaleString("en")} events
        <progress value={position} max={Math.max(1, head)} />
      </label>
      <a class="link" href="/admin/read-models">Look again</a>
    </div>
  );
}
