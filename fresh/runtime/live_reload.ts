/**
 * Reloads the page when the development server has been restarted or a static file changed.
 *
 * @module
 */
import { LIVE_RELOAD_PATH } from "./wire.ts";

let version: string | null = null;

new EventSource(LIVE_RELOAD_PATH).onmessage = ({ data }: MessageEvent<string>) => {
  if (version !== null && version !== data) location.reload();
  version = data;
};
