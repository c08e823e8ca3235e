/**
 * Deleting, with time for a change of mind: what a form with `data-undo` deletes is hidden at once, a
 * toast offers to undo it, and when that is gone the server is told. Without script the form does it.
 */
import { failureMessage, request, RequestFailed } from "./api.ts";
import { newCommandId } from "./command_id.ts";
import { attempt } from "./storage.ts";
import { toast } from "./toast.ts";

interface Deletion {
  /** The action of its form, and below `/api` the address to delete. */
  readonly path: string;
  /** What to say, such as "Post deleted". */
  readonly notice: string;
  /** However often it is sent, it deletes once and gets the same answer. */
  readonly commandId: string;
  /** Whether the time to undo it is over, and the server's answer was waited for. */
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

/** The server has answered: no page needs to see to it any more. */
const settle = ({ commandId }: Deletion) =>
  attempt(() => {
    const others = handedOver().filter((deletion) => deletion.commandId !== commandId);
    sessionStorage.setItem(KEY, JSON.stringify(others));
  });

/** Whether the page is on its way out: a request that fails now may just have been cut off. */
let isLeaving = false;

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

/** Tells the server. Should the page go before the answer comes, the next one sends it again. */
async function send(deletion: Deletion): Promise<void> {
  const { path, commandId } = deletion;
  handOver({ ...deletion, sent: true });
  try {
    await request("DELETE", path, { commandId, keepalive: true });
  } catch (error) {
    if (isLeaving) return;
    if (!(error instanceof RequestFailed && error.status === 404)) {
      setHidden(deletion, false);
      toast(failureMessage(error));
    }
  }
  settle(deletion);
}

function submitted(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const notice = form.dataset.undo;
  if (notice === undefined) return;
  const deletion = {
    path: form.getAttribute("action")!,
    notice,
    commandId: newCommandId(),
    sent: false,
  };
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
    if (!deletion.sent) offerUndo(deletion);
    else {
      setHidden(deletion, true);
      send(deletion);
    }
  }
  const leaving = ({ type }: Event) => isLeaving = type === "pagehide";
  document.addEventListener("submit", submitted);
  addEventListener("pagehide", leaving);
  addEventListener("pageshow", leaving);
  return () => {
    document.removeEventListener("submit", submitted);
    removeEventListener("pagehide", leaving);
    removeEventListener("pageshow", leaving);
  };
}
