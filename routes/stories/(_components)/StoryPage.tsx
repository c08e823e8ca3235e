import Meta from "../../../components/Meta.tsx";
import { storyTitle } from "../../../components/story_text.ts";
import StoryViewer from "../../../islands/StoryViewer.tsx";
import Toasts from "../../../islands/Toasts.tsx";
import type { State } from "../../../web/state.ts";
import type { StoryPageData } from "../../../web/stories.ts";

export interface StoryPageProps extends StoryPageData {
  readonly state: State;
  readonly url: URL;
}

/** The viewer has the whole screen: no rail, nothing else to look at. */
export default function StoryPage({ stories, start, after, close, state, url }: StoryPageProps) {
  return (
    <>
      <Meta title={storyTitle(stories[0]!)} url={new URL(url.pathname, state.publicUrl)} noIndex />
      <a class="skip-link" href="#main">Skip to content</a>
      <main class="stage" id="main" tabIndex={-1}>
        <StoryViewer
          stories={stories}
          start={start}
          viewerId={state.caller!.id}
          after={after}
          close={close}
        />
      </main>
      <Toasts />
    </>
  );
}
