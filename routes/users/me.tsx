import { page } from "fresh";
import Button from "../../components/Button.tsx";
import FormAlert from "../../components/FormAlert.tsx";
import FormField from "../../components/FormField.tsx";
import HiddenFields from "../../components/HiddenFields.tsx";
import PageTitle from "../../components/PageTitle.tsx";
import ShortcutsSwitch from "../../components/ShortcutsSwitch.tsx";
import SubmitForm from "../../components/SubmitForm.tsx";
import { viewerOnly } from "../../components/viewer.ts";
import AvatarField from "../../islands/AvatarField.tsx";
import { addressOf } from "../../web/address.ts";
import {
  blankForm,
  endpoint,
  operation,
  pageOnly,
  type RefusedForm,
  seeOther,
} from "../../web/operation.ts";
import { User, UserDelete, UserUpdate } from "../../web/schemas.ts";
import { sessionCookie } from "../../web/session_cookie.ts";
import { define } from "../../web/state.ts";
import Page from "../(_components)/Page.tsx";
import DeleteAccountPage from "./(_components)/DeleteAccountPage.tsx";

/** The form that is shown: to edit the profile, or to delete the account. */
interface Settings {
  readonly kind: "profile" | "deletion";
  readonly form: RefusedForm;
  /** Whether the operator's pages are offered. */
  readonly isAdmin?: boolean;
}

export const handler = endpoint<Settings>({
  GET: pageOnly({
    auth: "required",
    async page({ state: { filmroll, caller } }) {
      const { id } = caller!;
      const [user, isAdmin] = await Promise.all([
        filmroll.queries.ask("GetUserById", { id, viewer: id }),
        filmroll.queries.ask("IsAdmin", { id }),
      ]);
      const { full_name, bio, profile_image_url } = user!;
      const values = {
        full_name: full_name ?? "",
        bio: bio ?? "",
        profile_image_url: profile_image_url ?? "",
      };
      return page({
        kind: "profile",
        form: { ...blankForm, values },
        isAdmin: isAdmin !== null,
      });
    },
  }),
  PUT: operation({
    summary: "Change one's own profile; only the fields sent change",
    does: "UpdateUser",
    auth: "required",
    body: UserUpdate,
    photos: { most: 1, square: true },
    answers: [200, User],
    run: ({ state: { filmroll } }, { body, caller, sender }) =>
      filmroll.commands.execute("UpdateUser", {
        by: caller.id,
        changes: {
          ...(body.full_name !== undefined && { fullName: body.full_name }),
          ...(body.bio !== undefined && { bio: body.bio }),
          ...(body.profile_image_url !== undefined && { profileImageUrl: body.profile_image_url }),
        },
        media: body.media,
      }, sender),
    json: ({ state: { filmroll } }, { caller: { id } }) =>
      filmroll.queries.ask("GetUserById", { id, viewer: id }),
    seeOther: ({ caller: { username } }) => `/@${username}`,
    notice: "profile-saved",
    formAgain: (_, form) => ({ kind: "profile", form }),
  }),
  DELETE: operation({
    summary: "Delete one's own account; logging in brings it back, until it is erased",
    does: "CloseAccount",
    auth: "required",
    body: UserDelete,
    answers: [204, null],
    run: (ctx, { body: { password }, caller, sender }) =>
      ctx.state.accounts.close(caller, {
        password,
        graceDays: ctx.state.eraseGraceDays,
        address: addressOf(ctx),
      }, sender),
    page: ({ state: { publicUrl } }) =>
      seeOther("/auth/closed", { "set-cookie": sessionCookie(null, publicUrl) }),
    formAgain: (_, form) => ({ kind: "deletion", form }),
  }),
});

export default define.page<typeof handler>(({ data: { kind, form, isAdmin }, state, url }) => {
  if (kind === "deletion") return <DeleteAccountPage form={form} state={state} url={url} />;
  const { values, errors, message, pictures } = form;
  const field = { values, errors };
  const { username } = state.caller!;
  return (
    <Page state={state} url={url} title="Edit profile" noIndex>
      <PageTitle back={{ href: `/@${username}`, label: `@${username}` }}>Edit profile</PageTitle>
      <form class="form" method="post" action="/users/me" enctype="multipart/form-data">
        {errors.length === 0 && <FormAlert message={message} />}
        <HiddenFields method="PUT" />
        <AvatarField
          viewer={viewerOnly(state.caller!)}
          values={values}
          errors={errors}
          picture={pictures[0] ?? null}
        />
        <FormField
          {...field}
          name="full_name"
          label="Full name"
          autocomplete="name"
          maxLength={100}
        />
        <FormField
          {...field}
          name="bio"
          label="About you"
          hint="At most 500 characters; #hashtags and links work"
          multiline
          maxLength={500}
        />
        <button class="button button-primary" type="submit">Save</button>
      </form>
      <section class="settings needs-script">
        <h2 class="section-title">Keyboard</h2>
        <ShortcutsSwitch />
        <p class="field-hint">Press ? on any page to see what the keys do.</p>
      </section>
      <section class="settings">
        <h2 class="section-title">Your data</h2>
        <p class="field-hint">
          All that is yours as a zip: pictures, posts, comments, messages and the rest.
        </p>
        <p>
          <a class="button button-secondary" href="/users/me/export" download>Download</a>{" "}
          <a class="button button-secondary" href="/users/me/import">Import</a>
        </p>
      </section>
      {isAdmin && (
        <section class="settings">
          <h2 class="section-title">This Filmroll</h2>
          <p>
            <a class="button button-secondary" href="/admin">Operator’s pages</a>
          </p>
        </section>
      )}
      <section class="settings">
        <h2 class="section-title">Session</h2>
        <SubmitForm action="/auth/logout" buttonClass="button button-secondary">Log out</SubmitForm>
      </section>
      <section class="settings">
        <h2 class="section-title">Account</h2>
        <Button href="/users/me/delete" kind="danger">Delete account</Button>
      </section>
    </Page>
  );
});
