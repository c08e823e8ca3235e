/**
 * What is in an archive that somebody takes along, written down for people in docs/export.md. What
 * an import reads of it is a schema; everything else is there to be kept.
 */
import { z } from "zod";
import { listOf } from "./list.ts";

export const FORMAT = "filmroll-archive";
export const VERSION = 1;

/** The file that says what an archive is. */
export const MANIFEST = "filmroll.json";
export const PROFILE = "profile.json";
export const POSTS = "posts.json";

const Time = z.iso.datetime({ offset: true });

export const Manifest = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  exported_at: Time,
  /** The address of the server that it is from. */
  origin: z.string(),
  user_id: z.int(),
});
export type Manifest = z.infer<typeof Manifest>;

export const ArchivedProfile = z.object({
  full_name: z.string().nullable(),
  bio: z.string().nullable(),
});

/** A picture is a file of the archive, or linked from elsewhere. */
export const ArchivedImage = z.object({
  file: z.string().nullable(),
  url: z.string().nullable(),
  alt: z.string(),
});
export type ArchivedImage = z.infer<typeof ArchivedImage>;

export const ArchivedPost = z.object({
  id: z.int(),
  content: z.string().nullable(),
  images: listOf(ArchivedImage),
  created_at: Time,
  originally_posted_at: Time.nullable(),
});
