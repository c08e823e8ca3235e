import { endpoint, pageOnly, seeOther } from "../../web/operation.ts";
import { sessionCookie } from "../../web/session_cookie.ts";

export const handler = endpoint<never>({
  GET: pageOnly({ page: () => seeOther("/") }),
  POST: pageOnly({
    async page({ state: { accounts, caller, publicUrl } }) {
      if (caller !== null) await accounts.endSession(caller);
      return seeOther("/", { "set-cookie": sessionCookie(null, publicUrl) });
    },
  }),
});
