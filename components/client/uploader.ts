import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Media } from "../../web/schemas.ts";
import { counted } from "../count.ts";
import { refusalOf } from "../photo_rules.ts";
import { failureMessage, request, RequestFailed } from "./api.ts";
import { newCommandId } from "./command_id.ts";
import { type Sending, sendPicture } from "./send_picture.ts";
import { attempt } from "./storage.ts";

/** A picture on its way to the server, or there. */
export interface Upload {
  /** Unique, and the same for every attempt to send it. */
  readonly id: string;
  /** The address of what was chosen, for this page alone; null once the server keeps it. */
  readonly preview: string | null;
  /** What it shows, as typed so far. */
  readonly alt: string;
  /** failed can be tried again, refused cannot. */
  readonly state: "waiting" | "sending" | "kept" | "failed" | "refused";
  /** How much has gone, from 0 to 1. */
  readonly progress: number;
  /** Why it is failed or refused. */
  readonly failure: string | null;
  /** What the server made of it, once it is kept. */
  readonly media: Media | null;
}

export interface UploaderOptions {
  /** How many pictures there may be. */
  readonly most: number;
  /** The key under which a reload finds them again. */
  readonly draft: string;
  /** Has the server cut squares out of them. */
  readonly square?: boolean;
}

/** Pictures that are chosen, in their order. */
export interface Uploader {
  readonly uploads: ReadonlySignal<readonly Upload[]>;
  /** What was done last, in words. */
  readonly said: ReadonlySignal<string>;
  /** Why pictures were left out that were chosen; null if none were. */
  readonly leftOut: ReadonlySignal<string | null>;
  /** Sends the files, as soon as others are through. */
  add(files: Iterable<File>): void;
  /** Takes a picture out, cancelling what is under way. */
  remove(id: string): void;
  retry(id: string): void;
  /** Moves a picture to a place in the order; nothing where there is no such place. */
  move(id: string, place: number): void;
  describe(id: string, alt: string): void;
  /** Says beside a picture what the server has against it. */
  refuse(id: string, failure: string): void;
  /** Begins with what came with a form before, or else with those of an earlier page of this tab. */
  restore(came?: readonly Media[]): void;
  /**
   * Waits until nothing is under way, and tells the server what was typed.
   *
   * @returns the pictures' ids in their order; null if any is not there
   * @throws {RequestFailed}
   */
  finish(): Promise<number[] | null>;
  /** Forgets all of them; they belong to something now. */
  clear(): void;
}

/** At once, so that one that is slow does not hold up the others. */
const AT_ONCE = 2;

const isUnderWay = ({ state }: Upload): boolean => state === "waiting" || state === "sending";

/** An id as the draft keeps it: what is typed, and what the server answered. */
type Kept = Pick<Upload, "alt"> & { readonly media: Media };

