/** People who register, post, like, talk and follow over HTTP, as fast as they are answered. */
import type { Random } from "../../cli/demo/pictures_paint.ts";
import { accountOf, api, emailOf, PASSWORD } from "../support/client.ts";
import type { Token } from "../../web/schemas.ts";
import type { Ledger, Sent } from "./ledger.ts";

/** Somebody who can act. */
interface Member {
  readonly id: number;
  readonly token: string;
  readonly follows: Set<number>;
  /** Their posts that stand. */
  readonly posts: number[];
}

type Action = Omit<Sent, "key" | "token"> & {
  /** What the member knows once it is done. */
  readonly then?: (id: number) => void;
};

/** How often each kind of command is sent, of 100. */
const HABITS = [
  [30, "post"],
  [58, "like"],
  [74, "comment"],
  [82, "message"],
  [88, "story"],
  [94, "follow"],
  [97, "delete"],
  [100, "register"],
] as const;

/** A community whose acts, but for the ids that the server gives them, depend on chance alone. */
export class People {
  readonly #members: Member[] = [];
  readonly #posts: number[] = [];
  readonly #random: Random;
  readonly #ledger: Ledger;
  #names = 0;

  constructor(random: Random, ledger: Ledger) {
    this.#random = random;
    this.#ledger = ledger;
  }

  get size(): number {
    return this.#members.length;
  }

  /** Has people join a server that is running. */
  async join(origin: string, count: number): Promise<void> {
    for (let joined = 0; joined < count; joined++) {
      const username = this.#newName();
      const { status, id } = await this.#send(origin, this.#complete(registration(username), null));
      if (status !== 201) throw new Error(`Registering was answered ${status}`);
      const { body } = await api(origin).post<Token>("/api/auth/login", {
        email: emailOf(username),
        password: PASSWORD,
      });
      const token = body.access_token;
      this.#members.push({ id: id!, token, follows: new Set(), posts: [] });
    }
  }

  /** Has everybody act, each with two commands under way, until the server answers no more. */
  async act(origin: string): Promise<void> {
    const browsers = [...this.#members, ...this.#members];
    await Promise.all(browsers.map(async (member) => {
      for (let answered = true; answered;) {
        const { then, ...action } = this.#choose(member);
        const { status, id } = await this.#send(origin, this.#complete(action, member));
        if (status === 200 || status === 201 || status === 204) then?.(id ?? 0);
        answered = status !== null;
      }
    }));
  }

  /** Sends what was never answered again, each twice at once, with the keys it had. */
  async insist(origin: string): Promise<void> {
    await Promise.all(this.#ledger.unanswered.map(async (command) => {
      const answers = await Promise.all([attempt(origin, command), attempt(origin, command)]);
      const [first, second] = answers as [Answered, Answered];
      if (first.status !== second.status || first.id !== second.id) {
        throw new Error(`Sent twice, "${command.effect}" was answered ${JSON.stringify(answers)}`);
      }
      this.#note(command, first);
    }));
  }

  #complete(action: Omit<Action, "then">, member: Member | null): Sent {
    return { ...action, key: this.#uuid(), token: member?.token ?? null };
  }

  async #send(origin: string, command: Sent): Promise<Answered> {
    this.#ledger.sent(command);
    const answered = await attempt(origin, command);
    this.#note(command, answered);
    return answered;
  }

  #note(command: Sent, { status, id }: Answered): void {
    if (status === null) return;
    if (status >= 500) throw new Error(`"${command.effect}" was answered ${status}`);
    if (status >= 400) this.#ledger.refused(command);
    else this.#ledger.done(command, id);
  }

  #choose(member: Member): Action {
    const { id, follows, posts } = member;
    const chance = this.#random.whole(1, 100);
    const habit = HABITS.find(([most]) => chance <= most)![1];
    const post = this.#posts.length === 0 ? null : this.#pick(this.#posts);
    const text = `Frame ${this.#uuid()}`;
    switch (habit) {
      case "like":
        if (post === null) break;
        return {
          method: "POST",
          path: `/api/posts/${post}/likes`,
          json: undefined,
          effect: `${id} toggles a like of ${post}`,
        };
      case "comment":
        if (post === null) break;
        return {
          method: "POST",
          path: `/api/posts/${post}/comments`,
          json: { content: text },
          effect: `${id} comments on ${post}: ${text}`,
        };
      case "message": {
        const to = this.#other(id);
        return {
          method: "POST",
          path: "/api/messages",
          json: { receiver_id: to, content: text },
          effect: `${id} writes to ${to}: ${text}`,
        };
      }
      case "story":
        return {
          method: "POST",
          path: "/api/stories",
          json: { content: text },
          effect: `${id} tells ${text}`,
        };
      case "follow": {
        const to = this.#other(id);
        const path = `/api/follow/${to}`;
        return follows.has(to)
          ? {
            method: "DELETE",
            path,
            json: undefined,
            effect: `${id} unfollows ${to}`,
            then: () => follows.delete(to),
          }
          : {
            method: "POST",
            path,
            json: undefined,
            effect: `${id} follows ${to}`,
            then: () => follows.add(to),
          };
      }
      case "delete": {
        const own = posts.pop();
        if (own === undefined) break;
        return {
          method: "DELETE",
          path: `/api/posts/${own}`,
          json: undefined,
          effect: `${id} deletes post ${own}`,
        };
      }
      case "register":
        return registration(this.#newName());
    }
    return {
      method: "POST",
      path: "/api/posts",
      json: { content: `${text} #crash` },
      effect: `${id} posts ${text} #crash`,
      then: (postId) => {
        posts.push(postId);
        this.#posts.push(postId);
      },
    };
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#random.whole(0, items.length - 1)]!;
  }

  #other(id: number): number {
    const others = this.#members.filter((member) => member.id !== id);
    return this.#pick(others).id;
  }

  #newName(): string {
    return `person${++this.#names}`;
  }

  #uuid(): string {
    const bytes = Uint8Array.from({ length: 16 }, () => this.#random.whole(0, 255));
    return bytes.toHex().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }
}

const registration = (username: string): Omit<Action, "then"> => ({
  method: "POST",
  path: "/api/auth/register",
  json: accountOf(username),
  effect: `${username} registers`,
});

/** An answer's status, null where none came, and the id of what was made. */
interface Answered {
  readonly status: number | null;
  readonly id: number | undefined;
}

async function attempt(
  origin: string,
  { token, method, path, json, key }: Sent,
): Promise<Answered> {
  try {
    const { status, body } = await api(origin, token ?? undefined)
      .send<{ id?: number } | undefined>(method, path, {
        json,
        headers: { "idempotency-key": key },
      });
    return { status, id: body?.id };
  } catch (error) {
    // No connection, or one that broke before the answer was whole.
    if (error instanceof TypeError || error instanceof Deno.errors.ConnectionReset) {
      return { status: null, id: undefined };
    }
    throw error;
  }
}
