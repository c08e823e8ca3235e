import { requireProfile } from "../../../web/people.ts";
import { HttpRefusal, LoginRequired } from "../../../web/problem.ts";
import { IdText } from "../../../web/schemas.ts";
import { define } from "../../../web/state.ts";

/** Tells somebody that the caller is writing to them. It is no operation, for nothing is recorded. */
export const handler = define.handlers({
  async POST(ctx) {
    const { caller, limiter, live } = ctx.state;
    if (caller === null) throw new LoginRequired();
    await limiter.take("command", caller.id);
    const other = IdText.safeParse(ctx.params.user_id);
    if (!other.success) throw new HttpRefusal(404, "There is nothing at this address");
    const { id } = await requireProfile(ctx, other.data);
    live.tell(id, { type: "typing", data: { from: caller.id } });
    return new Response(null, { status: 204 });
  },
});
