import { contextOf } from "../core/context.ts";
import { markMessagesRead, sendMessage } from "./commands.ts";
import { type MessageEvent, personal } from "./events.ts";
import { messageProjection } from "./projection.ts";
import {
  getConversation,
  getConversations,
  getLastReceivedMessageId,
  getMessage,
  getUnreadMessageCount,
} from "./queries.ts";

/** What people write to each other, and how far each has read. */
export const message = contextOf<MessageEvent>()({
  name: "message",
  streams: {
    MessageSent: ({ messageId }) => `message-${messageId}`,
    MessagesRead: ({ readerId, senderId }) => `read-${readerId}-${senderId}`,
  },
  commands: { SendMessage: sendMessage, MarkMessagesRead: markMessagesRead },
  queries: {
    GetMessage: getMessage,
    GetConversation: getConversation,
    GetConversations: getConversations,
    GetLastReceivedMessageId: getLastReceivedMessageId,
    GetUnreadMessageCount: getUnreadMessageCount,
  },
  readModel: messageProjection,
  personal,
  upcasters: { MessageSent: [(data) => ({ ...data, image: null })] },
});
