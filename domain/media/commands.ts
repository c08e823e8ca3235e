import { LIMITS } from "../../media/limits.ts";
import type { Picture } from "../../media/picture.ts";
import { userExists } from "../account/state.ts";
import { command } from "../core/decider.ts";
import { notFound, refused } from "../core/errors.ts";
import { dataOf } from "../core/event.ts";
import type {
  Attachment,
  MediaDescribed,
  MediaDiscarded,
  MediaUploaded,
  StorageChanged,
} from "./events.ts";
import { type KeptMedia, mediaState, requireOwn, storageState } from "./state.ts";

export interface UploadMedia {
  readonly by: number;
  /** Its files are kept already. */
  readonly picture: Picture;
  readonly alt: string;
}

export const uploadMedia = command({
  streams: ({ by }: UploadMedia) => ({ ownerExists: userExists(by), used: storageState(by) }),
  decide(
    { by, picture, alt },
    { ownerExists, used },
    { id },
  ): [MediaUploaded, StorageChanged] {
    if (!ownerExists) throw notFound("User");
    const bytes = used + picture.bytes;
    if (bytes > LIMITS.accountBytes) {
      const gigabytes = LIMITS.accountBytes / 1024 ** 3;
      throw refused(`Your pictures take all of your ${gigabytes} GB; delete some first`);
    }
    return [
      { type: "MediaUploaded", data: { mediaId: id("media"), ownerId: by, ...picture, alt } },
      { type: "StorageChanged", data: { userId: by, bytes } },
    ];
  },
  result: (events) => ({ mediaId: dataOf(events, "MediaUploaded").mediaId }),
});

export interface DescribeMedia {
  readonly by: number;
  readonly mediaId: number;
  readonly alt: string;
}

/** Says what a picture shows; it may be on show already. */
export const describeMedia = command({
  streams: ({ mediaId }: DescribeMedia) => ({ media: mediaState(mediaId) }),
  decide({ by, mediaId, alt }, { media }): MediaDescribed[] {
    const { image, attachedTo } = requireOwn(media, by);
    if (alt === image.alt) return [];
    const { hash } = image;
    return [{ type: "MediaDescribed", data: { mediaId, ownerId: by, hash, alt, attachedTo } }];
  },
  result: () => null,
});

export interface DiscardMedia {
  readonly by: number;
  readonly mediaId: number;
}

/** Takes back a picture that is not on show. */
export const discardMedia = command({
  streams: ({ by, mediaId }: DiscardMedia) => ({
    media: mediaState(mediaId),
    used: storageState(by),
  }),
  decide({ by, mediaId }, { media, used }) {
    const own = requireOwn(media, by);
    if (own.attachedTo !== null) throw refused("This picture is shown somewhere");
    return discard(mediaId, own, used);
  },
  result: () => null,
});

export interface CollectMedia {
  readonly mediaId: number;
  readonly ownerId: number;
  /** What it belonged to and is gone; null for a picture that nobody attached to anything. */
  readonly attachedTo: Attachment | null;
}

/** Discards a picture that nothing needs any more, unless it is put to use in the same moment. */
export const collectMedia = command({
  streams: ({ mediaId, ownerId }: CollectMedia) => ({
    media: mediaState(mediaId),
    used: storageState(ownerId),
  }),
  decide({ mediaId, ownerId, attachedTo }, { media, used }) {
    const isUnused = media.status === "kept" && media.ownerId === ownerId &&
      media.attachedTo?.kind === attachedTo?.kind && media.attachedTo?.id === attachedTo?.id;
    return isUnused ? discard(mediaId, media, used) : [];
  },
  result: () => null,
});

const discard = (
  mediaId: number,
  { ownerId, bytes, image: { hash } }: KeptMedia,
  used: number,
): (MediaDiscarded | StorageChanged)[] => [
  { type: "MediaDiscarded", data: { mediaId, ownerId, hash } },
  { type: "StorageChanged", data: { userId: ownerId, bytes: used - bytes } },
];
