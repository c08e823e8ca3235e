/** What a message needs to have a picture; loaded when somebody wants to send one. */
import PhotoList from "../PhotoList.tsx";
import { createUploader, type Uploader } from "./uploader.ts";

export interface Attachment {
  readonly uploader: Uploader;
  readonly PhotoList: typeof PhotoList;
}

/** @param draft the key under which a reload finds the picture again */
export function createAttachment(draft: string): Attachment {
  const uploader = createUploader({ most: 1, draft });
  uploader.restore();
  return { uploader, PhotoList };
}
