/**
 * The film and what belongs to it. Read models are the contexts' (see `ReadModel`). A change of these
 * tables is a step of migrations.ts as well.
 */
export const tables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS event_store (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    sealed BLOB,
    metadata TEXT NOT NULL,
    created_at TEXT NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (stream, version)
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS person_key (
    person_id INTEGER PRIMARY KEY,
    wrapped BLOB
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS master_key (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    verifier BLOB NOT NULL
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS command (
    command_id TEXT PRIMARY KEY,
    command TEXT NOT NULL,
    actor INTEGER,
    result TEXT NOT NULL,
    position INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS sequence (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS subscriber (
    name TEXT PRIMARY KEY,
    position INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS read_model (
    name TEXT PRIMARY KEY,
    version INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
];
