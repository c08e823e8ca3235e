import { z } from "zod";
import { endpoint, operation } from "../../../web/operation.ts";
import { requireProfile } from "../../../web/people.ts";
import { IdText, pageOf, Post } from "../../../web/schemas.ts";
import { viewerOf } from "../../../web/state.ts";

export const handler = endpoint<never>({
  GET: operation({
    summary: "A person's posts, newest first",
    does: "GetUserPosts",
    params: z.object({ id: IdText }),
    query: pageOf(20),
    answers: [200, z.array(Post)],
    async run(ctx, { params: { id }, query }) {
      await requireProfile(ctx, id);
      const { queries } = ctx.state.filmroll;
      return await queries.ask("GetUserPosts", { id, viewer: viewerOf(ctx), ...query });
    },
    seeOther: ({ params: { id } }) => `/users/${id}`,
  }),
});
