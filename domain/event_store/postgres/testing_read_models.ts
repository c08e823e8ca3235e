/** Read models alone on a real PostgreSQL, for questions about what events develop into. */
import type { Develop } from "../../core/scenario.ts";
import type { Schema } from "../event_store.ts";
import { connect, run } from "./connection.ts";
import { createReadModels, projected, schemaNameOf } from "./read_models.ts";
import { migrate } from "./tables.ts";
import { all, Transactions } from "./transactions.ts";

export interface TestReadModels extends AsyncDisposable {
  /** In a transaction that is rolled back, one after another. */
  readonly develop: Develop;
  /** Closes the connection. */
  close(): Promise<void>;
}

/** @param url of an empty database */
export async function openReadModels(
  url: string,
  { readModels, tables }: Pick<Schema, "readModels" | "tables">,
): Promise<TestReadModels> {
  const schemaName = schemaNameOf(readModels);
  const searchPath = [schemaName, "public"];
  const sql = connect(url, {
    max: 1,
    searchPath,
    readOnly: true,
    byKeys: true,
    purpose: "testing",
  });
  const transactions = new Transactions(() => sql);
  await migrate(transactions, tables);
  await createReadModels({ transactions, schemaName, readModels });
  const close = () => sql.end();
  return {
    develop: (film, ask) =>
      transactions.run(async (sql) => {
        await all(projected(sql, readModels, film, film.length));
        return await ask(async (statement) => [...await run(sql, statement)]);
      }),
    close,
    [Symbol.asyncDispose]: close,
  };
}
