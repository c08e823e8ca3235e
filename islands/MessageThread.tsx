import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { failureMessage, request, unanswered } from "../components/client/api.ts";
import type { Attachment } from "../components/client/attachment.ts";
import { newCommandId } from "../components/client/command_id.ts";
import { clearDraft, restoreDraft, saveDraft } from "../components/client/draft.ts";
import { takeDroppedAndPasted } from "../components/client/dropped.ts";
import { subscribe } from "../components/client/live.ts";
import { recallOutgoing, rememberOutgoing } from "../components/client/outgoing.ts";
import { attempt } from "../components/client/storage.ts";
import { toast } from "../components/client/toast.ts";
import { errorOf, type FieldError } from "../components/form_errors.ts";
import FormAlert from "../components/FormAlert.tsx";
import HiddenFields from "../components/HiddenFields.tsx";
import Icon from "../components/Icon.tsx";
import { arrowDown, picture as pictureIcon, send as sendIcon } from "../components/icons.ts";
import MessageList from "../components/MessageList.tsx";
import { ACCEPTED } from "../components/photo_rules.ts";
import { lastOf, mergeMessages, type Outgoing, threadDays } from "../components/thread.ts";
import { LIMITS } from "../media/limits.ts";
import type { LiveData } from "../web/live/events.ts";
import type { Message } from "../web/schemas.ts";

export interface MessageThreadProps {
  readonly me: number;
  readonly other: { readonly id: number; readonly name: string };
  /** The newest page of them, oldest first. */
  readonly messages: readonly Message[];
  /** The id that older messages are before; null at the beginning. */
  readonly before: number | null;
  /** The server's time, in milliseconds. */
  readonly now: number;
  /** For the form's first sending; the next ones make their own. */
  readonly commandId: string;
  /** What was sent and refused, when the server shows the form again. */
  readonly content?: string | undefined;
  readonly errors?: readonly FieldError[];
  /** What is wrong with the form as a whole. */
  readonly alert?: string;
}

const MAXIMUM = 2000;
const PAGE = 50;
/** How long "typing…" stands without being renewed, and how often it is renewed meanwhile. */
const TYPING_MS = 6_000;
const TYPING_AGAIN_MS = 3_000;
/** Who is so near the end of the messages is at it. */
const AT_END_PX = 80;

