import type { ReadModel } from "../core/context.ts";
import type { RecordedEvent } from "../core/event.ts";
import { sql, type Statement } from "../core/statement.ts";
import type { MediaEvent } from "./events.ts";

/** `media_projection`: the pictures that are kept, whose they are, and what they belong to. */
export const mediaProjection: ReadModel = {
  version: 2,
  tables: ["media_projection"],
  create: [
    `CREATE TABLE media_projection (
      id INTEGER PRIMARY KEY,
      owner_id INTEGER NOT NULL,
      hash TEXT NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      placeholder TEXT NOT NULL,
      animated INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      alt TEXT NOT NULL,
      attached_kind TEXT,
      attached_id INTEGER,
      created_at TEXT NOT NULL
    )`,
    "CREATE INDEX media_by_hash ON media_projection (hash)",
    "CREATE INDEX media_by_owner ON media_projection (owner_id)",
    "CREATE INDEX media_by_attachment ON media_projection (attached_kind, attached_id, created_at)",
  ],
  project: (event) => project(event as RecordedEvent<MediaEvent>),
};

function project({ type, data, created_at }: RecordedEvent<MediaEvent>): Statement[] {
  switch (type) {
    case "MediaUploaded":
      return [sql`
        INSERT INTO media_projection (id, owner_id, hash, width, height, placeholder, animated,
          bytes, alt, created_at)
        VALUES (${data.mediaId}, ${data.ownerId}, ${data.hash}, ${data.width}, ${data.height},
          ${data.placeholder}, ${Number(data.animated)}, ${data.bytes}, ${data.alt},
          ${created_at})`];
    case "MediaDescribed":
      return [sql`UPDATE media_projection SET alt = ${data.alt} WHERE id = ${data.mediaId}`];
    case "MediaAttached":
      return [sql`
        UPDATE media_projection SET attached_kind = ${data.to.kind}, attached_id = ${data.to.id}
        WHERE id = ${data.mediaId}`];
    case "MediaDiscarded":
      return [sql`DELETE FROM media_projection WHERE id = ${data.mediaId}`];
    default:
      return [];
  }
}
