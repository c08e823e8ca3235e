import { notFound } from "../domain/core/errors.ts";
import type { CorrespondentView } from "../domain/message/queries.ts";
import { IdText, type Message } from "./schemas.ts";
import { blankForm, type RefusedForm } from "./operation.ts";
import type { Ctx } from "./state.ts";

/** How many messages of a conversation are shown at first. */
export const MESSAGES = 50;

/** What the page of a conversation shows. */
export interface ThreadPageData {
  readonly other: CorrespondentView;
  /** A page of them, newest first. */
  readonly messages: readonly Message[];
  /** The id that older messages are before; null at the beginning of the conversation. */
  readonly before: number | null;
  /** Whether the newest message is among them. */
  readonly isLatest: boolean;
  /** The message that was refused, if one was. */
  readonly form: RefusedForm;
  /** The time on the server, in milliseconds, that days are counted from. */
  readonly now: number;
}

/** Whom the caller can write to or has a conversation with, or a refusal. */
export async function requireCorrespondent(
  { state: { caller, filmroll } }: Ctx,
  id: number,
): Promise<CorrespondentView> {
  const other = await filmroll.queries.ask("GetCorrespondent", { id, viewer: caller!.id });
  if (other === null) throw notFound("User");
  return other;
}

/** A conversation with a page of its messages. */
export function threadPage(
  { state: { clock } }: Ctx,
  other: CorrespondentView,
  messages: readonly Message[],
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
  form: RefusedForm = blankForm,
): ThreadPageData {
  return {
    other,
    messages,
    before: messages.length < limit ? null : messages.at(-1)?.id ?? null,
    isLatest: before === undefined,
    form,
    now: clock().getTime(),
  };
}

/** The conversation that a refused message was meant for, as the caller sees it. */
export async function threadAgain(ctx: Ctx, form: RefusedForm): Promise<ThreadPageData> {
  const receiver = IdText.safeParse(form.values.receiver_id);
  if (!receiver.success) throw notFound("Receiver");
  const other = await requireCorrespondent(ctx, receiver.data);
  const page = { limit: MESSAGES, offset: 0 };
  const messages = await ctx.state.filmroll.queries.ask("GetConversation", {
    viewer: ctx.state.caller!.id,
    otherId: other.id,
    ...page,
  });
  return threadPage(ctx, other, messages, page, form);
}

/** Records that the caller has read all that somebody has sent them so far. */
export async function markRead(
  { state: { filmroll: { commands, queries } } }: Ctx,
  readerId: number,
  senderId: number,
): Promise<void> {
  const upTo = await queries.ask("GetLastReceivedMessageId", { viewer: readerId, senderId });
  if (upTo === null) return;
  await commands.execute("MarkMessagesRead", { by: readerId, senderId, upTo }, { actor: readerId });
}
