import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { subscribe } from "../components/client/live.ts";
import { counted } from "../components/count.ts";
import Icon from "../components/Icon.tsx";
import { arrowUp } from "../components/icons.ts";

/** Says that there are new posts, and leads to them; nothing scrolls by itself. */
export default function NewPostsPill() {
  const fresh = useSignal<ReadonlySet<number>>(new Set());
  const unknown = useSignal(false);

  useEffect(() =>
    subscribe(["feed"], (event) => {
      const ids = new Set(fresh.value);
      if (event.type === "post" && !document.getElementById(`post-${event.data.post_id}`)) {
        fresh.value = ids.add(event.data.post_id);
      } else if (event.type === "post_deleted") {
        ids.delete(event.data.post_id);
        fresh.value = ids;
      } else if (event.type === "resync") {
        unknown.value = true;
      }
    }), []);

  const { size } = fresh.value;
  return (
    <div class="new-posts" role="status">
      {(size > 0 || unknown.value) && (
        <a class="new-posts-pill" href="/">
          <Icon path={arrowUp} />
          {unknown.value ? "New posts" : counted(size, "new post")}
        </a>
      )}
    </div>
  );
}