/** A conversation as it happens, and the form that writes the next message. */
export default function MessageThread(
  { me, other, commandId, content, errors = [], alert = "", ...initial }: MessageThreadProps,
) {
  const messages = useSignal(initial.messages);
  const before = useSignal(initial.before);
  const outgoing = useSignal<readonly Outgoing[]>([]);
  const seenUpTo = useSignal(lastOf(initial.messages, me, true));
  const typing = useSignal(false);
  const newBelow = useSignal(0);
  const now = useSignal(initial.now);
  const zone = useSignal("UTC");
  const loading = useSignal(false);
  const enlivened = useSignal(false);

  const nextCommandId = useRef(commandId);
  const sending = useRef(Promise.resolve());
  const readUpTo = useRef(0);
  const heightBefore = useRef<number | null>(null);
  const typingEnd = useRef<ReturnType<typeof setTimeout>>();
  const typingSent = useRef(0);
  const attachment = useSignal<Attachment | null>(null);
  const attaching = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const older = useRef<HTMLAnchorElement>(null);
  const draftKey = `draft:message:${other.id}`;
  const pictureDraft = `${draftKey}:picture`;
  const error = errorOf(errors, "content") ?? errorOf(errors, "photo");

  const isAtEnd = () => Math.abs(scroller.current!.scrollTop) < AT_END_PX;
  const scrollToEnd = () => scroller.current!.scrollTo({ top: 0 });

  function setOutgoing(next: readonly Outgoing[]) {
    outgoing.value = next;
    rememberOutgoing(other.id, next);
  }

  function merge(more: readonly Message[]) {
    messages.value = mergeMessages(messages.value, more);
    seenUpTo.value = Math.max(seenUpTo.value, lastOf(messages.value, me, true));
    now.value = Date.now();
  }

  /** Tells the other that what is on the screen has been read. */
  async function markRead() {
    const last = lastOf(messages.value, other.id, false);
    if (last <= readUpTo.current || document.visibilityState !== "visible") return;
    const earlier = readUpTo.current;
    readUpTo.current = last;
    await request("POST", `/messages/${other.id}/read`).catch(() => readUpTo.current = earlier);
  }

  function stopTyping() {
    clearTimeout(typingEnd.current);
    typing.value = false;
  }

  /**
   * Takes in a message of one's own. It may be one of this tab, which is on the screen already: on its
   * way, or failed since the answer was lost. Sent again, that one answers which it is.
   */
  async function receiveOwn(message: Message) {
    await sending.current;
    outgoing.value
      .filter(({ failure, content }) => failure !== null && content === message.content)
      .forEach(({ commandId }) => retry(commandId));
    await sending.current;
    merge([message]);
  }

  function receive(message: Message) {
    if (message.sender_id === me && message.receiver_id === other.id) {
      receiveOwn(message);
    } else if (message.sender_id === other.id) {
      stopTyping();
      if (!isAtEnd()) {
        newBelow.value++;
        heightBefore.current ??= scroller.current!.scrollHeight;
      }
      merge([message]);
      markRead();
    }
  }

  function seen({ reader_id, sender_id, up_to }: LiveData["messages_read"]) {
    if (reader_id !== other.id || sender_id !== me) return;
    seenUpTo.value = Math.max(seenUpTo.value, up_to);
  }

  function showTyping({ from }: LiveData["typing"]) {
    if (from !== other.id) return;
    stopTyping();
    typing.value = true;
    typingEnd.current = setTimeout(stopTyping, TYPING_MS);
  }

  async function reload() {
    const page = await request<Message[]>("GET", `/messages/${other.id}?limit=${PAGE}`);
    messages.value = [];
    merge(page);
    before.value = page.length < PAGE ? null : page[page.length - 1]!.id;
    markRead();
  }

  useEffect(() => {
    enlivened.value = true;
    zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
    restoreDraft(draftKey, form.current!);
    outgoing.value = recallOutgoing(other.id);
    // What was interrupted goes on; whether it had arrived, its command id tells the server.
    outgoing.value.filter(({ failure }) => failure === null).forEach(enqueue);
    if (attempt(() => sessionStorage.getItem(pictureDraft)) !== null) attach([]);
    markRead();
    const stopTaking = takeDroppedAndPasted(form.current!, attach);
    document.addEventListener("visibilitychange", markRead);
    const unsubscribe = subscribe([], (event) => {
      switch (event.type) {
        case "message":
          return receive(event.data);
        case "messages_read":
          return seen(event.data);
        case "typing":
          return showTyping(event.data);
        case "resync":
          return void reload().catch(() => {});
      }
    });
    return () => {
      unsubscribe();
      stopTaking();
      document.removeEventListener("visibilitychange", markRead);
      stopTyping();
    };
  }, []);

  // What is scrolled keeps its distance from the end; whoever reads further up stays where they are.
  useLayoutEffect(() => {
    if (heightBefore.current === null) return;
    scroller.current!.scrollTop -= scroller.current!.scrollHeight - heightBefore.current;
    heightBefore.current = null;
  }, [messages.value]);

  async function loadOlder() {
    if (loading.value || before.value === null) return;
    loading.value = true;
    try {
      const path = `/messages/${other.id}?before=${before.value}&limit=${PAGE}`;
      const page = await request<Message[]>("GET", path);
      before.value = page.length < PAGE ? null : page[page.length - 1]!.id;
      merge(page);
    } catch (failure) {
      toast(failureMessage(failure));
    } finally {
      loading.value = false;
    }
  }

  useEffect(() => {
    if (older.current === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && loadOlder(),
      { root: scroller.current, rootMargin: "400px" },
    );
    observer.observe(older.current);
    return () => observer.disconnect();
  }, [before.value]);

  async function deliver(message: Outgoing) {
    const { commandId, content, picture } = message;
    const others = () => outgoing.value.filter((one) => one.commandId !== commandId);
    try {
      const body = { receiver_id: other.id, content, media: picture?.id };
      const sent = await request<Message>("POST", "/messages", { body, commandId });
      merge([sent]);
      setOutgoing(others());
    } catch (failure) {
      setOutgoing([...others(), { ...message, failure: failureMessage(failure) }]);
    }
  }

  /** Shows a message at once, and sends it when those before it are sent. */
  function enqueue(message: Outgoing) {
    const others = outgoing.value.filter(({ commandId }) => commandId !== message.commandId);
    setOutgoing([...others, message]);
    sending.current = sending.current.then(() => deliver(message));
  }

  /** Takes a picture to go with the message; one that was there before makes room for it. */
  async function attach(files: Iterable<File>) {
    try {
      const { createAttachment } = await import("../components/client/attachment.ts");
      attachment.value ??= createAttachment(pictureDraft);
    } catch {
      return toast(unanswered().message);
    }
    const { uploader } = attachment.value;
    const chosen = [...files];
    if (chosen.length > 0) uploader.uploads.value.forEach(({ id }) => uploader.remove(id));
    uploader.add(chosen.slice(0, 1));
  }

  /** The picture that goes with the message, as soon as it is there; undefined if it will not be. */
  async function attached(): Promise<Outgoing["picture"] | undefined> {
    const uploader = attachment.value?.uploader;
    if (!uploader || uploader.uploads.value.length === 0) return null;
    attaching.current = true;
    try {
      if (await uploader.finish() === null) return undefined;
      return uploader.uploads.value[0]?.media ?? null;
    } catch (failure) {
      toast(failureMessage(failure));
      return undefined;
    } finally {
      attaching.current = false;
    }
  }

  async function send(event: SubmitEvent) {
    event.preventDefault();
    if (attaching.current) return;
    const picture = await attached();
    const content = field.current!.value.trim();
    if (picture === undefined || (content === "" && picture === null)) return;
    attachment.value?.uploader.clear();
    now.value = Date.now();
    enqueue({
      commandId: nextCommandId.current,
      content,
      picture,
      at: new Date(now.value).toISOString(),
      failure: null,
    });
    nextCommandId.current = newCommandId();
    typingSent.current = 0;
    field.current!.value = "";
    clearDraft(draftKey);
    field.current!.focus();
    scrollToEnd();
  }

  function retry(key: string) {
    const message = outgoing.value.find(({ commandId }) => commandId === key);
    if (message !== undefined) enqueue({ ...message, failure: null });
  }

  function typed() {
    saveDraft(draftKey, form.current!);
    if (Date.now() - typingSent.current < TYPING_AGAIN_MS || field.current!.value === "") return;
    typingSent.current = Date.now();
    // A hint that is lost is no loss.
    request("POST", `/messages/${other.id}/typing`).catch(() => {});
  }

  /** Enter sends, where there are keys; Shift+Enter and touch keyboards begin a new line. */
  function keyed(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!event.ctrlKey && !event.metaKey && matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    form.current!.requestSubmit();
  }

  // With script a file is sent as it is chosen, and not with the form.
  const named = enlivened.value ? {} : { name: "photo" };
  const days = threadDays(messages.value, outgoing.value, {
    me,
    seenUpTo: seenUpTo.value,
    now: now.value,
    zone: zone.value,
  });
  return (
    <>
      <div
        class="thread-scroll"
        role="log"
        aria-label={`Messages with ${other.name}`}
        aria-busy={loading.value ? "true" : "false"}
        tabIndex={0}
        ref={scroller}
        onScroll={() => isAtEnd() && (newBelow.value = 0)}
      >
        <div class="thread-content">
          {before.value !== null && (
            <a
              class="button button-quiet thread-older"
              href={`?before=${before.value}`}
              ref={older}
              onClick={(event) => {
                event.preventDefault();
                loadOlder();
              }}
            >
              Older messages
            </a>
          )}
          {days.length === 0 && (
            <p class="thread-empty">Nothing here yet. Say hello to {other.name}.</p>
          )}
          <MessageList days={days} name={other.name} zone={zone.value} onRetry={retry} />
          <p class="thread-typing">
            {typing.value && (
              <>
                <span class="visually-hidden">{other.name} is</span> typing…
              </>
            )}
          </p>
        </div>
      </div>
      <form
        class="thread-form"
        method="post"
        action="/messages"
        enctype="multipart/form-data"
        ref={form}
        onSubmit={send}
        onInput={typed}
        onKeyDown={keyed}
      >
        {newBelow.value > 0 && (
          <button class="thread-new" type="button" onClick={scrollToEnd}>
            {newBelow.value} new
            <Icon path={arrowDown} />
          </button>
        )}
        <FormAlert message={alert} />
        <HiddenFields commandId={commandId} />
        <input type="hidden" name="receiver_id" value={other.id} />
        {attachment.value && <attachment.value.PhotoList uploader={attachment.value.uploader} />}
        <label class="icon-button thread-attach">
          <Icon path={pictureIcon} />
          <span class="visually-hidden">Add a picture</span>
          <input
            class="field-file thread-file"
            {...named}
            type="file"
            accept={ACCEPTED}
            onChange={({ currentTarget }) => {
              attach([...currentTarget.files!]);
              currentTarget.value = "";
            }}
          />
        </label>
        {!enlivened.value && (
          <input
            class="field-control thread-alt no-script"
            name="alt"
            type="text"
            maxLength={LIMITS.altLength}
            aria-label="What the picture shows"
            placeholder="What the picture shows"
          />
        )}
        <label class="visually-hidden" for="message-content">Message</label>
        <textarea
          class="comment-input"
          id="message-content"
          name="content"
          rows={1}
          maxLength={MAXIMUM}
          placeholder="Message…"
          autocomplete="off"
          ref={field}
          {...(content ? { defaultValue: content } : {})}
          {...(error === null
            ? {}
            : { "aria-invalid": "true", "aria-describedby": "message-error", autofocus: true })}
        />
        <button class="icon-button thread-send" type="submit">
          <Icon path={sendIcon} />
          <span class="visually-hidden">Send</span>
        </button>
        {error !== null && <p class="field-error" id="message-error" role="alert">{error}</p>}
      </form>
    </>
  );
}
