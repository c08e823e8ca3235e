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
import { storyAlt, storyTitle } from "../components/story_text.ts";
import { firstToSee, ringPath } from "../components/storytelling.ts";
import SubmitForm from "../components/SubmitForm.tsx";
import TextCard from "../components/TextCard.tsx";
import Time from "../components/Time.tsx";
import type { Story } from "../web/schemas.ts";

/** One person's stories. */
interface Reel {
  /** In the order they were told. */
  readonly stories: readonly Story[];
  /** Ids of the people whose stories follow. */
  readonly after: readonly number[];
  /** The path that the viewer closes to. */
  readonly close: string;
}

export interface StoryViewerProps extends Reel {
  /** Index of the story to begin with. */
  readonly start: number;
  readonly viewerId: number;
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
const pathOfPerson = (userId: number) => `/stories/of/${userId}`;

/** Fetches the stories of the first of these people who still has any; null where nobody has. */
async function fetchReel([id, ...after]: readonly number[]): Promise<Reel | null> {
  if (id === undefined) return null;
  const stories = await request<Story[]>("GET", pathOfPerson(id));
  const first = stories[firstToSee(stories)];
  if (first === undefined) return fetchReel(after);
  if (first.image) preload(first.image);
  return { stories, after, close: ringPath(id) };
}

function Bars({ count, index, story, running, long }: {
  count: number;
  index: number;
  story: Story;
  running: boolean;
  long: boolean;
}) {
  return (
    <div class={`bars ${running ? "bars-running" : ""} ${long ? "bars-long" : ""}`}>
      {Array.from({ length: count }, (_, nth) => (
        <span
          class={`bar ${nth < index ? "bar-past" : nth === index ? "bar-now" : ""}`}
          key={nth === index ? `now-${story.id}` : nth}
        >
          <span />
        </span>
      ))}
    </div>
  );
}

/**
 * One person's stories, one after the other, and then the next person's. Without script its zones are a link back and a form
 * forward, which tells that the story was seen. With script the bar of the story that is shown is
 * also its clock: an animation of the style sheet, at whose end the next one comes. Where reduced
 * motion is asked for there is no animation, and nothing moves on by itself.
 */
export default function StoryViewer({ start, viewerId, ...first }: StoryViewerProps) {
  const reel = useSignal<Reel>(first);
  const index = useSignal(start);
  const enlivened = useSignal(false);
  const loaded = useSignal(false);
  const paused = useSignal(false);
  const held = useSignal(false);
  const pressedAt = useRef(0);
  const coming = useRef<Promise<Reel | null | undefined>>();
  const frame = useRef<HTMLDivElement>(null);

  const { stories, after, close } = reel.value;
  const story = stories[index.value]!;
  const own = story.author_id === viewerId;
  const previous = stories[index.value - 1];
  const next = stories[index.value + 1];
  const isReady = story.image === null || loaded.value;

  // The viewer is one place in the history, whatever is seen in it.
  const leave = (path: string) => location.replace(path);

  function show(next: Reel, target: number) {
    loaded.value = false;
    coming.current = undefined;
    reel.value = next;
    index.value = target;
  }

  function move(step: 1 | -1) {
    const { stories } = reel.value;
    const target = index.value + step;
    if (target >= stories.length) goOn();
    else if (target >= 0) show(reel.value, target);
  }

  /** Shows the next person's stories, or leaves after the last; what cannot be fetched is loaded. */
  async function goOn() {
    const { after: [id], close } = reel.value;
    if (id === undefined) return leave(close);
    const fetched = coming.current;
    const next = await fetched;
    // Whoever pressed again, or went back meanwhile, is elsewhere by now.
    if (fetched !== coming.current) return;
    if (next === undefined) leave(pathOfPerson(id));
    else if (next === null) leave(close);
    else show(next, firstToSee(next.stories));
  }

  useEffect(() => {
    enlivened.value = true;
    const pressed = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowRight") move(1);
      else if (event.key === "ArrowLeft") move(-1);
      else if (event.key === "Escape") leave(reel.value.close);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);

  useEffect(() => {
    history.replaceState(null, "", pathOf(story));
    document.title = document.title.replace(/^.*(?= · )/, storyTitle(story));
    // Whether it is told is no concern of who watches: it may have run out in this moment.
    if (!story.seen) request("POST", `${pathOf(story)}/views`).catch(() => {});
    if (next === undefined) coming.current = fetchReel(after).catch(() => undefined);
    else if (next.image) preload(next.image);
    // It may have come before there was anybody to tell.
    if (frame.current!.querySelector<HTMLImageElement>(".picture-image")?.complete) {
      loaded.value = true;
    }
  }, [story.id]);

  const [person] = after;
  const afterwards = person === undefined ? close : pathOfPerson(person);
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
      onAnimationEnd={({ animationName }) => animationName === "tell" && move(1)}
    >
      <h1 class="visually-hidden">{storyTitle(story)}</h1>
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
        <HiddenFields returnTo={next !== undefined ? pathOf(next) : afterwards} />
        <button class="zone zone-next" type="submit">
          <Icon path={chevronRight} />
          <span class="visually-hidden">
            {next !== undefined ? "Next story" : after.length > 0 ? "Next person" : "Finish"}
          </span>
        </button>
      </form>

      <header class="stage-head">
        <Bars
          count={stories.length}
          index={index.value}
          story={story}
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
          <SubmitForm
            action={pathOf(story)}
            method="DELETE"
            returnTo="/stories"
            buttonClass="icon-button"
            undo="Story deleted"
          >
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
