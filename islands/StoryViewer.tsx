import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { request } from "../components/client/api.ts";
import Avatar from "../components/Avatar.tsx";
import HiddenFields from "../components/HiddenFields.tsx";
import Icon from "../components/Icon.tsx";
import {
  chevronLeft,
  chevronRight,
  close as closeIcon,
  eye,
  pause,
  play,
  trash,
} from "../components/icons.ts";
import { hueClass } from "../components/hue.ts";
import Picture from "../components/Picture.tsx";
import { authorName } from "../components/post_text.ts";
import RichText from "../components/RichText.tsx";
import { storyAlt } from "../components/story_text.ts";
import SubmitForm from "../components/SubmitForm.tsx";
import TextCard from "../components/TextCard.tsx";
import Time from "../components/Time.tsx";
import type { Story } from "../web/schemas.ts";

export interface StoryViewerProps {
  /** One person's, in the order they were told. */
  readonly stories: readonly Story[];
  /** Index of the one to begin with. */
  readonly start: number;
  /** Whether they are the viewer's own. */
  readonly own: boolean;
  /** The path to the next person's stories; null after the last. */
  readonly after: string | null;
  /** The path that the viewer closes to. */
  readonly close: string;
}

/** A press of so many milliseconds holds the story, and is no tap. */
const HOLD_MS = 300;

/** So many characters take more time to read than a picture to look at. */
const LONG_TEXT = 120;

/** The stage is as wide as the window, or upright in it. */
const SIZES = "min(100vw, 57vh)";

/** Has the browser fetch a picture that will be shown next. */
function preload({ url, srcset }: NonNullable<Story["image"]>): void {
  Object.assign(document.createElement("img"), { sizes: SIZES, srcset: srcset ?? "", src: url });
}

const pathOf = (story: Story) => `/stories/${story.id}`;

function Bars({ count, index, running, long }: {
  count: number;
  index: number;
  running: boolean;
  long: boolean;
}) {
  return (
    <div class={`bars ${running ? "bars-running" : ""} ${long ? "bars-long" : ""}`}>
      {Array.from({ length: count }, (_, nth) => (
        <span
          class={`bar ${nth < index ? "bar-past" : nth === index ? "bar-now" : ""}`}
          key={nth === index ? `now-${nth}` : nth}
        >
          <span />
        </span>
      ))}
    </div>
  );
}

/**
 * One person's stories, one after the other. Without script its zones are a link back and a form
 * forward, which tells that the story was seen. With script the bar of the story that is shown is
 * also its clock: an animation of the style sheet, at whose end the next one comes. Where reduced
 * motion is asked for there is no animation, and nothing moves on by itself.
 */
