import { LIMITS } from "../../media/limits.ts";
import { invalid, refused } from "../core/errors.ts";
import type { ImageFacts } from "../core/image.ts";
import type { Attachment, MediaAttached } from "./events.ts";
import { type KeptMedia, type MediaState, type MediaStates, requireOwn } from "./state.ts";

/**
 * Pictures that somebody wants to show, in their order.
 *
 * @param mediaIds of the person's own, each once and attached to nothing yet
 * @throws DomainError
 */
export function requireAttachable(
  mediaIds: readonly number[],
  states: MediaStates,
  userId: number,
): ImageFacts[] {
  if (mediaIds.length > LIMITS.picturesPerPost) {
    throw invalid(`Must be at most ${LIMITS.picturesPerPost} pictures`, "media");
  }
  if (new Set(mediaIds).size < mediaIds.length) {
    throw invalid("Must not name a picture twice", "media");
  }
  return mediaIds.map((id) => requireFree(states[`media-${id}`]!, userId).image);
}

function requireFree(media: MediaState, userId: number): KeptMedia {
  // Who wrote for a day must learn what to mend.
  if (media.status !== "kept") throw invalid("A picture is gone; choose it again", "media");
  const own = requireOwn(media, userId);
  if (own.attachedTo !== null) throw refused("A picture is already shown somewhere else");
  return own;
}

/** The facts that pictures belong to something from now on. */
export const attach = (
  images: readonly ImageFacts[],
  ownerId: number,
  to: Attachment,
): MediaAttached[] =>
  images.map(({ mediaId }) => ({ type: "MediaAttached", data: { mediaId, ownerId, to } }));
