import AuthCard from "../../components/AuthCard.tsx";
import Button from "../../components/Button.tsx";
import { define } from "../../web/state.ts";
import Page from "../(_components)/Page.tsx";

/** What somebody sees who deleted their account and has come back in time. */
export default define.page(({ state, url }) => (
  <Page state={state} url={url} layout="full" title="Your account is back" noIndex>
    <AuthCard
      title="Your account is back"
      lead="You logged in before it was erased, so nothing is lost: your profile, posts and messages are as they were, and will not be erased."
    >
      <Button href="/">Go to your feed</Button>
    </AuthCard>
  </Page>
));
