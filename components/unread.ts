import type { LiveData } from "../web/live/events.ts";

/** How much somebody has not read, by place. */
export type Unread = LiveData["unread"];
