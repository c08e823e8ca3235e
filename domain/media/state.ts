import { lastStateOf, stateOf, type StreamState } from "../core/decider.ts";
import { forbidden, notFound } from "../core/errors.ts";
import type { ImageFacts } from "../core/image.ts";
import type {
  Attachment,
  MediaAttached,
  MediaDescribed,
  MediaDiscarded,
  MediaUploaded,
  StorageChanged,
} from "./events.ts";

export interface KeptMedia {
  readonly status: "kept";
  readonly ownerId: number;
  readonly image: ImageFacts;
  readonly bytes: number;
  readonly attachedTo: Attachment | null;
}

export type MediaState = { readonly status: "unknown" | "discarded" } | KeptMedia;

const unknown: MediaState = { status: "unknown" };

function evolve(
  media: MediaState,
  event: MediaUploaded | MediaDescribed | MediaAttached | MediaDiscarded,
): MediaState {
  if (event.type === "MediaUploaded") {
    const { ownerId, bytes, ...image } = event.data;
    return { status: "kept", ownerId, image, bytes, attachedTo: null };
  }
  if (media.status !== "kept") return media;
  switch (event.type) {
    case "MediaDescribed":
      return { ...media, image: { ...media.image, alt: event.data.alt } };
    case "MediaAttached":
      return { ...media, attachedTo: event.data.to };
    default:
      return { status: "discarded" };
  }
}

export const mediaState = (mediaId: number) =>
  stateOf(`media-${mediaId}`, { initial: unknown, evolve });

/** Bytes that a person's pictures take. */
export const storageState = (userId: number) =>
  lastStateOf(`storage-${userId}`, {
    initial: 0,
    evolve: (_: number, event: StorageChanged): number => event.data.bytes,
  });

/** The states of the pictures that a command attaches, by their streams. */
export type MediaStates = { readonly [stream: `media-${number}`]: MediaState };

export const mediaStates = (
  mediaIds: readonly number[],
): { readonly [stream: `media-${number}`]: StreamState<MediaState> } =>
  Object.fromEntries(mediaIds.map((id) => [`media-${id}`, mediaState(id)]));

export function requireOwn(media: MediaState, userId: number): KeptMedia {
  if (media.status !== "kept") throw notFound("Picture");
  if (media.ownerId !== userId) throw forbidden("This picture is somebody else's");
  return media;
}
