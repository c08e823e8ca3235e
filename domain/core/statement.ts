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
}

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

const isStatement = (value: SqlValue | Statement): value is Statement =>
  typeof value === "object" && value !== null && "texts" in value;

function compose(
  outer: readonly string[],
  values: readonly (SqlValue | Statement)[],
): Statement {
  const params: SqlValue[] = [];
  for (const value of values) {
    if (isStatement(value)) params.push(...value.params);
    else params.push(value);
  }
  return { texts: composeTexts(outer, values), params };
}

interface Composition {
  readonly parts: readonly (readonly string[] | null)[];
  readonly texts: readonly string[];
}

/** The last composition of each template: engines know prepared statements by their `texts`. */
const compositions = new WeakMap<readonly string[], Composition>();

function composeTexts(
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
