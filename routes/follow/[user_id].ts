import { z } from "zod";
import { endpoint, operation, pageOnly, seeOther } from "../../web/operation.ts";
import { FollowStatus, IdText } from "../../web/schemas.ts";

const params = z.object({ user_id: IdText });

export const handler = endpoint<never>({
  GET: pageOnly({ page: ({ params }) => seeOther(`/users/${params.user_id}`) }),
  POST: operation({
    summary: "Follow somebody",
    does: "FollowUser",
    auth: "required",
    params,
    answers: [200, FollowStatus],
    run: ({ state: { filmroll } }, { params, caller, sender }) =>
      filmroll.commands.execute("FollowUser", { by: caller.id, userId: params.user_id }, sender),
    seeOther: ({ params }) => `/users/${params.user_id}`,
  }),
  DELETE: operation({
    summary: "Stop following somebody",
    does: "UnfollowUser",
    auth: "required",
    params,
    answers: [200, FollowStatus],
    run: ({ state: { filmroll } }, { params, caller, sender }) =>
      filmroll.commands.execute("UnfollowUser", { by: caller.id, userId: params.user_id }, sender),
    seeOther: ({ params }) => `/users/${params.user_id}`,
  }),
});
