import { page } from "fresh";
import { z } from "zod";
import { endpoint, operation } from "../../../web/operation.ts";
import { profilePage, requireProfile } from "../../../web/people.ts";
import { IdText, UserProfile } from "../../../web/schemas.ts";
import { define } from "../../../web/state.ts";
import ProfilePage from "../(_components)/ProfilePage.tsx";

export const handler = endpoint({
  GET: operation({
    summary: "A person's profile",
    does: "GetUserProfile",
    params: z.object({ id: IdText }),
    answers: [200, UserProfile],
    run: (ctx, { params: { id } }) => requireProfile(ctx, id),
    page: async (ctx, _, profile) => page(await profilePage(ctx, profile)),
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <ProfilePage {...data} state={state} url={url} />
));
