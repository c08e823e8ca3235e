import type { EventStore, Schema } from "./event_store.ts";

/** All rows of all read models by table, each as JSON, in an order that is the same for the same rows. */
export async function printsOf(
  store: Pick<EventStore, "query">,
  { readModels }: Pick<Schema, "readModels">,
): Promise<Record<string, string[]>> {
  const prints: Record<string, string[]> = {};
  for (const table of Object.values(readModels).flatMap(({ tables }) => tables)) {
    const rows = await store.query({ texts: [`SELECT * FROM ${table}`], params: [] });
    prints[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return prints;
}
