import Meta from "../../../components/Meta.tsx";
import { authorName } from "../../../components/post_text.ts";
import StoryViewer from "../../../islands/StoryViewer.tsx";
import type { State } from "../../../web/state.ts";
import type { StoryPageData } from "../../../web/stories.ts";

export interface StoryPageProps extends StoryPageData {
  readonly state: State;
  readonly url: URL;
}

/** The viewer has the whole screen: no rail, nothing else to look at. */
export default function StoryPage({ stories, start, after, close, state, url }: StoryPageProps) {
  const title = `Story by ${authorName(stories[0]!)}`;
  return (
    <>
      <Meta title={title} url={new URL(url.pathname, state.publicUrl)} noIndex />
      <a class="skip-link" href="#main">Skip to content</a>
      <main class="stage" id="main" tabIndex={-1}>
        <h1 class="visually-hidden">{title}</h1>
        <StoryViewer
          stories={stories}
          start={start}
          own={stories[0]!.author_id === state.caller!.id}
          after={after}
          close={close}
        />
      </main>
    </>
  );
}
