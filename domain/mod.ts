import { account } from "./account/mod.ts";
import { archive } from "./archive/mod.ts";
import { comment } from "./comment/mod.ts";
import {
  type CommandsOf,
  createDomain,
  type Domain,
  type EventsOf,
  type QueriesOf,
  schemaOf,
  stateFinder,
} from "./core/bus.ts";
import { fold } from "./core/decider.ts";
import type { RecordedEvent } from "./core/event.ts";
import { masked } from "./core/personal.ts";
import type { EventStore } from "./event_store/event_store.ts";
import { erasure } from "./erasure/mod.ts";
import { feed } from "./feed/mod.ts";
import { follow } from "./follow/mod.ts";
import { importing } from "./import/mod.ts";
import { like } from "./like/mod.ts";
import { media } from "./media/mod.ts";
import { message } from "./message/mod.ts";
import { moderation } from "./moderation/mod.ts";
import { notification } from "./notification/mod.ts";
import { passwordReset } from "./password_reset/mod.ts";
import { post } from "./post/mod.ts";
import { search } from "./search/mod.ts";
import { story } from "./story/mod.ts";

/** Every context of the program. A new one is a line here. */
export const contexts = [
  account,
  post,
  like,
  comment,
  follow,
  media,
  message,
  story,
  notification,
  feed,
  search,
  moderation,
  passwordReset,
  erasure,
  archive,
  importing,
] as const;

/** The buses of all contexts over one store. */
export type Filmroll = Domain<typeof contexts>;

export type FilmrollEvent = EventsOf<typeof contexts>;

export type CommandName = keyof CommandsOf<typeof contexts> & string;
export type QueryName = keyof QueriesOf<typeof contexts> & string;

export const openFilmroll = (store: EventStore): Filmroll => createDomain(contexts, store);

const { personal } = schemaOf(contexts);

/** An event with what is personal of it covered up, for who has no reason to read it. */
export const withoutPersonal = (event: RecordedEvent): RecordedEvent => ({
  ...event,
  data: masked(personal[event.type], event.data),
});

const findState = stateFinder(contexts);

/** What a stream's events add up to, as decisions see it; undefined where no decision reads it. */
export function stateOfStream(stream: string, events: readonly RecordedEvent[]): unknown {
  const state = findState(stream);
  return state === null ? undefined : fold(state.fold, events as Iterable<never>);
}
