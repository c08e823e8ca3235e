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
  const texts = [outer[0]!];
  const params: SqlValue[] = [];
  values.forEach((value, index) => {
    const after = outer[index + 1]!;
    if (!isStatement(value)) {
      params.push(value);
      texts.push(after);
      return;
    }
    params.push(...value.params);
    texts[texts.length - 1] += value.texts[0]!;
    texts.push(...value.texts.slice(1));
    texts[texts.length - 1] += after;
  });
  return { texts, params };
}
