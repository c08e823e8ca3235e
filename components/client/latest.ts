import { useEffect } from "preact/hooks";
import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { ListPage } from "../../web/operation.ts";
import { request } from "./api.ts";
import { type LiveEvent, subscribe } from "./live.ts";

/**
 * Keeps the first page of a list as the server has it.
 *
 * @param path of the list, below `/api`
 * @param concerns whether a live event may have changed it
 */
export function useLatest<Item>(
  path: string,
  { items, limit, isLatest }: ListPage<Item>,
  concerns: (event: LiveEvent) => boolean,
): ReadonlySignal<readonly Item[]> {
  const latest = useSignal(items);
  useEffect(() => {
    if (!isLatest) return;
    let refreshed = Promise.resolve();
    let waiting = false;
    async function refresh() {
      waiting = false;
      // A list that could not be had is asked for again with the next change.
      latest.value = await request<Item[]>("GET", `${path}?limit=${limit}`)
        .catch(() => latest.value);
    }
    return subscribe([], (event) => {
      if (!concerns(event) || waiting) return;
      waiting = true;
      refreshed = refreshed.then(refresh);
    });
  }, []);
  return latest;
}

/** Where a list goes on after a page of it; null at its end. */
export function olderThan(
  items: readonly { readonly id: number }[],
  limit: number,
): string | null {
  return items.length < limit ? null : `?before=${items.at(-1)!.id}&limit=${limit}`;
}
