import { page } from "fresh";
import AuthCard from "../../components/AuthCard.tsx";
import FormAlert from "../../components/FormAlert.tsx";
import FormField from "../../components/FormField.tsx";
import HiddenFields from "../../components/HiddenFields.tsx";
import { uuidv7 } from "../../domain/core/id.ts";
import { addressOf } from "../../web/address.ts";
import {
  blankForm,
  endpoint,
  operation,
  ownPath,
  pageOnly,
  seeOther,
} from "../../web/operation.ts";
import { User, UserCreate } from "../../web/schemas.ts";
import { sessionCookie } from "../../web/session_cookie.ts";
import { define } from "../../web/state.ts";
import Page from "../(_components)/Page.tsx";

export const handler = endpoint({
  GET: pageOnly({ page: () => page(blankForm) }),
  POST: operation({
    summary: "Register",
    does: "RegisterUser",
    body: UserCreate,
    answers: [201, User],
    run: (ctx, { body: { full_name, ...body }, sender }) =>
      ctx.state.accounts.register(
        { ...body, fullName: full_name ?? null },
        addressOf(ctx),
        sender.commandId,
      ),
    json: ({ state: { filmroll } }, _, id) =>
      filmroll.queries.ask("GetUserById", { id, viewer: id }),
    async page({ state: { accounts, publicUrl } }, { returnTo }, id) {
      const secret = await accounts.beginSession(id);
      return seeOther(returnTo ?? "/", { "set-cookie": sessionCookie(secret, publicUrl) });
    },
    formAgain: (_, form) => form,
  }),
});

export default define.page<typeof handler>(({ data: { values, errors, message }, state, url }) => {
  const returnTo = ownPath(url.searchParams.get("return_to")) ?? undefined;
  const field = { values, errors };
  return (
    <Page
      state={state}
      url={url}
      layout="full"
      title="Create an account"
      description="Join this Filmroll: photos in order, with an end, on a server of your own."
    >
      <AuthCard
        title="Create an account"
        lead="It takes a name, an address and a password."
        footer={
          <>
            Already a member? <a href="/auth/login">Log in</a>
          </>
        }
      >
        <form class="form" method="post" action="/auth/register">
          {errors.length === 0 && <FormAlert message={message} />}
          <HiddenFields commandId={uuidv7()} returnTo={returnTo} />
          <FormField
            {...field}
            name="username"
            label="Username"
            hint="3 to 30 letters, digits, dots and underscores"
            autocomplete="username"
            minLength={3}
            maxLength={30}
            required
          />
          <FormField
            {...field}
            name="email"
            label="E-mail"
            hint="Only you see it"
            type="email"
            autocomplete="email"
            required
          />
          <FormField
            {...field}
            name="password"
            label="Password"
            hint="At least 8 characters"
            type="password"
            autocomplete="new-password"
            minLength={8}
            values={{}}
            required
          />
          <FormField
            {...field}
            name="full_name"
            label="Full name"
            autocomplete="name"
            maxLength={100}
          />
          <button class="button button-primary button-block" type="submit">Create account</button>
        </form>
      </AuthCard>
    </Page>
  );
});
