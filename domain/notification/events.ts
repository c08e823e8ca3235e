import type { DomainEvent } from "../core/event.ts";

/** That a notification came to be, and its withdrawal, follow from likes, comments and follows. */
export type NotificationRead = DomainEvent<"NotificationRead", {
  /** Position of the event that the notification tells of. */
  readonly notificationId: number;
  readonly userId: number;
}>;

export type AllNotificationsRead = DomainEvent<"AllNotificationsRead", {
  readonly userId: number;
  /** Id of the latest notification that is read with all before it. */
  readonly upTo: number;
}>;

export type NotificationEvent = NotificationRead | AllNotificationsRead;
