/** A value that every engine stores as it is. */
export type SqlValue = string | number | null | Uint8Array;

/**
 * SQL as a value: projections and queries return it, engines run it. The pieces of text stand
 * around the parameters, so `texts.length === params.length + 1` and an engine can write its own
 * placeholders between them.
 */
export interface Statement {
  readonly texts: readonly string[];
  readonly params: readonly SqlValue[];
  /** The same in PostgreSQL's dialect, where that says it otherwise. */
  readonly inPostgres?: () => Statement;
}

/** What the engines say differently. */
export interface ByEngine<Value> {
  readonly sqlite: Value;
  readonly postgres: Value;
}

/**
 * A {@linkcode Statement}, or a part of one, of which each engine has a text of its own. PostgreSQL's is
 * looked at when it is needed.
 */
export const byEngine = (texts: ByEngine<Statement>): Statement => ({
  ...texts.sqlite,
  inPostgres: () => texts.postgres,
});

/**
 * Builds a {@linkcode Statement} from a template: every `${value}` is a parameter, never text, and
 * every `${statement}` a part with parameters of its own.
 *
 * ```ts
 * sql`DELETE FROM like_projection WHERE post_id = ${postId}`
 * ```
 */
export function sql(
  texts: TemplateStringsArray,
  ...values: readonly (SqlValue | Statement)[]
): Statement {
  return values.some(isStatement)
    ? compose(texts, values)
    : { texts, params: values as readonly SqlValue[] };
}

const inPostgres = (value: SqlValue | Statement): SqlValue | Statement =>
  isStatement(value) ? value.inPostgres?.() ?? value : value;

const isStatement = (value: SqlValue | Statement): value is Statement =>
  typeof value === "object" && value !== null && "texts" in value;

function compose(
  outer: readonly string[],
  values: readonly (SqlValue | Statement)[],
): Statement {
  const composed = composeFor(compositions, outer, values);
  const differs = values.some((value) => isStatement(value) && value.inPostgres !== undefined);
  return differs
    ? {
      ...composed,
      inPostgres: () => composeFor(compositionsInPostgres, outer, values.map(inPostgres)),
    }
    : composed;
}

function composeFor(
  compositions: Compositions,
  outer: readonly string[],
  values: readonly (SqlValue | Statement)[],
): Statement {
  const params: SqlValue[] = [];
  for (const value of values) {
    if (isStatement(value)) params.push(...value.params);
    else params.push(value);
  }
  return { texts: composeTexts(compositions, outer, values), params };
}

interface Composition {
  readonly parts: readonly (readonly string[] | null)[];
  readonly texts: readonly string[];
}

/** The last composition of each template: engines know prepared statements by their `texts`. */
type Compositions = WeakMap<readonly string[], Composition>;

const compositions: Compositions = new WeakMap();
const compositionsInPostgres: Compositions = new WeakMap();

function composeTexts(
  compositions: Compositions,
  outer: readonly string[],
  values: readonly (SqlValue | Statement)[],
): readonly string[] {
  const last = compositions.get(outer);
  const partOf = (value: SqlValue | Statement) => isStatement(value) ? value.texts : null;
  if (last !== undefined && values.every((value, index) => partOf(value) === last.parts[index])) {
    return last.texts;
  }
  const parts = values.map(partOf);
  const texts = [outer[0]!];
  parts.forEach((part, index) => {
    const after = outer[index + 1]!;
    if (part === null) {
      texts.push(after);
      return;
    }
    texts[texts.length - 1] += part[0]!;
    texts.push(...part.slice(1));
    texts[texts.length - 1] += after;
  });
  compositions.set(outer, { parts, texts });
  return texts;
}
