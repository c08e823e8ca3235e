import { contextOf } from "../core/context.ts";
import { collectMedia, describeMedia, discardMedia, uploadMedia } from "./commands.ts";
import { type MediaEvent, personal } from "./events.ts";
import { mediaProjection } from "./projection.ts";
import {
  getAttachedMedia,
  getKeptPictures,
  getMedia,
  getUnusedMedia,
  isHashKept,
} from "./queries.ts";
import { mediaState, storageState } from "./state.ts";

/** Pictures that people upload: whose they are, what they show, and what they belong to. */
export const media = contextOf<MediaEvent>()({
  name: "media",
  streams: {
    MediaUploaded: ({ mediaId }) => `media-${mediaId}`,
    MediaDescribed: ({ mediaId }) => `media-${mediaId}`,
    MediaAttached: ({ mediaId }) => `media-${mediaId}`,
    MediaDiscarded: ({ mediaId }) => `media-${mediaId}`,
    StorageChanged: ({ userId }) => `storage-${userId}`,
  },
  states: { media: mediaState, storage: storageState },
  commands: {
    UploadMedia: uploadMedia,
    DescribeMedia: describeMedia,
    DiscardMedia: discardMedia,
    CollectMedia: collectMedia,
  },
  queries: {
    GetMedia: getMedia,
    GetAttachedMedia: getAttachedMedia,
    GetUnusedMedia: getUnusedMedia,
    GetKeptPictures: getKeptPictures,
    IsHashKept: isHashKept,
  },
  readModel: mediaProjection,
  personal,
});
