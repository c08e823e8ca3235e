import { page } from "fresh";
import { blankForm, endpoint, pageOnly } from "../../web/operation.ts";
import { define } from "../../web/state.ts";
import StoryComposerPage from "./(_components)/StoryComposerPage.tsx";

export const handler = endpoint({
  GET: pageOnly({ auth: "required", page: () => page(blankForm) }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <StoryComposerPage form={data} state={state} url={url} />
));
