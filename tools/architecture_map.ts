/**
 * Writes the tables of docs/architecture.md that say which file holds which command, event, query
 * and read model: `deno run -A tools/architecture_map.ts`. A test holds them against the program.
 */
import { type CommandName, contexts, type QueryName } from "../domain/mod.ts";
import { catalogue } from "../web/catalogue.ts";
import { markdownTable, replaceBlock } from "./support/markdown.ts";

/** What the reference servers have, by the names they gave; Filmroll has these, and more. */
export const REFERENCE = {
  commands: [
    ...["RegisterUser", "LoginUser", "UpdateUser", "CreatePost", "DeletePost", "ToggleLike"],
    ...["CreateComment", "DeleteComment", "FollowUser", "UnfollowUser", "CreateStory"],
    ...["DeleteStory", "SendMessage", "MarkMessagesRead", "MarkNotificationRead"],
    "MarkAllNotificationsRead",
  ] as CommandName[],
  queries: [
    ...["GetUserById", "GetUserProfile", "GetUserPosts", "GetUserFollowers", "GetUserFollowing"],
    ...["GetPost", "GetPostComments", "GetFeed", "GetMyStories", "GetStoryFeed"],
    ...["GetConversations", "GetConversation", "GetNotifications", "SearchUsers"],
    ...["SearchHashtags", "GetPostsByHashtag", "GetCaller"],
  ] as QueryName[],
  readModels: [
    ...["user", "post", "comment", "like", "follow", "story", "message", "notification"],
    ...["hashtag", "post_hashtag"],
  ].map((name) => `${name}_projection`),
};

/** Something of the domain, and the file that holds it. */
export interface Part {
  readonly name: string;
  /** From the root of the project. */
  readonly file: string;
}

/** The parts of the domain, those of the reference first, in its order. */
export interface Parts {
  readonly commands: readonly Part[];
  readonly events: readonly Part[];
  readonly queries: readonly Part[];
  readonly readModels: readonly Part[];
}

const ROOT = new URL("../", import.meta.url);
/** Where the full-text tables of any context are declared. */
const FULL_TEXT = "domain/dialect/sqlite.ts";
const DOCUMENT = new URL("docs/architecture.md", ROOT);

/**
 * Finds what the contexts hold, each in its file.
 *
 * @throws {Error} if no file of a context declares what the context has
 */
export async function domainParts(): Promise<Parts> {
  const all = await Promise.all(contexts.map(async ({ name, ...context }) => {
    const sources = await sourcesOf(`domain/${name}/`);
    sources.set(FULL_TEXT, await Deno.readTextFile(new URL(FULL_TEXT, ROOT)));
    const find = (names: readonly string[], declaredAs: (name: string) => string) =>
      names.map((name) => ({ name, file: fileWith(declaredAs(name), sources) }));
    return {
      commands: find(Object.keys(context.commands), constant),
      events: find(Object.keys(context.streams), (type) => `DomainEvent<"${type}"`),
      queries: find(Object.keys(context.queries), constant),
      readModels: find(
        "readModel" in context ? context.readModel.tables : [],
        (table) => `TABLE ${table} `,
      ),
    };
  }));
  return {
    commands: referenceFirst(REFERENCE.commands, all.flatMap(({ commands }) => commands)),
    events: all.flatMap(({ events }) => events),
    queries: referenceFirst(REFERENCE.queries, all.flatMap(({ queries }) => queries)),
    readModels: referenceFirst(REFERENCE.readModels, all.flatMap(({ readModels }) => readModels)),
  };
}

/** "CreatePost" is declared as "export const createPost". */
const constant = (name: string) => `export const ${name[0]!.toLowerCase()}${name.slice(1)} =`;

/** The sources of a folder by their paths, without its tests. */
async function sourcesOf(folder: string): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  for await (const { name } of Deno.readDir(new URL(folder, ROOT))) {
    if (!name.endsWith(".ts") || name.endsWith("_test.ts")) continue;
    sources.set(folder + name, await Deno.readTextFile(new URL(folder + name, ROOT)));
  }
  return sources;
}

function fileWith(declaration: string, sources: ReadonlyMap<string, string>): string {
  for (const [file, source] of sources) if (source.includes(declaration)) return file;
  throw new Error(`No file of "${[...sources.keys()].join('", "')}" has "${declaration}"`);
}

const referenceFirst = (reference: readonly string[], found: readonly Part[]): Part[] => [
  ...reference.flatMap((name) => found.filter((part) => part.name === name)),
  ...found.filter(({ name }) => !reference.includes(name)),
];

/** The document with its tables as the program is now. */
export async function mapped(document: string): Promise<string> {
  const { commands, events, queries, readModels } = await domainParts();
  const endpoints = Map.groupBy(await catalogue(), ({ operation }) => operation.does as string);
  const askedBy = (name: string) =>
    endpoints.get(name)?.map(({ method, path }) => `${method} ${path}`).join(", ") ?? "";
  const withEndpoint = (all: readonly Part[]) =>
    all.map(({ name, file }) => [name, askedBy(name), linkTo(file)]);
  const plain = (all: readonly Part[]) => all.map(({ name, file }) => [name, linkTo(file)]);
  const blocks = {
    commands: markdownTable(["command", "endpoint", "file"], withEndpoint(commands)),
    events: markdownTable(["event", "file"], plain(events)),
    queries: markdownTable(["query", "endpoint", "file"], withEndpoint(queries)),
    "read models": markdownTable(["table", "file"], plain(readModels)),
  };
  return Object.entries(blocks).reduce(
    (text, [name, table]) => replaceBlock(text, name, table),
    document,
  );
}

const linkTo = (file: string): string => `[${file.replace("domain/", "")}](../${file})`;

/** docs/architecture.md as it is. */
export const readDocument = (): Promise<string> => Deno.readTextFile(DOCUMENT);

if (import.meta.main) await Deno.writeTextFile(DOCUMENT, await mapped(await readDocument()));
