import { command } from "../core/decider.ts";
import { notFound } from "../core/errors.ts";
import type { AllNotificationsRead, NotificationRead } from "./events.ts";
import {
  type NotificationSource,
  readState,
  readUpToState,
  recipientState,
  standingState,
} from "./state.ts";

export interface MarkNotificationRead {
  readonly by: number;
  readonly notificationId: number;
  /** What it tells of: there the decision finds whose it is, and whether it was withdrawn. */
  readonly source: NotificationSource;
}

/** What was read stays read, and there, whatever becomes of the like, comment or follow. */
export const markNotificationRead = command({
  streams: ({ by, notificationId, source }: MarkNotificationRead) => ({
    recipient: recipientState(source),
    standing: standingState(source),
    read: readState(notificationId),
    readUpTo: readUpToState(by),
  }),
  decide(
    { by, notificationId },
    { recipient, standing, read, readUpTo },
  ): NotificationRead[] {
    if (recipient !== by) throw notFound("Notification");
    if (read || notificationId <= readUpTo) return [];
    if (standing !== notificationId) throw notFound("Notification");
    return [{ type: "NotificationRead", data: { notificationId, userId: by } }];
  },
  result: () => ({ status: "ok" as const }),
});

export interface MarkAllNotificationsRead {
  readonly by: number;
  /** Id of the latest notification that is meant; 0 where there is none. */
  readonly upTo: number;
}

/** One event, however many notifications there are. */
export const markAllNotificationsRead = command({
  streams: ({ by }: MarkAllNotificationsRead) => ({ readUpTo: readUpToState(by) }),
  decide({ by, upTo }, { readUpTo }): AllNotificationsRead[] {
    if (upTo <= readUpTo) return [];
    return [{ type: "AllNotificationsRead", data: { userId: by, upTo } }];
  },
  result: () => ({ status: "ok" as const }),
});
