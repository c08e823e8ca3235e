import { endpoint, operation } from "../../web/operation.ts";
import { User } from "../../web/schemas.ts";

export const handler = endpoint<never>({
  GET: operation({
    summary: "Who is logged in",
    does: "GetUserById",
    auth: "required",
    answers: [200, User],
    run: ({ state: { filmroll } }, { caller: { id } }) =>
      filmroll.queries.ask("GetUserById", { id, viewer: id }),
    seeOther: () => "/users/me",
  }),
});
