/** What a crash test knows: which commands were sent, what became of them, and what the film must hold. */
import assert from "node:assert/strict";
import type { RecordedEvent } from "../../domain/core/event.ts";
import type { FilmrollEvent } from "../../domain/testing.ts";

/** One command as it is sent, and sent again. */
export interface Sent {
  /** Its Idempotency-Key. */
  readonly key: string;
  /** Whose token it is sent with; null for a registration. */
  readonly token: string | null;
  readonly method: "POST" | "DELETE";
  readonly path: string;
  readonly json: unknown;
  /** What it leaves on the film when it acts, as {@linkcode effectOf} names it. */
  readonly effect: string;
}

/** What an event is the effect of; null for events that come with another of the same command. */
export function effectOf({ type, data }: FilmrollEvent): string | null {
  switch (type) {
    case "UserRegistered":
      return `${data.username} registers`;
    case "PostCreated":
      return `${data.authorId} posts ${data.content}`;
    case "PostDeleted":
      return `${data.authorId} deletes post ${data.postId}`;
    case "PostLiked":
    case "PostUnliked":
      return `${data.userId} toggles a like of ${data.postId}`;
    case "CommentCreated":
      return `${data.authorId} comments on ${data.postId}: ${data.content}`;
    case "UserFollowed":
      return `${data.followerId} follows ${data.followeeId}`;
    case "UserUnfollowed":
      return `${data.followerId} unfollows ${data.followeeId}`;
    case "StoryCreated":
      return `${data.authorId} tells ${data.content}`;
    case "MessageSent":
      return `${data.senderId} writes to ${data.receiverId}: ${data.content}`;
    default:
      return null;
  }
}

/** Ids that an answer tells, by the event's field. */
const idOf = ({ type, data }: FilmrollEvent): number | undefined => {
  switch (type) {
    case "UserRegistered":
      return data.userId;
    case "PostCreated":
      return data.postId;
    case "CommentCreated":
      return data.commentId;
    case "StoryCreated":
      return data.storyId;
    case "MessageSent":
      return data.messageId;
  }
};

/**
 * Counts commands by their effect. An effect whose command was answered is on the film as often as
 * it was answered; one whose answer never came may or may not be; a refused command has none.
 */
export class Ledger {
  readonly #acknowledged = new Map<string, number>();
  readonly #unanswered = new Map<string, Set<Sent>>();
  /** The id that each answer told, by effect. */
  readonly #told = new Map<string, number>();
  #answers = 0;

  /** How many commands were acknowledged. */
  get acknowledged(): number {
    return this.#answers;
  }

  /** Commands whose answer never came. */
  get unanswered(): readonly Sent[] {
    return [...this.#unanswered.values()].flatMap((all) => [...all]);
  }

  /** Notes a command before it is sent. */
  sent(command: Sent): void {
    const all = this.#unanswered.get(command.effect) ?? new Set();
    this.#unanswered.set(command.effect, all.add(command));
  }

  /** Notes that a command was answered as done, and the id that the answer told. */
  done(command: Sent, id: number | undefined): void {
    this.#answered(command);
    this.#answers++;
    const { effect } = command;
    this.#acknowledged.set(effect, (this.#acknowledged.get(effect) ?? 0) + 1);
    if (id !== undefined) this.#told.set(effect, id);
  }

  /** Notes that a command was refused: it must have left nothing. */
  refused(command: Sent): void {
    this.#answered(command);
  }

  /** Takes commands without an answer as refused. */
  refuseUnanswered(): void {
    this.#unanswered.clear();
  }

  #answered(command: Sent): void {
    const all = this.#unanswered.get(command.effect);
    all?.delete(command);
    if (all?.size === 0) this.#unanswered.delete(command.effect);
  }

  /** @throws AssertionError naming what the film lacks, or has too much of */
  check(film: readonly RecordedEvent[]): void {
    const found = new Map<string, number>();
    for (const event of film as readonly RecordedEvent<FilmrollEvent>[]) {
      const effect = effectOf(event);
      if (effect === null) continue;
      found.set(effect, (found.get(effect) ?? 0) + 1);
      const told = this.#told.get(effect);
      if (told !== undefined) assert.equal(idOf(event), told, `Another id was told: ${effect}`);
    }
    const effects = new Set([...found.keys(), ...this.#acknowledged.keys()]);
    for (const effect of effects) {
      const count = found.get(effect) ?? 0;
      const least = this.#acknowledged.get(effect) ?? 0;
      const most = least + (this.#unanswered.get(effect)?.size ?? 0);
      assert.ok(count >= least, `Acknowledged ${least} times, but ${count} on the film: ${effect}`);
      assert.ok(count <= most, `Sent ${most} times, but ${count} on the film: ${effect}`);
    }
  }
}
