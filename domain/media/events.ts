import type { DomainEvent } from "../core/event.ts";
import type { ImageFacts } from "../core/image.ts";
import type { PersonalOf } from "../core/personal.ts";

/** What a picture is used for; of an avatar the id is the person's. */
export interface Attachment {
  readonly kind: "post" | "story" | "message" | "avatar";
  readonly id: number;
}

/** A picture was processed, and its files are kept. */
export type MediaUploaded = DomainEvent<"MediaUploaded", OwnImage>;

interface OwnImage extends ImageFacts {
  readonly ownerId: number;
  /** Of all its files. */
  readonly bytes: number;
}

export type MediaDescribed = DomainEvent<"MediaDescribed", {
  readonly mediaId: number;
  readonly ownerId: number;
  readonly hash: string;
  readonly alt: string;
  /** Where it is shown already; null where it is not. */
  readonly attachedTo: Attachment | null;
}>;

/** It belongs to something from now on, and goes with it. */
export type MediaAttached = DomainEvent<"MediaAttached", {
  readonly mediaId: number;
  readonly ownerId: number;
  readonly to: Attachment;
}>;

/** It is gone; so are its files, unless the same picture was uploaded another time. */
export type MediaDiscarded = DomainEvent<"MediaDiscarded", {
  readonly mediaId: number;
  readonly ownerId: number;
  readonly hash: string;
}>;

/** What a person's pictures take, all together, from now on. */
export type StorageChanged = DomainEvent<"StorageChanged", {
  readonly userId: number;
  readonly bytes: number;
}>;

export type MediaEvent =
  | MediaUploaded
  | MediaDescribed
  | MediaAttached
  | MediaDiscarded
  | StorageChanged;

/** A hash says nothing of a picture, and its files cannot be found without. */
export const personal = {
  MediaUploaded: { whose: "ownerId", erased: { placeholder: "", alt: "" } },
  MediaDescribed: { whose: "ownerId", erased: { alt: "" } },
} satisfies PersonalOf<MediaEvent>;
