import type { Clock } from "../core/clock.ts";
import { DomainError } from "../core/errors.ts";
import type { EventStore } from "../event_store/event_store.ts";
import type { Filmroll } from "../mod.ts";
import type { Leaver, Remain } from "./queries.ts";

/** People, and things of one kind, that are looked up at once. */
const BATCH = 100;
/** Messages are erased many by one command. */
const MESSAGES = 500;

type Step = () => Promise<unknown>;

export interface ErasureOptions {
  readonly filmroll: Pick<Filmroll, "commands" | "queries">;
  readonly store: Pick<EventStore, "scrub">;
  readonly clock: Clock;
}

/**
 * Erases the people whose grace is over: by ordinary commands it takes back what they made, a
 * bounded number at a time, so that every count is right; then `EraseUser` destroys their key. Where
 * it is left follows from the read models, so it goes on after a crash as if nothing had been.
 */
export class Erasure {
  readonly #filmroll: ErasureOptions["filmroll"];
  readonly #store: ErasureOptions["store"];
  readonly #clock: Clock;
  #running: Promise<void> | null = null;
  /** What an earlier process deleted may be in the log still. */
  #isScrubbed = false;
  #isStopped = false;

  constructor({ filmroll, store, clock }: ErasureOptions) {
    this.#filmroll = filmroll;
    this.#store = store;
    this.#clock = clock;
  }

  /** Erases all whose time has come. Called while it runs, it answers when that is done. */
  run(): Promise<void> {
    return this.#running ??= this.#run().finally(() => this.#running = null);
  }

  /** Ends after the step under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running?.catch(() => {});
  }

  async #run(): Promise<void> {
    this.#isStopped = false;
    const failures: unknown[] = [];
    for (const leaver of await this.#leavers()) {
      // Who cannot be erased keeps nobody else from it.
      await this.#erase(leaver).catch((error) => void failures.push(error));
      if (this.#isStopped) return;
      this.#isScrubbed = false;
    }
    await this.#scrub();
    if (failures.length > 0) throw failures[0];
  }

  async #scrub(): Promise<void> {
    if (this.#isScrubbed || this.#isStopped) return;
    await this.#store.scrub();
    this.#isScrubbed = true;
  }

  #leavers(): Promise<Leaver[]> {
    return this.#filmroll.queries.ask("GetLeavers", {
      now: this.#clock().toISOString(),
      limit: BATCH,
    });
  }

  async #erase(leaver: Leaver): Promise<void> {
    while (!this.#isStopped) {
      const steps = await this.#stepsFor(leaver.userId);
      if (steps.length === 0) {
        await this.#filmroll.commands.execute("EraseUser", leaver, { actor: leaver.userId });
        return;
      }
      await this.#take(steps);
    }
  }

  /** What is to be done next; nothing once there is nothing left. */
  async #stepsFor(userId: number): Promise<Step[]> {
    const { commands, queries } = this.#filmroll;
    const remains = await queries.ask("GetRemains", { userId, limit: BATCH });
    if (remains.length > 0) return remains.map((one) => () => this.#takeBack(one, userId));
    const messages = await queries.ask("GetReadableMessages", { userId, limit: MESSAGES });
    return messages.map((sent) => () =>
      commands.execute("EraseMessages", { by: userId, ...sent }, { actor: userId })
    );
  }

  async #take(steps: readonly Step[]): Promise<void> {
    const settled = await Promise.allSettled(steps.map((step) => step()));
    const refusals = settled.flatMap((one) => one.status === "rejected" ? [one.reason] : []);
    // What goes in the same moment by another's hand is gone all the same; but not if nothing goes.
    const unexpected = refusals.find((refusal) => !(refusal instanceof DomainError));
    if (unexpected !== undefined) throw unexpected;
    if (refusals.length === steps.length) throw refusals[0];
  }

  #takeBack(remain: Remain, by: number): Promise<unknown> {
    const { commands } = this.#filmroll;
    const sender = { actor: by };
    switch (remain.kind) {
      case "post":
        return commands.execute("DeletePost", { by, postId: remain.id }, sender);
      case "story":
        return commands.execute("DeleteStory", { by, storyId: remain.id }, sender);
      case "comment": {
        const { id: commentId, postId } = remain;
        return commands.execute("DeleteComment", { by, commentId, postId }, sender);
      }
      case "like":
        return commands.execute("SetLike", { by, postId: remain.id, liked: false }, sender);
      case "following":
        return commands.execute("UnfollowUser", { by, userId: remain.id }, sender);
      case "follower":
        return commands.execute("UnfollowUser", { by: remain.id, userId: by }, sender);
      case "media": {
        const { id: mediaId, attachedTo } = remain;
        return commands.execute("CollectMedia", { mediaId, ownerId: by, attachedTo }, sender);
      }
    }
  }
}