export default function StoryViewer({ stories, start, own, after, close }: StoryViewerProps) {
  const index = useSignal(start);
  const enlivened = useSignal(false);
  const loaded = useSignal(false);
  const paused = useSignal(false);
  const held = useSignal(false);
  const pressedAt = useRef(0);
  const frame = useRef<HTMLDivElement>(null);

  const story = stories[index.value]!;
  const previous = stories[index.value - 1];
  const next = stories[index.value + 1];
  const isReady = story.image === null || loaded.value;

  // The viewer is one place in the history, whatever is seen in it.
  const leave = (path: string) => location.replace(path);

  function move(step: 1 | -1) {
    const target = index.value + step;
    if (target >= stories.length) return leave(after ?? close);
    if (target < 0) return;
    loaded.value = false;
    index.value = target;
  }

  useEffect(() => {
    enlivened.value = true;
    const pressed = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowRight") move(1);
      else if (event.key === "ArrowLeft") move(-1);
      else if (event.key === "Escape") leave(close);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);

  useEffect(() => {
    history.replaceState(null, "", pathOf(story));
    // Whether it is told is no concern of who watches: it may have run out in this moment.
    if (!story.seen) request("POST", `${pathOf(story)}/views`).catch(() => {});
    if (next?.image) preload(next.image);
    // It may have come before there was anybody to tell.
    if (frame.current!.querySelector<HTMLImageElement>(".picture-image")?.complete) {
      loaded.value = true;
    }
  }, [index.value]);

  const isPaused = paused.value || held.value;
  return (
    <article
      class={`stage-frame ${isPaused ? "stage-paused" : ""} ${hueClass(story.id)}`}
      aria-label={`Story ${index.value + 1} of ${stories.length}`}
      onPointerDown={(event) => {
        pressedAt.current = event.timeStamp;
        held.value = (event.target as Element).closest(".zone") !== null;
      }}
      onPointerUp={() => held.value = false}
      onPointerCancel={() => held.value = false}
      onPointerLeave={() => held.value = false}
      onClickCapture={(event) => {
        // A click by the keyboard has no press before it.
        const isHold = event.detail > 0 && event.timeStamp - pressedAt.current >= HOLD_MS;
        if (!isHold || (event.target as Element).closest(".zone") === null) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onAnimationEnd={() => move(1)}
    >
      <div class="stage-media" key={story.id} ref={frame}>
        {story.image === null ? <TextCard id={story.id} text={story.content ?? ""} /> : (
          <>
            {story.image.placeholder === null && (
              <img
                class="picture-placeholder"
                src={story.image.url}
                alt=""
                width="1080"
                height="1920"
                aria-hidden="true"
              />
            )}
            <Picture
              image={story.image}
              fallbackAlt={storyAlt(story)}
              sizes={SIZES}
              load="first"
              onSettled={() => loaded.value = true}
            />
          </>
        )}
      </div>

      {previous && (
        <a
          class="zone zone-previous"
          href={pathOf(previous)}
          draggable={false}
          onClick={(event) => {
            event.preventDefault();
            move(-1);
          }}
          onContextMenu={(event) => event.preventDefault()}
        >
          <Icon path={chevronLeft} />
          <span class="visually-hidden">Previous story</span>
        </a>
      )}
      <form
        method="post"
        action={`${pathOf(story)}/views`}
        onSubmit={(event) => {
          event.preventDefault();
          move(1);
        }}
      >
        <HiddenFields returnTo={next === undefined ? after ?? close : pathOf(next)} />
        <button class="zone zone-next" type="submit">
          <Icon path={chevronRight} />
          <span class="visually-hidden">
            {next !== undefined ? "Next story" : after !== null ? "Next person" : "Finish"}
          </span>
        </button>
      </form>

      <header class="stage-head">
        <Bars
          count={stories.length}
          index={index.value}
          running={enlivened.value && isReady}
          long={(story.content?.length ?? 0) > LONG_TEXT}
        />
        <a class="person" href={`/@${story.author_username}`}>
          <Avatar
            userId={story.author_id}
            username={story.author_username}
            fullName={story.author_full_name}
            imageUrl={story.author_profile_image_url}
            size="small"
          />
          <span class="person-name">{own ? "Your story" : authorName(story)}</span>
          <Time at={story.created_at} />
        </a>
        {enlivened.value && (
          <button
            class="icon-button stage-pause"
            type="button"
            onClick={() => paused.value = !paused.value}
          >
            <Icon path={paused.value ? play : pause} />
            <span class="visually-hidden">{paused.value ? "Play" : "Pause"}</span>
          </button>
        )}
        <a
          class="icon-button"
          href={close}
          onClick={(event) => {
            event.preventDefault();
            leave(close);
          }}
        >
          <Icon path={closeIcon} />
          <span class="visually-hidden">Close</span>
        </a>
      </header>

      {story.image !== null && story.content !== null && (
        <p class="stage-caption">
          <RichText text={story.content} />
        </p>
      )}
      {own && (
        <footer class="stage-foot">
          <a class="button" href={`${pathOf(story)}/views`}>
            <Icon path={eye} />
            Seen by {story.view_count ?? 0}
          </a>
          <SubmitForm action={pathOf(story)} method="DELETE" buttonClass="icon-button">
            <Icon path={trash} />
            <span class="visually-hidden">Delete story</span>
          </SubmitForm>
        </footer>
      )}
      <p class="visually-hidden" role="status">
        {enlivened.value && `Story ${index.value + 1} of ${stories.length}`}
      </p>
    </article>
  );
}
