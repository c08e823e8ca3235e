import PeoplePage from "../(_components)/PeoplePage.tsx";
import { endpoint } from "../../../web/operation.ts";
import { listOfPeople } from "../../../web/people.ts";
import { define } from "../../../web/state.ts";

export const handler = endpoint({
  GET: listOfPeople({
    summary: "Whom a person follows, the latest first",
    does: "GetUserFollowing",
  }),
});

export default define.page<typeof handler>((props) => (
  <PeoplePage {...props} title="Following" empty="This person follows nobody yet." />
));
