/** People who register, post, like, talk and follow over HTTP, as fast as they are answered. */
import type { Random } from "../../cli/demo/pictures_paint.ts";
import { setTimeout } from "node:timers/promises";
import { accountOf, api, emailOf, PASSWORD } from "../support/client.ts";
import { POSITION_HEADER } from "../../web/nodes/read_your_writes.ts";
import type { Post, Token, UserProfile } from "../../web/schemas.ts";
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
  /** What whoever did it must see at once; undefined where others may have changed that meanwhile. */
  readonly sight?: (done: Answered) => Sight | undefined;
};

/** A read, and whether its answer shows what must be seen. */
interface Sight {
  readonly path: string;
  readonly shows: (answer: Answered) => boolean;
}

/** How people act on several nodes, until they are stopped. */
export interface Persistence {
  readonly stop: AbortSignal;
  /** Told of each read that followed a command, and whether it showed what the command had done. */
  readonly onRead: (isSeen: boolean, what: string) => void;
  /** Told of each request that is sent again, because nobody answered it. */
  readonly onUnanswered: () => void;
}

/** Sent again after so many milliseconds where no answer came, and for so long. */
const RETRY_AFTER = 100;
const PATIENCE = 30_000;

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
  /** Posts whose deletion was sent. */
  readonly #deleted = new Set<number>();
  readonly #random: Random;
  readonly #ledger: Ledger;
  #names = 0;

  constructor(random: Random, ledger: Ledger) {
    this.#random = random;
    this.#ledger = ledger;
  }

  /** Those who have joined: their ids and tokens. */
  get members(): readonly Pick<Member, "id" | "token">[] {
    return this.#members;
  }

  get size(): number {
    return this.#members.length;
  }

  /** Has people join a server that is running. */
  async join(origin: string, count: number): Promise<void> {
    for (let joined = 0; joined < count; joined++) {
      const username = this.#newName();
      const registered = await this.#send(origin, this.#complete(registration(username), null));
      if (registered.status !== 201) {
        throw new Error(`Registering was answered ${registered.status}`);
      }
      const { body } = await api(origin).post<Token>("/api/auth/login", {
        email: emailOf(username),
        password: PASSWORD,
      });
      const token = body.access_token;
      this.#members.push({ id: registered.id!, token, follows: new Set(), posts: [] });
    }
  }

  /** Has everybody act, each with two commands under way, until the server answers no more. */
  async act(origin: string): Promise<void> {
    const browsers = [...this.#members, ...this.#members];
    await Promise.all(browsers.map(async (member) => {
      for (let answered = true; answered;) {
        const { then, sight: _, ...action } = this.#choose(member);
        const { status, id } = await this.#send(origin, this.#complete(action, member));
        if (status === 200 || status === 201 || status === 204) then?.(id ?? 0);
        answered = status !== null;
      }
    }));
  }

  /**
   * Has everybody act until told to stop, one command after another. Each is sent until it is answered;
   * then whoever sent it looks whether they see what they did.
   */
  async persist(origin: string, { stop, onRead, onUnanswered }: Persistence): Promise<void> {
    await Promise.all(this.#members.map(async (member) => {
      while (!stop.aborted) {
        const { then, sight, ...action } = this.#choose(member);
        const command = this.#complete(action, member);
        this.#ledger.sent(command);
        const done = await untilAnswered(() => attempt(origin, command), onUnanswered);
        this.#note(command, done);
        if (done.status! >= 400) continue;
        then?.(done.id ?? 0);
        const seeing = sight?.(done);
        if (seeing === undefined) continue;
        const { token } = member;
        const { path, shows } = seeing;
        const look = () => attempt(origin, { method: "GET", path, token, seen: done.seen });
        const answer = await untilAnswered(look, onUnanswered);
        onRead(shows(answer), `${command.effect}: ${answer.status} ${path}`);
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

  #complete(action: Omit<Action, "then" | "sight">, member: Member | null): Sent {
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
          sight: ({ liked }) =>
            this.#ofPost(post, "", (answer) => (answer.body as Post).liked === liked),
        };
      case "comment":
        if (post === null) break;
        return {
          method: "POST",
          path: `/api/posts/${post}/comments`,
          json: { content: text },
          effect: `${id} comments on ${post}: ${text}`,
          sight: (comment) => this.#ofPost(post, "/comments", listing(comment)),
        };
      case "message": {
        const to = this.#other(id);
        return {
          method: "POST",
          path: "/api/messages",
          json: { receiver_id: to, content: text },
          effect: `${id} writes to ${to}: ${text}`,
          sight: (message) => ({ path: `/api/messages/${to}`, shows: listing(message) }),
        };
      }
      case "story":
        return {
          method: "POST",
          path: "/api/stories",
          json: { content: text },
          effect: `${id} tells ${text}`,
          sight: (story) => ({ path: `/api/stories/${story.id}`, shows: isThere }),
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
            sight: () => following(to, false),
          }
          : {
            method: "POST",
            path,
            json: undefined,
            effect: `${id} follows ${to}`,
            then: () => follows.add(to),
            sight: () => following(to, true),
          };
      }
      case "delete": {
        const own = posts.pop();
        if (own === undefined) break;
        this.#deleted.add(own);
        return {
          method: "DELETE",
          path: `/api/posts/${own}`,
          json: undefined,
          effect: `${id} deletes post ${own}`,
          sight: () => ({ path: `/api/posts/${own}`, shows: ({ status }) => status === 404 }),
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
      sight: (post) => ({ path: `/api/users/${id}/posts?limit=5`, shows: listing(post) }),
    };
  }

  /** What must be seen of a post; undefined once it may be gone. */
  #ofPost(postId: number, part: string, shows: Sight["shows"]): Sight | undefined {
    if (this.#deleted.has(postId)) return undefined;
    return {
      path: `/api/posts/${postId}${part}`,
      shows: (answer) => this.#deleted.has(postId) || isThere(answer) && shows(answer),
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

const registration = (username: string): Action => ({
  method: "POST",
  path: "/api/auth/register",
  json: accountOf(username),
  effect: `${username} registers`,
  sight: ({ id }) => ({ path: `/api/users/${id}`, shows: isThere }),
});

/** An answer; its status is null where none came. */
interface Answered {
  readonly status: number | null;
  readonly body: unknown;
  /** Of what was made. */
  readonly id: number | undefined;
  /** Of a like: whether it is one now. */
  readonly liked: boolean | undefined;
  /** What to send with a read that must show what was done. */
  readonly seen: string | null;
}

const isThere: Sight["shows"] = ({ status }) => status === 200;

/** Whether a list has what was made. */
const listing = (made: Answered): Sight["shows"] => (answer) =>
  isThere(answer) && (answer.body as Pick<Answered, "id">[]).some(({ id }) => id === made.id);

const following = (id: number, wanted: boolean): Sight => ({
  path: `/api/users/${id}`,
  shows: (answer) => isThere(answer) && (answer.body as UserProfile).following === wanted,
});

/**
 * Asks until there is an answer, and not one that says that there is none now.
 *
 * @throws Error when nobody has answered for long
 */
async function untilAnswered(
  ask: () => Promise<Answered>,
  onUnanswered: () => void,
): Promise<Answered> {
  const latest = performance.now() + PATIENCE;
  while (performance.now() < latest) {
    const answered = await ask();
    if (![null, 502, 503].includes(answered.status)) return answered;
    onUnanswered();
    await setTimeout(RETRY_AFTER);
  }
  throw new Error(`Nobody answered for ${PATIENCE} ms`);
}

/** What is sent: a command, or a read. */
type Asked = Pick<Sent, "token" | "path"> & Partial<Pick<Sent, "json" | "key">> & {
  readonly method: "GET" | Sent["method"];
  readonly seen?: string | null;
};

async function attempt(
  origin: string,
  { token, method, path, json, key, seen }: Asked,
): Promise<Answered> {
  const headers = {
    ...(key !== undefined && { "idempotency-key": key }),
    ...(typeof seen === "string" && { [POSITION_HEADER]: seen }),
  };
  try {
    const answer = await api(origin, token ?? undefined)
      .send<{ id?: number; liked?: boolean } | undefined>(method, path, { json, headers });
    const { status, body } = answer;
    const { id, liked } = body ?? {};
    return { status, body, id, liked, seen: answer.headers.get(POSITION_HEADER) };
  } catch (error) {
    // No connection, or one that broke before the answer was whole.
    if (error instanceof TypeError || error instanceof Deno.errors.ConnectionReset) {
      return { status: null, body: undefined, id: undefined, liked: undefined, seen: null };
    }
    throw error;
  }
}
