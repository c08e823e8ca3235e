import AuthCard from "../../components/AuthCard.tsx";
import Button from "../../components/Button.tsx";
import { counted } from "../../components/count.ts";
import { define } from "../../web/state.ts";
import Page from "../(_components)/Page.tsx";

/** What somebody sees who has just deleted their account. */
export default define.page(({ state, url }) => {
  const { eraseGraceDays: days } = state;
  return (
    <Page state={state} url={url} layout="full" title="Your account is deleted" noIndex>
      <AuthCard
        title="Your account is deleted"
        lead={days === 0
          ? "Nobody sees it any more, and everything of it is being erased."
          : `Nobody sees it any more. If you log in within ${
            counted(days, "day")
          }, everything is as it was; after that it is erased for good.`}
      >
        <Button href="/">Leave</Button>
      </AuthCard>
    </Page>
  );
});
