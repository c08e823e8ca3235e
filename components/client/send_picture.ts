import type { Media } from "../../web/schemas.ts";
import { refusalIn, unanswered } from "./api.ts";

export interface PictureToSend {
  readonly file: Blob;
  /** Sent again under the same id, it is kept once. */
  readonly commandId: string;
  /** Has the server cut the largest square out of its middle. */
  readonly square?: boolean;
  /** Told how much of it has gone, from 0 to 1. */
  readonly onProgress: (done: number) => void;
}

export interface Sending {
  /** Rejects with `RequestFailed`; never settles once it is cancelled. */
  readonly media: Promise<Media>;
  cancel(): void;
}

/** Sends a picture to be kept. Unlike `fetch`, this knows how far it is. */
export function sendPicture({ file, commandId, square, onProgress }: PictureToSend): Sending {
  const xhr = new XMLHttpRequest();
  const form = new FormData();
  if (square) form.set("shape", "square");
  form.set("file", file);
  const media = new Promise<Media>((resolve, reject) => {
    xhr.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
    xhr.onerror = () => reject(unanswered());
    xhr.onload = () => {
      const { status, responseText } = xhr;
      if (status === 201) return resolve(JSON.parse(responseText));
      const headers = { "retry-after": xhr.getResponseHeader("retry-after") ?? "" };
      refusalIn(new Response(responseText, { status, headers })).then(reject);
    };
  });
  xhr.open("POST", "/api/media");
  xhr.setRequestHeader("accept", "application/json");
  xhr.setRequestHeader("idempotency-key", commandId);
  xhr.send(form);
  return { media, cancel: () => xhr.abort() };
}
