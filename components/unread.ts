import type { LiveData } from "../web/live_events.ts";

/** How much somebody has not read, by place. */
export type Unread = LiveData["unread"];
