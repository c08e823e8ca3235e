import { Head } from "fresh/runtime";
import { errorOf } from "../../../components/form_errors.ts";
import FormAlert from "../../../components/FormAlert.tsx";
import HiddenFields from "../../../components/HiddenFields.tsx";
import PageTitle from "../../../components/PageTitle.tsx";
import SubmitForm from "../../../components/SubmitForm.tsx";
import { uuidv7 } from "../../../domain/core/id.ts";
import ImportProgress from "../../../islands/ImportProgress.tsx";
import { LARGEST_ARCHIVE } from "../../../web/archive/importer.ts";
import type { RefusedForm } from "../../../web/operation.ts";
import type { Import } from "../../../web/schemas.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface ImportPageData {
  /** Null where nobody ever began one. */
  readonly latest: Import | null;
  readonly form: RefusedForm;
}

export interface ImportPageProps extends ImportPageData {
  readonly state: State;
  readonly url: URL;
}

/** How often a browser without script looks again, in seconds. */
const LOOK_AGAIN = 3;

export default function ImportPage({ latest, form, state, url }: ImportPageProps) {
  const isRunning = latest !== null && latest.outcome === null;
  return (
    <Page state={state} url={url} title="Import" noIndex>
      {isRunning && (
        <Head>
          <noscript>
            <meta http-equiv="refresh" content={String(LOOK_AGAIN)} />
          </noscript>
        </Head>
      )}
      <PageTitle back={{ href: "/users/me", label: "Edit profile" }}>Import</PageTitle>
      {latest && <ImportProgress latest={latest} />}
      {isRunning
        ? (
          <SubmitForm
            action="/users/me/import"
            method="DELETE"
            buttonClass="button button-secondary"
          >
            Stop
          </SubmitForm>
        )
        : <UploadForm form={form} />}
    </Page>
  );
}

function UploadForm({ form: { errors, message, values } }: { form: RefusedForm }) {
  const error = errorOf(errors, "file");
  return (
    <form class="form" method="post" action="/users/me/import" enctype="multipart/form-data">
      {errors.length === 0 && <FormAlert message={message} />}
      <HiddenFields commandId={values.command_id ?? uuidv7()} />
      <p>
        Bring your posts with you: the zip that another Filmroll made of your data, or the one that
        Instagram sends you when you ask for your information in the format JSON. What is here
        already is not posted twice.
      </p>
      <div class="field">
        <label class="field-label" for="field-file">Archive</label>
        <input
          class="field-file"
          id="field-file"
          type="file"
          name="file"
          accept=".zip,application/zip"
          required
          aria-describedby={error === null ? "field-file-hint" : "field-file-hint field-file-error"}
          {...(error === null ? {} : { "aria-invalid": "true" })}
        />
        <p class="field-hint" id="field-file-hint">
          A zip of at most {LARGEST_ARCHIVE / 1024 ** 3} GB
        </p>
        {error !== null && <p class="field-error" id="field-file-error" role="alert">{error}</p>}
      </div>
      <button class="button button-primary" type="submit">Import</button>
    </form>
  );
}
