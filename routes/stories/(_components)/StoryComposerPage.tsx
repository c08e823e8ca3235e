import PageTitle from "../../../components/PageTitle.tsx";
import { uuidv7 } from "../../../domain/core/id.ts";
import StoryComposer from "../../../islands/StoryComposer.tsx";
import type { RefusedForm } from "../../../web/operation.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface StoryComposerPageProps {
  readonly form: RefusedForm;
  readonly state: State;
  readonly url: URL;
}

export default function StoryComposerPage({ form, state, url }: StoryComposerPageProps) {
  const { values, errors, message, pictures } = form;
  return (
    <Page state={state} url={url} title="New story" canonicalPath="/stories/new" noIndex>
      <PageTitle
        back={{ href: "/stories/feed", label: "Stories" }}
        lead="Gone after 24 hours. You see who has seen it; nobody else does."
      >
        New story
      </PageTitle>
      <StoryComposer
        commandId={values.command_id ?? uuidv7()}
        values={values}
        errors={errors}
        pictures={pictures}
        message={errors.length === 0 ? message : null}
      />
    </Page>
  );
}
