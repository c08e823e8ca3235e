import { page } from "fresh";
import { notFound } from "../domain/core/errors.ts";
import { endpoint, pageOnly } from "../web/operation.ts";
import { profilePage, requireProfile } from "../web/people.ts";
import { define } from "../web/state.ts";
import ProfilePage from "./users/(_components)/ProfilePage.tsx";

export const handler = endpoint({
  GET: pageOnly({
    async page(ctx) {
      const username = ctx.params.username!;
      const id = await ctx.state.filmroll.queries.ask("GetUserIdByUsername", { username });
      if (id === null) throw notFound("User");
      return page(await profilePage(ctx, await requireProfile(ctx, id)));
    },
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <ProfilePage {...data} state={state} url={url} />
));
