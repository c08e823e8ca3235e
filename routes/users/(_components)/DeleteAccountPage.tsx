import { counted } from "../../../components/count.ts";
import FormAlert from "../../../components/FormAlert.tsx";
import FormField from "../../../components/FormField.tsx";
import HiddenFields from "../../../components/HiddenFields.tsx";
import PageTitle from "../../../components/PageTitle.tsx";
import type { RefusedForm } from "../../../web/operation.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface DeleteAccountPageProps {
  readonly form: RefusedForm;
  readonly state: State;
  readonly url: URL;
}

export default function DeleteAccountPage(
  { form: { errors, message }, state, url }: DeleteAccountPageProps,
) {
  const { eraseGraceDays } = state;
  return (
    <Page state={state} url={url} title="Delete account" noIndex>
      <PageTitle back={{ href: "/users/me", label: "Edit profile" }}>Delete account</PageTitle>
      <form class="form" method="post" action="/users/me">
        {errors.length === 0 && <FormAlert message={message} />}
        <p>
          At once nobody sees your profile, posts, stories and comments any more, and you are logged
          out everywhere.
        </p>
        <p>
          {eraseGraceDays === 0
            ? "Then everything is erased for good."
            : `Log in within ${
              counted(eraseGraceDays, "day")
            } and everything is as it was. After that it is erased for good.`}{" "}
          Messages you sent read “[erased]” to who received them.
        </p>
        <HiddenFields method="DELETE" />
        <FormField
          errors={errors}
          name="password"
          label="Your password"
          type="password"
          autocomplete="current-password"
          required
        />
        <button class="button button-danger" type="submit">Delete account</button>
      </form>
    </Page>
  );
}
