import FormAlert from "../../../components/FormAlert.tsx";
import PageTitle from "../../../components/PageTitle.tsx";
import { uuidv7 } from "../../../domain/core/id.ts";
import Composer from "../../../islands/Composer.tsx";
import type { RefusedForm } from "../../../web/operation.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface ComposerPageProps {
  readonly form: RefusedForm;
  readonly state: State;
  readonly url: URL;
}

export default function ComposerPage({ form, state, url }: ComposerPageProps) {
  return (
    <Page state={state} url={url} title="New post" canonicalPath="/posts/new" noIndex>
      <PageTitle>New post</PageTitle>
      {form.errors.length === 0 && <FormAlert message={form.message} />}
      <Composer
        commandId={form.values.command_id ?? uuidv7()}
        values={form.values}
        errors={form.errors}
        pictures={form.pictures}
      />
    </Page>
  );
}
