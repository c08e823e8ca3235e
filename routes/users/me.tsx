import { page } from "fresh";
import FormAlert from "../../components/FormAlert.tsx";
import FormField from "../../components/FormField.tsx";
import HiddenFields from "../../components/HiddenFields.tsx";
import PageTitle from "../../components/PageTitle.tsx";
import ShortcutsSwitch from "../../components/ShortcutsSwitch.tsx";
import SubmitForm from "../../components/SubmitForm.tsx";
import { blankForm, endpoint, operation, pageOnly } from "../../web/operation.ts";
import { User, UserUpdate } from "../../web/schemas.ts";
import { define } from "../../web/state.ts";
import Page from "../(_components)/Page.tsx";

export const handler = endpoint({
  GET: pageOnly({
    auth: "required",
    async page({ state: { filmroll, caller } }) {
      const { id } = caller!;
      const user = await filmroll.queries.ask("GetUserById", { id, viewer: id });
      const { full_name, bio, profile_image_url } = user!;
      const values = {
        full_name: full_name ?? "",
        bio: bio ?? "",
        profile_image_url: profile_image_url ?? "",
      };
      return page({ ...blankForm, values });
    },
  }),
  PUT: operation({
    summary: "Change one's own profile; only the fields sent change",
    does: "UpdateUser",
    auth: "required",
    body: UserUpdate,
    answers: [200, User],
    run: ({ state: { filmroll } }, { body, caller, sender }) =>
      filmroll.commands.execute("UpdateUser", {
        by: caller.id,
        changes: {
          ...(body.full_name !== undefined && { fullName: body.full_name }),
          ...(body.bio !== undefined && { bio: body.bio }),
          ...(body.profile_image_url !== undefined && { profileImageUrl: body.profile_image_url }),
        },
      }, sender),
    json: ({ state: { filmroll } }, { caller: { id } }) =>
      filmroll.queries.ask("GetUserById", { id, viewer: id }),
    seeOther: ({ caller: { username } }) => `/@${username}`,
    notice: "profile-saved",
    formAgain: (_, form) => form,
  }),
});

export default define.page<typeof handler>(({ data: { values, errors, message }, state, url }) => {
  const field = { values, errors };
  const { username } = state.caller!;
  return (
    <Page state={state} url={url} title="Edit profile" noIndex>
      <PageTitle back={{ href: `/@${username}`, label: `@${username}` }}>Edit profile</PageTitle>
      <form class="form" method="post" action="/users/me">
        {errors.length === 0 && <FormAlert message={message} />}
        <HiddenFields method="PUT" />
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
        <FormField
          {...field}
          name="profile_image_url"
          label="Profile picture"
          hint="The http(s) address of a picture"
          type="text"
          placeholder="https://"
        />
        <button class="button button-primary" type="submit">Save</button>
      </form>
      <section class="settings needs-script">
        <h2 class="section-title">Keyboard</h2>
        <ShortcutsSwitch />
        <p class="field-hint">Press ? on any page to see what the keys do.</p>
      </section>
      <section class="settings">
        <h2 class="section-title">Session</h2>
        <SubmitForm action="/auth/logout" buttonClass="button button-secondary">Log out</SubmitForm>
      </section>
    </Page>
  );
});
