import FormAlert from "../../../components/FormAlert.tsx";
import FormField from "../../../components/FormField.tsx";
import HiddenFields from "../../../components/HiddenFields.tsx";
import PageTitle from "../../../components/PageTitle.tsx";
import { uuidv7 } from "../../../domain/core/id.ts";
import type { RefusedForm } from "../../../web/operation.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface StoryComposerPageProps {
  readonly form: RefusedForm;
  readonly state: State;
  readonly url: URL;
}

export default function StoryComposerPage({ form, state, url }: StoryComposerPageProps) {
  const { values, errors, message } = form;
  return (
    <Page state={state} url={url} title="New story" canonicalPath="/stories/new" noIndex>
      <PageTitle
        back={{ href: "/stories/feed", label: "Stories" }}
        lead="Gone after 24 hours. You see who has seen it; nobody else does."
      >
        New story
      </PageTitle>
      <form class="form" method="post" action="/stories">
        <HiddenFields commandId={values.command_id ?? uuidv7()} />
        {errors.length === 0 && <FormAlert message={message} />}
        <FormField
          name="image_url"
          label="Picture"
          type="url"
          hint="The web address of a picture, best an upright one"
          placeholder="https://"
          autocomplete="off"
          values={values}
          errors={errors}
        />
        <FormField
          name="content"
          label="Words"
          multiline
          maxLength={1000}
          hint="Without a picture they are set as a card: the fewer, the larger"
          values={values}
          errors={errors}
        />
        <button class="button button-primary" type="submit">Share for 24 hours</button>
      </form>
    </Page>
  );
}
