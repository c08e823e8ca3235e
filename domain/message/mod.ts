import { contextOf } from "../core/context.ts";
import { eraseMessages, markMessagesRead, sendMessage } from "./commands.ts";
import { type MessageEvent, personal } from "./events.ts";
import { messageProjection } from "./projection.ts";
import {
  getConversation,
  getConversations,
  getCorrespondent,
  getLastReceivedMessageId,
  getMessage,
  getUnreadMessageCount,
} from "./queries.ts";
import { erasedCursor, messageRoute, readCursor } from "./state.ts";

/** What people write to each other, and how far each has read. */
export const message = contextOf<MessageEvent>()({
  name: "message",
  streams: {
    MessageSent: ({ messageId }) => `message-${messageId}`,
    MessagesRead: ({ readerId, senderId }) => `read-${readerId}-${senderId}`,
    MessagesErased: ({ senderId, receiverId }) => `erased-${senderId}-${receiverId}`,
  },
  states: { message: messageRoute, read: readCursor, erased: erasedCursor },
  commands: {
    SendMessage: sendMessage,
    MarkMessagesRead: markMessagesRead,
    EraseMessages: eraseMessages,
  },
  queries: {
    GetMessage: getMessage,
    GetConversation: getConversation,
    GetConversations: getConversations,
    GetCorrespondent: getCorrespondent,
    GetLastReceivedMessageId: getLastReceivedMessageId,
    GetUnreadMessageCount: getUnreadMessageCount,
  },
  readModel: messageProjection,
  personal,
  upcasters: { MessageSent: [(data) => ({ ...data, image: null })] },
});
