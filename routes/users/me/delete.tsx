import { page } from "fresh";
import { blankForm, endpoint, pageOnly } from "../../../web/operation.ts";
import { define } from "../../../web/state.ts";
import DeleteAccountPage from "../(_components)/DeleteAccountPage.tsx";

export const handler = endpoint({
  GET: pageOnly({ auth: "required", page: () => page(blankForm) }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <DeleteAccountPage form={data} state={state} url={url} />
));
