/**
 * The import rules of Filmroll as a lint plugin: who may know whom. Each rule is one entry of {@linkcode RULES}.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** One import of a file under lint. */
interface Import {
  /** Path from the root of the project, like `domain/post/events.ts`, or a specifier, like `npm:zod` or `fresh`. */
  target: string;
  /** Whether the target is a file of this project. */
  ofProject: boolean;
  /** Whether it is erased when types are. */
  typeOnly: boolean;
}

interface Rule {
  /** What the rule is about, as a path from the root of the project. */
  files: RegExp;
  refuses: (imported: Import, file: string) => boolean;
  /** Why; follows `"a.ts" imports "b.ts": `. */
  reason: string;
}

const matching = (pattern: RegExp) => ({ target }: Import) => pattern.test(target);

/** What tests everywhere may use, whatever they test. */
const isTestSupport = matching(/^(tests|bench)\/support\//);
const isTest = (file: string) => /_test\.tsx?$|\/testdata\//.test(file);

/** Specifiers of Fresh, ours or upstream's. */
const FRESH = /^(fresh|(jsr:)?@fresh\/core)(@|\/|$)/;

/** The rules by their names in diagnostics, which are `architecture/<name>`. */
const RULES: Record<string, Rule> = {
  "domain-stands-alone": {
    files: /^domain\//,
    refuses: (imported) =>
      /^(web|routes|components|islands)\//.test(imported.target) || FRESH.test(imported.target),
    reason: "the domain knows nothing of the web; hand it what it needs as data",
  },
  "read-side-apart": {
    files: /^domain\/.*\b(projection|queries)\.ts$/,
    refuses: matching(/^domain\/.*\b(state|commands)\.ts$/),
    reason: "reading is built from events alone, never from the write side",
  },
  "events-are-plain": {
    files: /^domain\/.*\/events\.ts$/,
    refuses: (imported) => !(imported.typeOnly && imported.target.startsWith("domain/core/")),
    reason: "events are what is stored: import nothing but types of domain/core",
  },
  "state-from-events": {
    files: /^domain\/.*\/state\.ts$/,
    refuses: ({ target }) => !/^domain\/(core\/|.*\/events\.ts$)/.test(target),
    reason: "state evolves from events: import only events and domain/core",
  },
  "dialects-behind-one": {
    files: /^domain\/(?!dialect\/)/,
    refuses: matching(/^domain\/dialect\/(?!dialect\.ts)/),
    reason: "say what is meant with domain/dialect/dialect.ts, for every engine",
  },
  "fresh-stands-alone": {
    files: /^fresh\//,
    refuses: (imported, file) =>
      imported.ofProject && !imported.target.startsWith("fresh/") &&
      !(isTest(file) && isTestSupport(imported)),
    reason: "fresh/ knows nothing of the app, so that upstream's Fresh can take its place",
  },
  "media-stands-alone": {
    files: /^media\//,
    refuses: (imported) =>
      /^(domain|web|routes|components|islands)\//.test(imported.target) ||
      FRESH.test(imported.target),
    reason: "media/ makes and keeps pictures, whoever they belong to",
  },
  "components-take-props": {
    files: /^(components|islands)\//,
    refuses: ({ target }, file) =>
      target.startsWith("domain/") || /^media\/(?!limits\.ts|picture\.ts)/.test(target) ||
      (target.startsWith("node:") && !isTest(file)),
    reason: "components run in browsers too: hand them props",
  },
  "routes-use-buses": {
    files: /^routes\//,
    refuses: matching(/^domain\/event_store\//),
    reason: "routes send commands and ask queries; the store stays behind the buses",
  },
};

const ROOT = fileURLToPath(new URL("..", import.meta.url));

function pathInProject(filename: string): string {
  return filename.replace(/^file:\/\//, "").replace(ROOT, "").replaceAll("\\", "/");
}

/** Reads what `file` imports by `specifier`. */
function importOf(specifier: string, file: string, typeOnly: boolean): Import {
  const ofProject = /^\.{0,2}\//.test(specifier);
  const target = ofProject ? new URL(specifier, `file:///${file}`).pathname.slice(1) : specifier;
  return { target, ofProject, typeOnly };
}

function lintRule({ files, refuses, reason }: Rule): Deno.lint.Rule {
  return {
    create(context) {
      const file = pathInProject(context.filename);
      if (!files.test(file)) return {};

      const check = (source: Deno.lint.Node, typeOnly: boolean) => {
        if (source.type !== "Literal" || typeof source.value !== "string") return;
        const imported = importOf(source.value, file, typeOnly);
        if (!refuses(imported, file)) return;
        context.report({
          node: source,
          message: `"${file}" imports "${imported.target}": ${reason}`,
        });
      };
      return {
        ImportDeclaration: (node) => check(node.source, isTypeOnly(node)),
        ExportAllDeclaration: (node) => check(node.source, node.exportKind === "type"),
        ExportNamedDeclaration: (node) => {
          if (node.source) check(node.source, node.exportKind === "type");
        },
        ImportExpression: (node) => check(node.source, false),
        TSImportType: (node) => {
          if (node.argument.type === "TSLiteralType") check(node.argument.literal, true);
        },
      };
    },
  };
}

function isTypeOnly({ importKind, specifiers }: Deno.lint.ImportDeclaration): boolean {
  if (importKind === "type") return true;
  return specifiers.length > 0 &&
    specifiers.every((one) => one.type === "ImportSpecifier" && one.importKind === "type");
}

const plugin: Deno.lint.Plugin = {
  name: "architecture",
  rules: Object.fromEntries(
    Object.entries(RULES).map(([name, rule]) => [name, lintRule(rule)]),
  ),
};

export default plugin;
