import { contextOf } from "../core/context.ts";
import { appointAdmin, dismissAdmin, reinstateUser, suspendUser } from "./commands.ts";
import type { ModerationEvent } from "./events.ts";
import { moderationProjection } from "./projection.ts";
import { findMemberId, getMember, getMembers, getTotals, isAdmin } from "./queries.ts";
import { moderationOf } from "./state.ts";

const stream = ({ userId }: ModerationEvent["data"]) => `moderation-${userId}`;

/** Who runs this Filmroll, and who may not act in it. */
export const moderation = contextOf<ModerationEvent>()({
  name: "moderation",
  streams: {
    UserSuspended: stream,
    UserReinstated: stream,
    AdminAppointed: stream,
    AdminDismissed: stream,
  },
  states: { moderation: moderationOf },
  commands: {
    SuspendUser: suspendUser,
    ReinstateUser: reinstateUser,
    AppointAdmin: appointAdmin,
    DismissAdmin: dismissAdmin,
  },
  queries: {
    FindMemberId: findMemberId,
    GetMember: getMember,
    GetMembers: getMembers,
    GetTotals: getTotals,
    IsAdmin: isAdmin,
  },
  readModel: moderationProjection,
});
