import { page } from "fresh";
import AuthCard from "../../components/AuthCard.tsx";
import FormAlert from "../../components/FormAlert.tsx";
import FormField from "../../components/FormField.tsx";
import HiddenFields from "../../components/HiddenFields.tsx";
import { addressOf } from "../../web/address.ts";
import {
  blankForm,
  endpoint,
  operation,
  ownPath,
  pageOnly,
  seeOther,
} from "../../web/operation.ts";
import { LoginRequest, Token } from "../../web/schemas.ts";
import { sessionCookie } from "../../web/session_cookie.ts";
import { define } from "../../web/state.ts";
import Page from "../(_components)/Page.tsx";

export const handler = endpoint({
  GET: pageOnly({
    page: ({ url }) =>
      page({ ...blankForm, values: { return_to: url.searchParams.get("return_to") ?? "" } }),
  }),
  POST: operation({
    summary: "Log in, for an access token",
    does: "LoginUser",
    body: LoginRequest,
    answers: [200, Token],
    run: (ctx, { body: { email, password } }) =>
      ctx.state.accounts.authenticate(email, password, addressOf(ctx)),
    async json({ state: { accounts } }, _, { userId }): Promise<Token> {
      const { token, seconds } = await accounts.issueToken(userId);
      return { access_token: token, token_type: "bearer", expires_in: seconds };
    },
    async page({ state: { accounts, publicUrl } }, { returnTo }, { userId, isRestored }) {
      const secret = await accounts.beginSession(userId);
      return seeOther(isRestored ? "/auth/restored" : returnTo ?? "/", {
        "set-cookie": sessionCookie(secret, publicUrl),
      });
    },
    formAgain: (_, form) => form,
  }),
});

export default define.page<typeof handler>(({ data: { values, errors, message }, state, url }) => {
  const returnTo = ownPath(values.return_to) ?? undefined;
  const field = { values, errors };
  return (
    <Page
      state={state}
      url={url}
      layout="full"
      title="Log in"
      description="Log in to this Filmroll."
    >
      <AuthCard
        title="Welcome back"
        footer={
          <>
            New here? <a href="/auth/register">Create an account</a>
          </>
        }
      >
        <form class="form" method="post" action="/auth/login">
          {errors.length === 0 && <FormAlert message={message} />}
          <HiddenFields returnTo={returnTo} />
          <FormField
            {...field}
            name="email"
            label="E-mail"
            type="email"
            autocomplete="username"
            required
          />
          <FormField
            {...field}
            name="password"
            label="Password"
            type="password"
            autocomplete="current-password"
            values={{}}
            required
          />
          <button class="button button-primary button-block" type="submit">Log in</button>
        </form>
      </AuthCard>
    </Page>
  );
});
