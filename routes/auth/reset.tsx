import { page } from "fresh";
import AuthCard from "../../components/AuthCard.tsx";
import FormAlert from "../../components/FormAlert.tsx";
import FormField from "../../components/FormField.tsx";
import { blankForm, endpoint, operation, pageOnly } from "../../web/operation.ts";
import { PasswordResetRequest } from "../../web/schemas.ts";
import { define } from "../../web/state.ts";
import Page from "../(_components)/Page.tsx";

export const handler = endpoint({
  GET: pageOnly({
    async page({ state: { accounts }, url }) {
      const token = url.searchParams.get("token") ?? "";
      await accounts.passwordResetOf(token);
      return page({ ...blankForm, values: { token } });
    },
  }),
  POST: operation({
    summary: "Set a new password, by a link from whoever runs this Filmroll",
    does: "ResetPassword",
    body: PasswordResetRequest,
    answers: [204, null],
    run: ({ state: { accounts } }, { body }) => accounts.resetPassword(body.token, body.password),
    seeOther: () => "/auth/login",
    notice: "password-set",
    formAgain: (_, form) => form,
  }),
});

export default define.page<typeof handler>(({ data: { values, errors, message }, state, url }) => (
  <Page state={state} url={url} layout="full" title="Set a new password" noIndex>
    <AuthCard
      title="Set a new password"
      lead="You are logged out everywhere, and log in with the new one."
      footer={<a href="/auth/login">Back to log in</a>}
    >
      <form class="form" method="post" action="/auth/reset">
        {errors.length === 0 && <FormAlert message={message} />}
        <input type="hidden" name="token" value={values.token} />
        <FormField
          values={{}}
          errors={errors}
          name="password"
          label="New password"
          hint="At least 8 characters"
          type="password"
          autocomplete="new-password"
          minLength={8}
          required
        />
        <button class="button button-primary button-block" type="submit">Set password</button>
      </form>
    </AuthCard>
  </Page>
));
