import { contextOf } from "../core/context.ts";
import { markAllNotificationsRead, markNotificationRead } from "./commands.ts";
import type { NotificationEvent } from "./events.ts";
import { notificationProjection } from "./projection.ts";
import {
  getLatestUnreadNotificationId,
  getNotification,
  getNotifications,
  getUnreadNotificationCount,
} from "./queries.ts";
import { readState, readUpToState } from "./state.ts";

/** What others' likes, comments and follows tell a person. It looks posts up, so it stands after them. */
export const notification = contextOf<NotificationEvent>()({
  name: "notification",
  streams: {
    NotificationRead: ({ notificationId }) => `notification-${notificationId}`,
    AllNotificationsRead: ({ userId }) => `notifications-${userId}`,
  },
  states: { notification: readState, notifications: readUpToState },
  commands: {
    MarkNotificationRead: markNotificationRead,
    MarkAllNotificationsRead: markAllNotificationsRead,
  },
  queries: {
    GetNotifications: getNotifications,
    GetNotification: getNotification,
    GetUnreadNotificationCount: getUnreadNotificationCount,
    GetLatestUnreadNotificationId: getLatestUnreadNotificationId,
  },
  readModel: notificationProjection,
});
