import { freshOne, list, one, type Row } from "../core/query.ts";
import { sql } from "../core/statement.ts";
import type { Attachment } from "./events.ts";
import { imageOf, type ImageView } from "./image.ts";

/** A picture of one's own as the contract's `Media`. */
export interface MediaView extends ImageView {
  readonly id: number;
  /** Of all its files. */
  readonly bytes: number;
  readonly created_at: string;
}

const readMedia = (row: Row): MediaView => {
  const { id, hash, width, height, placeholder, alt, bytes, created_at } = row as unknown as
    & MediaView
    & { hash: string; width: number; height: number; placeholder: string };
  const animated = row.animated === 1;
  const image = imageOf({ mediaId: id, hash, width, height, placeholder, animated, alt });
  return { id, ...image, bytes, created_at };
};

/** A picture that the viewer uploaded; null for everybody else. */
export const getMedia = one(
  ({ id, viewer }: { id: number; viewer: number }) =>
    sql`SELECT * FROM media_projection WHERE id = ${id} AND owner_id = ${viewer}`,
  readMedia,
);

/** A picture whose time has come, as `CollectMedia` takes it. */
export interface UnusedMedia {
  readonly mediaId: number;
  readonly ownerId: number;
  readonly attachedTo: Attachment | null;
}

const readUnused = ({ id, owner_id, attached_kind, attached_id }: Row): UnusedMedia => ({
  mediaId: id as number,
  ownerId: owner_id as number,
  attachedTo: attached_kind === null
    ? null
    : { kind: attached_kind, id: attached_id } as Attachment,
});

/** The pictures that belong to something. */
export const getAttachedMedia = list(
  ({ kind, id }: Attachment) =>
    sql`
    SELECT id, owner_id, attached_kind, attached_id FROM media_projection
    WHERE attached_kind = ${kind} AND attached_id = ${id}`,
  readUnused,
);

/**
 * Pictures that were uploaded before a time and belong to nothing, and those of stories that have
 * run out (both as ISO 8601 in UTC with milliseconds).
 */
export const getUnusedMedia = list(
  ({ uploadedBefore, now, limit }: { uploadedBefore: string; now: string; limit: number }) =>
    sql`
    SELECT m.id, m.owner_id, m.attached_kind, m.attached_id FROM media_projection m
    WHERE m.attached_kind IS NULL AND m.created_at <= ${uploadedBefore}
    UNION ALL
    SELECT m.id, m.owner_id, m.attached_kind, m.attached_id FROM media_projection m
    WHERE m.attached_kind = 'story' AND NOT EXISTS (
      SELECT 1 FROM story_projection s WHERE s.id = m.attached_id AND s.expires_at > ${now})
    LIMIT ${limit}`,
  readUnused,
);

/** A picture that anybody keeps, and how many there are from it on, in order of their hashes. */
export interface KeptPicture {
  readonly hash: string;
  /** In pixels, of its largest files. */
  readonly width: number;
  readonly left: number;
}

/** The pictures that anybody keeps after one of a hash, each once. */
export const getKeptPictures = list(
  ({ after, limit }: { after: string; limit: number }) =>
    sql`
    SELECT hash, min(width) AS width, count(*) OVER () AS "left" FROM media_projection
    WHERE hash > ${after} GROUP BY hash ORDER BY hash LIMIT ${limit}`,
  (row) => row as unknown as KeptPicture,
);

/** Whether anybody keeps a picture of a hash; never null. */
export const isHashKept = freshOne(
  ({ hash }: { hash: string }) =>
    sql`SELECT EXISTS (SELECT 1 FROM media_projection WHERE hash = ${hash}) AS kept`,
  ({ kept }) => kept === 1,
);
