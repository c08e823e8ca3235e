import { asUnavailable } from "../event_store.ts";
import { connect } from "./connection.ts";

/**
 * Whether a database is a Filmroll's already.
 *
 * @throws StoreUnavailable if it cannot be asked
 */
export async function isFilmrolls(url: string): Promise<boolean> {
  const sql = connect(url, { max: 1, searchPath: ["public"], readOnly: true, purpose: "looking" });
  try {
    const [row] = await sql.unsafe("SELECT to_regclass('schema_version') IS NOT NULL AS is_there");
    return row!.is_there === 1;
  } catch (error) {
    throw asUnavailable(error, "Cannot open the database");
  } finally {
    await sql.end({ timeout: 1 });
  }
}
