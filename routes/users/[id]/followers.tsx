import PeoplePage from "../(_components)/PeoplePage.tsx";
import { endpoint } from "../../../web/operation.ts";
import { listOfPeople } from "../../../web/people.ts";
import { define } from "../../../web/state.ts";

export const handler = endpoint({
  GET: listOfPeople({
    summary: "Who follows a person, the latest first",
    does: "GetUserFollowers",
  }),
});

export default define.page<typeof handler>((props) => (
  <PeoplePage {...props} title="Followers" empty="Nobody follows this person yet." />
));
