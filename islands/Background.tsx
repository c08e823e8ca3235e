import { useEffect } from "preact/hooks";
import { refreshTimes } from "../components/client/relative_times.ts";
import { listenForShortcuts } from "../components/client/shortcuts.ts";

/** Has the browser keep the page for when there is no connection. */
function keepOfflinePage(): void {
  // Browsers offer it on secure origins alone, and may refuse: it is a courtesy.
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
}

/** What goes on behind every page; draws nothing. */
export default function Background() {
  useEffect(() => {
    keepOfflinePage();
    const stops = [refreshTimes(), listenForShortcuts()];
    return () => stops.forEach((stop) => stop());
  }, []);
  return null;
}
