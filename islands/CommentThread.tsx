import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { failureMessage, request, RequestFailed } from "../components/client/api.ts";
import { newCommandId } from "../components/client/command_id.ts";
import { DELETION, type DeletionDetail } from "../components/client/deletions.ts";
import { clearDraft, restoreDraft, saveDraft } from "../components/client/draft.ts";
import { subscribe } from "../components/client/live.ts";
import { toast } from "../components/client/toast.ts";
import Avatar from "../components/Avatar.tsx";
import CommentItem from "../components/CommentItem.tsx";
import { counted } from "../components/count.ts";
import { errorOf, type FieldError } from "../components/form_errors.ts";
import HiddenFields from "../components/HiddenFields.tsx";
import type { Viewer } from "../components/viewer.ts";
import type { Comment } from "../web/schemas.ts";

export interface CommentThreadProps {
  readonly postId: number;
  readonly commentCount: number;
  readonly viewer: Viewer | null;
  /** For the form's first sending; the next ones make their own. */
  readonly commandId: string;
  /** Path of the page, to come back to without script. */
  readonly returnTo: string;
  /** What was sent and refused, when the server shows the form again. */
  readonly content?: string | undefined;
  readonly errors?: readonly FieldError[] | undefined;
  /** The first page of `CommentItem`s, newest first. */
  readonly children: ComponentChildren;
}

const MAXIMUM = 1000;

const elementOf = (id: number) => document.getElementById(`comment-${id}`);

/** The comments of a post, with the form that adds one on top. */
export default function CommentThread(
  { postId, commentCount, viewer, commandId, returnTo, content, errors = [], children }:
    CommentThreadProps,
) {
  const added = useSignal<readonly Comment[]>([]);
  const error = useSignal(errorOf(errors, "content"));
  const sending = useSignal(false);
  const nextCommandId = useRef(commandId);
  const form = useRef<HTMLFormElement>(null);
  const draftKey = `draft:comment:${postId}`;
  /** Ids of elements that are hidden: neither part of the list is drawn again without them. */
  const gone = useSignal<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLOListElement>(null);
  const height = useRef(0);
  const count = commentCount + added.value.length - gone.value.size;

  function add(comments: readonly Comment[]) {
    const unknown = comments.filter(({ id }) => elementOf(id) === null);
    if (unknown.length === 0) return;
    height.current = list.current!.offsetHeight;
    added.value = [...unknown, ...added.value];
  }

  function setGone(id: string, hidden: boolean) {
    const ids = new Set(gone.value);
    if (hidden) ids.add(id);
    else ids.delete(id);
    gone.value = ids;
  }

  function remove(id: number) {
    const element = elementOf(id);
    if (element !== null) element.hidden = true;
    setGone(`comment-${id}`, true);
  }

  useEffect(() => {
    const deleted = (event: Event) => {
      const { id, hidden } = (event as CustomEvent<DeletionDetail>).detail;
      if (id.startsWith("comment-")) setGone(id, hidden);
    };
    addEventListener(DELETION, deleted);
    return () => removeEventListener(DELETION, deleted);
  }, []);

  useEffect(() => {
    if (form.current) restoreDraft(draftKey, form.current);
    return subscribe([`post-${postId}`], async (event) => {
      if (event.type === "comment" && event.data.post_id === postId) add([event.data]);
      else if (event.type === "comment_deleted") remove(event.data.id);
      else if (event.type === "post_deleted" && event.data.post_id === postId) {
        toast("This post was deleted.");
      } else if (event.type === "resync") {
        add(await request<Comment[]>("GET", `/posts/${postId}/comments`).catch(() => []));
      }
    });
  }, []);

  useLayoutEffect(() => {
    // What is read stays where it is; most browsers see to that themselves.
    if (CSS.supports("overflow-anchor", "auto") || added.value.length === 0) return;
    const comments = list.current!;
    if (comments.getBoundingClientRect().top < 0) {
      scrollBy({ top: comments.offsetHeight - height.current, behavior: "instant" });
    }
  }, [added.value]);

  async function send(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    if (sending.value) return;
    const field = event.currentTarget.elements.namedItem("content") as HTMLTextAreaElement;
    sending.value = true;
    error.value = null;
    try {
      const comment = await request<Comment>("POST", `/posts/${postId}/comments`, {
        body: { content: field.value },
        commandId: nextCommandId.current,
      });
      add([comment]);
      nextCommandId.current = newCommandId();
      field.value = "";
      clearDraft(draftKey);
    } catch (failure) {
      const message = failureMessage(failure);
      const refused = failure instanceof RequestFailed && failure.status === 422;
      if (refused) error.value = errorOf(failure.errors, "content") ?? message;
      else toast(message);
      field.focus();
    } finally {
      sending.value = false;
    }
  }

  return (
    <section class="comments" id="comments" aria-labelledby="comments-title">
      <h2 class="section-title" id="comments-title">
        {count === 0 ? "Comments" : counted(count, "comment")}
      </h2>
      {viewer === null
        ? (
          <p class="comments-invitation">
            <a href={`/auth/login?return_to=${encodeURIComponent(`${returnTo}#comments`)}`}>
              Log in
            </a>{" "}
            to say something.
          </p>
        )
        : (
          <form
            class="comment-form"
            method="post"
            action={`/posts/${postId}/comments`}
            ref={form}
            onSubmit={send}
            onInput={(event) => saveDraft(draftKey, event.currentTarget)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
                event.currentTarget.requestSubmit();
              }
            }}
          >
            <HiddenFields commandId={nextCommandId.current} returnTo={`${returnTo}#comments`} />
            <Avatar
              userId={viewer.id}
              username={viewer.username}
              fullName={viewer.full_name}
              imageUrl={viewer.profile_image_url}
              size="small"
            />
            <label class="visually-hidden" for="comment-content">Add a comment</label>
            <textarea
              class="comment-input"
              id="comment-content"
              name="content"
              rows={1}
              required
              maxLength={MAXIMUM}
              placeholder="Add a comment…"
              {...(content ? { defaultValue: content } : {})}
              {...(error.value === null
                ? {}
                : { "aria-invalid": "true", "aria-describedby": "comment-error" })}
              {...(errorOf(errors, "content") === null ? {} : { autofocus: true })}
            />
            <button class="button button-quiet" type="submit">Post</button>
            {error.value !== null && (
              <p class="field-error" id="comment-error" role="alert">{error.value}</p>
            )}
          </form>
        )}
      <ol class="comment-list" ref={list}>
        {added.value.map((comment) => (
          <CommentItem
            key={comment.id}
            comment={comment}
            viewerId={viewer?.id ?? null}
            returnTo={returnTo}
          />
        ))}
        {children}
      </ol>
      {count === 0 && <p class="comments-invitation">Nobody has said anything yet.</p>}
    </section>
  );
}
