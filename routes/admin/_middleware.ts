import { HttpRefusal } from "../../web/problem.ts";
import { define } from "../../web/state.ts";

/** Nothing of the operator's is there for anybody else. */
export const handler = define.middleware(async (ctx) => {
  const { caller, filmroll: { queries } } = ctx.state;
  const isAdmin = caller !== null && await queries.ask("IsAdmin", { id: caller.id }) !== null;
  if (!isAdmin) throw new HttpRefusal(404, "There is nothing at this address");
  return await ctx.next();
});
