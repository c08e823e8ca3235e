/**
 * Deleting, with time for a change of mind: what a form with `data-undo` deletes is hidden at once, a
 * toast offers to undo it, and when that is gone the server is told. Without script the form does it.
 */
import { failureMessage, request, RequestFailed } from "./api.ts";
import { attempt } from "./storage.ts";
import { toast } from "./toast.ts";

interface Deletion {
  /** The action of its form, and below `/api` the address to delete. */
  readonly path: string;
  /** What to say, such as "Post deleted". */
  readonly notice: string;
  /** Whether the server was told, perhaps too late for the page that comes next. */
  readonly sent: boolean;
}

/** Told to the window when something is hidden, or shown again. */
export const DELETION = "filmroll:deletion";

export interface DeletionDetail {
  /** Id of the element. */
  readonly id: string;
  readonly hidden: boolean;
}

const KEY = "deletions";

/** What this page, or the one before it in this tab, hands to the next. */
const handedOver = (): readonly Deletion[] =>
  attempt(() => JSON.parse(sessionStorage.getItem(KEY)!)) ?? [];

/** Answers whether the next page will see to it. */
const handOver = (deletion: Deletion): boolean =>
  attempt(() => {
    sessionStorage.setItem(KEY, JSON.stringify([...handedOver(), deletion]));
    return true;
  }) ?? false;

const forget = () => attempt(() => sessionStorage.removeItem(KEY));

/** Hides what is deleted wherever the page shows it, or shows it again; answers the elements. */
function setHidden({ path }: Deletion, hidden: boolean): HTMLElement[] {
  const marks = document.querySelectorAll(
    `form[data-undo][action="${path}"], :is(.tile, .story-tile)[href="${path}"]`,
  );
  return Array.from(marks, (mark) => {
    const item = mark.closest<HTMLElement>("article, li")!;
    item.hidden = hidden;
    const detail: DeletionDetail = { id: item.id, hidden };
    dispatchEvent(new CustomEvent(DELETION, { detail }));
    return item;
  });
}

function offerUndo(deletion: Deletion, focus = false): void {
  setHidden(deletion, true);
  toast(deletion.notice, {
    focus,
    undo() {
      const [item] = setHidden(deletion, false);
      if (item === undefined) return location.assign(deletion.path);
      const control = item.querySelector<HTMLElement>("[popovertarget], [data-undo] button") ??
        item.querySelector("a");
      control?.focus();
    },
    closed: () => send(deletion),
  });
}

async function send(deletion: Deletion): Promise<void> {
  handOver({ ...deletion, sent: true });
  try {
    await request("DELETE", deletion.path, { keepalive: true });
  } catch (error) {
    if (error instanceof RequestFailed && error.status === 404) return;
    forget();
    setHidden(deletion, false);
    toast(failureMessage(error));
  }
}

function submitted(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const notice = form.dataset.undo;
  if (notice === undefined) return;
  const deletion = { path: form.getAttribute("action")!, notice, sent: false };
  if (location.pathname === deletion.path) {
    // Nothing would be left to see here: its undoing is offered where one goes from its own page.
    if (!handOver(deletion)) return;
    location.replace(new FormData(form).get("return_to") as string);
  } else {
    const byKeyboard = event.submitter!.matches(":focus-visible");
    form.closest<HTMLElement>("[popover]")?.hidePopover();
    offerUndo(deletion, byKeyboard);
  }
  event.preventDefault();
}

/** Sees to every deletion of the page, and to those that the last page left; answers how to stop. */
export function watchDeletions(): () => void {
  const left = handedOver();
  forget();
  for (const deletion of left) {
    if (deletion.sent) setHidden(deletion, true);
    else offerUndo(deletion);
  }
  document.addEventListener("submit", submitted);
  return () => document.removeEventListener("submit", submitted);
}
