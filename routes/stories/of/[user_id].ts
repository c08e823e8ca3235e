import { z } from "zod";
import { firstToSee } from "../../../components/storytelling.ts";
import { endpoint, operation } from "../../../web/operation.ts";
import { requireProfile } from "../../../web/people.ts";
import { IdText, Story } from "../../../web/schemas.ts";
import { storiesOf } from "../../../web/stories.ts";

export const handler = endpoint<never>({
  GET: operation({
    summary: "A person's stories of the last 24 hours, in the order they were told",
    does: "GetUserStories",
    auth: "required",
    params: z.object({ user_id: IdText }),
    answers: [200, z.array(Story)],
    async run(ctx, { params: { user_id } }) {
      await requireProfile(ctx, user_id);
      return await storiesOf(ctx, user_id);
    },
    seeOther({ params: { user_id } }, stories) {
      const story = stories[firstToSee(stories)];
      return story === undefined ? `/users/${user_id}` : `/stories/${story.id}`;
    },
  }),
});