export function createUploader({ most, draft, square = false }: UploaderOptions): Uploader {
  const uploads = signal<readonly Upload[]>([]);
  const said = signal("");
  const leftOut = signal<string | null>(null);
  const files = new Map<string, File>();
  const sendings = new Map<string, Sending>();

  function set(next: readonly Upload[]) {
    uploads.value = next;
    const kept: Kept[] = next.flatMap(({ media, alt }) => media === null ? [] : [{ media, alt }]);
    attempt(() =>
      kept.length === 0
        ? sessionStorage.removeItem(draft)
        : sessionStorage.setItem(draft, JSON.stringify(kept))
    );
  }

  const change = (id: string, changes: Partial<Upload>) =>
    set(uploads.value.map((one) => one.id === id ? { ...one, ...changes } : one));

  /** Sends what waits, as far as there is room. */
  function sendNext() {
    while (sendings.size < AT_ONCE) {
      const next = uploads.value.find(({ state }) => state === "waiting");
      if (next === undefined) return;
      send(next.id);
    }
  }

  async function send(id: string) {
    change(id, { state: "sending", progress: 0, failure: null });
    const onProgress = (progress: number) => change(id, { progress });
    const file = files.get(id)!;
    const sending = sendPicture({ file, commandId: id, square, onProgress });
    sendings.set(id, sending);
    try {
      const media = await sending.media;
      forget(id);
      change(id, { state: "kept", preview: null, media });
    } catch (error) {
      const failure = failureMessage(error);
      const { status, errors } = error as RequestFailed;
      const isFinal = status >= 400 && status < 500 && status !== 429;
      change(id, {
        state: isFinal ? "refused" : "failed",
        failure: errors[0]?.message ?? failure,
      });
    }
    sendings.delete(id);
    sendNext();
  }

  /** Lets go of the file of a picture: in full, a few of them are all the memory of a phone. */
  function forget(id: string) {
    const preview = uploads.value.find((one) => one.id === id)?.preview;
    if (preview) URL.revokeObjectURL(preview);
    files.delete(id);
  }

  function cancel(id: string) {
    sendings.get(id)?.cancel();
    sendings.delete(id);
    forget(id);
  }

  return {
    uploads,
    said,
    leftOut,

    add(chosen) {
      const all = [...chosen];
      const taken = all.slice(0, Math.max(0, most - uploads.value.length));
      const left = all.length - taken.length;
      leftOut.value = left === 0
        ? null
        : `There is room for ${counted(most, "picture")}: ${left} left out.`;
      said.value = `${counted(taken.length, "picture")} added`;
      const added = taken.map((file): Upload => {
        const failure = refusalOf(file);
        const id = newCommandId();
        files.set(id, file);
        return {
          id,
          preview: URL.createObjectURL(file),
          alt: "",
          state: failure === null ? "waiting" : "refused",
          progress: 0,
          failure,
          media: null,
        };
      });
      set([...uploads.value, ...added]);
      sendNext();
    },

    remove(id) {
      const upload = uploads.value.find((one) => one.id === id)!;
      cancel(id);
      set(uploads.value.filter((one) => one !== upload));
      said.value = "Picture removed";
      // What nobody attaches goes by itself, so that it may fail.
      if (upload.media) request("DELETE", `/media/${upload.media.id}`).catch(() => {});
      sendNext();
    },

    retry(id) {
      change(id, { state: "waiting" });
      sendNext();
    },

    move(id, place) {
      const upload = uploads.value.find((one) => one.id === id)!;
      const others = uploads.value.filter((one) => one !== upload);
      if (place < 0 || place > others.length || uploads.value[place] === upload) return;
      set(others.toSpliced(place, 0, upload));
      said.value = `Picture moved to place ${place + 1} of ${uploads.value.length}`;
    },

    describe: (id, alt) => change(id, { alt }),

    refuse: (id, failure) => change(id, { state: "refused", failure }),

    restore(came = []) {
      const drafted: readonly Kept[] =
        attempt(() => JSON.parse(sessionStorage.getItem(draft) ?? "[]")) ?? [];
      const kept = came.length > 0 ? came.map((media) => ({ media, alt: media.alt })) : drafted;
      set(kept.map(({ media, alt }) => ({
        id: newCommandId(),
        preview: null,
        alt,
        state: "kept",
        progress: 1,
        failure: null,
        media,
      })));
    },

    async finish() {
      await new Promise<void>((resolve) => {
        const stop = effect(() => {
          if (!uploads.value.some(isUnderWay)) queueMicrotask(() => (stop(), resolve()));
        });
      });
      const all = uploads.value;
      if (!all.every(({ state }) => state === "kept")) return null;
      await Promise.all(
        all.filter(({ alt, media }) => alt.trim() !== media!.alt).map(
          async ({ id, alt, media }) => {
            const described = await request<Media>("PUT", `/media/${media!.id}`, { body: { alt } });
            change(id, { media: described });
          },
        ),
      );
      return all.map(({ media }) => media!.id);
    },

    clear() {
      uploads.value.forEach(({ id }) => cancel(id));
      set([]);
    },
  };
}
