import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

import { UsageError } from '../model.ts'

/** `roll` in ASCII: tells a ledger from any other SQLite file. */
const applicationId = 0x726f6c6c

/**
 * The tables of `ledger.db`, which people may query too.
 *
 * - `rows`: a line for each row that was read. `status` is NULL while a lane that the row asks for has no outcome yet;
 *   `asks` names those lanes, comma-separated; `batches` is JSON, the batch by lane; `input` is JSON, an array of cells
 *   where `kind` is `cells` (CSV) and the record itself where it is `value` (JSONL); `raw` is the record's text where
 *   `input` cannot hold it.
 * - `outcomes`: a line for each row and lane that has its final outcome. Times are ISO 8601, UTC. `detail` is JSON with
 *   `warnings`, `sideEffects`, `programs`, `hint` and `confirmed`, each only where there is something to say.
 * - `deliveries`: the publications of workers that were recorded, so that none is recorded twice.
 * - `lanes`, `counts`, `codes`: running totals, always in step with the above. Times are milliseconds since the epoch;
 *   a code's `message` has its ids and values cut out, so that equal problems count as one.
 * - `meta`: small facts on the run, as JSON.
 */
const tables1 = `
  CREATE TABLE rows (
    row INTEGER PRIMARY KEY,
    line INTEGER NOT NULL,
    key TEXT NOT NULL,
    status TEXT,
    asks TEXT NOT NULL,
    batches TEXT,
    kind TEXT NOT NULL,
    input TEXT NOT NULL,
    raw TEXT
  ) STRICT;
  CREATE INDEX rows_open ON rows (row) WHERE status IS NULL;
  CREATE TABLE outcomes (
    row INTEGER NOT NULL,
    lane TEXT NOT NULL,
    result TEXT NOT NULL,
    status TEXT NOT NULL,
    customer_id TEXT,
    code INTEGER,
    message TEXT,
    attempts INTEGER NOT NULL,
    request_id TEXT,
    finished_at TEXT NOT NULL,
    detail TEXT,
    PRIMARY KEY (row, lane)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE deliveries (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE lanes (
    lane TEXT PRIMARY KEY,
    highest_batch INTEGER NOT NULL DEFAULT 0,
    requests INTEGER NOT NULL DEFAULT 0,
    retries INTEGER NOT NULL DEFAULT 0,
    throttled INTEGER NOT NULL DEFAULT 0,
    first_at INTEGER,
    last_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE counts (status TEXT PRIMARY KEY, rows INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE codes (
    lane TEXT NOT NULL,
    severity TEXT NOT NULL,
    code INTEGER,
    message TEXT NOT NULL,
    rows INTEGER NOT NULL,
    first_row INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX codes_key ON codes (lane, severity, ifnull(code, -1), message);
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`

/**
 * Since schema 2: how the run went. Times are milliseconds since the epoch.
 *
 * - `attempts`: a line for each request, with the batch that it was sent for; `rows` is JSON, an array of row numbers.
 *   `status` is the HTTP status, `fault` says why there is none, `note` why the request was not the last one.
 *   `look_up` is 1 where it only asked for a member's id. Of a row that took more than six requests, some are left out.
 * - `seconds`: requests that left, and outcomes that they brought, by lane and second (since the epoch).
 * - `events`: `began` and `ended` (`detail`: how) for each session; `limit` (`rpm`, NULL: none) when a lane's limit was set;
 *   `throttled`, from `at` until `until`; `outage` likewise (`detail`: why; `until` NULL: its end was not told).
 */
const tables2 = `
  CREATE TABLE attempts (
    lane TEXT NOT NULL,
    batch INTEGER NOT NULL,
    at INTEGER NOT NULL,
    rows TEXT NOT NULL,
    took_ms INTEGER NOT NULL,
    status INTEGER,
    fault TEXT,
    request_id TEXT,
    note TEXT,
    look_up INTEGER NOT NULL,
    PRIMARY KEY (lane, batch, at, look_up, rows)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE seconds (
    lane TEXT NOT NULL,
    second INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    PRIMARY KEY (lane, second)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE events (
    kind TEXT NOT NULL,
    lane TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER,
    rpm INTEGER,
    detail TEXT,
    PRIMARY KEY (kind, lane, at)
  ) STRICT, WITHOUT ROWID;
`

/**
 * Since schema 3: `skips`, a running total like `codes`: of the rows whose status is `skipped`, the message of the first lane
 * that they ask for.
 */
const tables3 = `
  CREATE TABLE skips (message TEXT PRIMARY KEY, rows INTEGER NOT NULL, first_row INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`

/** Since schema 4: the way to rows by what became of them, other than `ok`, and by code. */
const indexes4 = `
  CREATE INDEX rows_status ON rows (status, row) WHERE status <> 'ok';
  CREATE INDEX outcomes_code ON outcomes (code, row) WHERE code IS NOT NULL;
`

/** Since schema 5: `members`, on lanes where no two rows should come to one customer id, the first row that came to it. */
const tables5 = `
  CREATE TABLE members (
    lane TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (lane, customer_id)
  ) STRICT, WITHOUT ROWID;
`

/**
 * Since schema 6: `results`, running totals by lane. `what` is `request`, and `name` what became of it, or `row`, and `name`
 * the result of its outcome.
 */
const tables6 = `
  CREATE TABLE results (
    lane TEXT NOT NULL,
    what TEXT NOT NULL,
    name TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (lane, what, name)
  ) STRICT, WITHOUT ROWID;
`

/**
 * Since schema 7: `outcomes` is a view. What many outcomes have in common stands once in `verdicts`, and `answers` has a short
 * line for each row and lane, where `finished_at` is in milliseconds since the epoch.
 */
const tables7 = `
  CREATE TABLE verdicts (
    verdict INTEGER PRIMARY KEY,
    result TEXT NOT NULL,
    status TEXT NOT NULL,
    message TEXT,
    detail TEXT
  ) STRICT;
  CREATE TABLE answers (
    row INTEGER NOT NULL,
    lane TEXT NOT NULL,
    verdict INTEGER NOT NULL,
    customer_id TEXT,
    code INTEGER,
    attempts INTEGER NOT NULL,
    request_id TEXT,
    finished_at INTEGER NOT NULL,
    PRIMARY KEY (row, lane)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX verdicts_by_text ON verdicts (result, status, message, detail);
  INSERT INTO verdicts (result, status, message, detail) SELECT DISTINCT result, status, message, detail FROM outcomes;
  INSERT INTO answers
    SELECT row, lane, verdict, customer_id, code, attempts, request_id,
      CAST(round(1000 * unixepoch(finished_at, 'subsec')) AS INTEGER)
    FROM outcomes JOIN verdicts ON verdicts.result = outcomes.result AND verdicts.status = outcomes.status
      AND verdicts.message IS outcomes.message AND verdicts.detail IS outcomes.detail;
  DROP INDEX verdicts_by_text;
  DROP TABLE outcomes;
  CREATE INDEX outcomes_code ON answers (code, row) WHERE code IS NOT NULL;
  CREATE VIEW outcomes AS
    SELECT row, lane, result, status, customer_id, code, message, attempts, request_id,
      strftime('%Y-%m-%dT%H:%M:%fZ', finished_at / 1000.0, 'unixepoch') AS finished_at, detail
    FROM answers JOIN verdicts USING (verdict);
`

/**
 * Since schema 8: `other_codes`, the codes that a row met beside the one of its outcome: those of warnings, and of its other
 * partner programs.
 */
const tables8 = `
  CREATE TABLE other_codes (code INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (code, row)) STRICT, WITHOUT ROWID;
  INSERT INTO other_codes
    WITH said AS (
      SELECT DISTINCT verdict, one.value ->> 'code' AS code
      FROM verdicts, json_each(json_array(detail -> 'warnings', detail -> 'programs')) AS list, json_each(list.value) AS one
      WHERE detail IS NOT NULL
    )
    SELECT DISTINCT said.code, row FROM answers JOIN said USING (verdict)
    WHERE said.code IS NOT NULL AND said.code IS NOT answers.code;
`

/**
 * Since schema 9: `owners`, on all lanes, in the place of `members`: by customer id the first row that came to it, and the first
 * row of that row's member; NULL: itself. Ids that are whole numbers are kept as such, in half the place.
 */
const tables9 = `
  CREATE TABLE owners (
    customer_id ANY PRIMARY KEY NOT NULL,
    row INTEGER NOT NULL,
    member INTEGER
  ) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO owners (customer_id, row)
    SELECT iif(CAST(CAST(customer_id AS INTEGER) AS TEXT) = customer_id, CAST(customer_id AS INTEGER), customer_id), row
    FROM members ORDER BY row;
  DROP TABLE members;
`

/** What each schema adds to the one before it. What is there keeps its meaning. */
const schemas: readonly string[] = [tables1, tables2, tables3, indexes4, tables5, tables6, tables7, tables8, tables9]
/** What is there for writing alone: a ledger of before is read as well without it. */
const writersOwn: readonly string[] = [indexes4, tables7, tables8, tables9]

/** The schema that this code writes. */
const schemaVersion = schemas.length

/**
 * Opens the ledger's SQLite file, creating it (readable by its owner only) where it is missing and may be written.
 * A commit that returned survives a power cut.
 * @throws UsageError where the file is missing (read-only), is no ledger, or was written by a newer rollcall.
 */
export function openDatabase(path: string, { readOnly = false } = {}): DatabaseSync {
  if (!existsSync(path)) {
    if (readOnly) throw new UsageError(`${path}: there is no ledger here; name the folder of a run that was started`)
    closeSync(openSync(path, 'a', 0o600))
  }
  const db = new DatabaseSync(path, { readOnly, timeout: 5000 })
  try {
    if (readOnly) prepareForReading(db, path)
    else prepareForWriting(db, path)
    return db
  } catch (error) {
    db.close()
    if (error instanceof Error && error.message.includes('file is not a database')) throw notALedger(path)
    throw error
  }
}

function prepareForWriting(db: DatabaseSync, path: string): void {
  // Looked at before anything is changed: a file that is not ours stays as it is.
  if (numberOf(db, 'PRAGMA user_version') > 0 || hasTables(db)) checkVersion(db, path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -4000')
  db.exec('PRAGMA wal_autocheckpoint = 4000')
  db.exec('BEGIN IMMEDIATE')
  const version = numberOf(db, 'PRAGMA user_version')
  if (version < schemaVersion) {
    const missing = schemas.slice(version).join('')
    db.exec(`${missing} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}`)
  }
  db.exec('COMMIT')
}

/**
 * An older ledger stays as it is: the tables that it lacks are there for this connection alone, and empty. Its outcomes are
 * a table.
 */
function prepareForReading(db: DatabaseSync, path: string): void {
  checkVersion(db, path)
  const missing = schemas.slice(numberOf(db, 'PRAGMA user_version')).filter((schema) => !writersOwn.includes(schema))
  if (missing.length > 0) db.exec(missing.join('').replaceAll('CREATE TABLE', 'CREATE TEMP TABLE'))
}

/** Whether a ledger's outcomes are told by `answers` and `verdicts`; one of before has them in a table. */
export function hasVerdicts(db: DatabaseSync): boolean {
  return numberOf(db, 'PRAGMA user_version') >= schemas.indexOf(tables7) + 1
}

/** Whether a ledger's `other_codes` lead to the rows that met a code beside that of their outcome. */
export function hasOtherCodes(db: DatabaseSync): boolean {
  return numberOf(db, 'PRAGMA user_version') >= schemas.indexOf(tables8) + 1
}

function checkVersion(db: DatabaseSync, path: string): void {
  if (numberOf(db, 'PRAGMA application_id') !== applicationId) throw notALedger(path)
  const version = numberOf(db, 'PRAGMA user_version')
  if (version > schemaVersion) {
    throw new UsageError(
      `${path}: written by a newer rollcall (schema ${version}; this one knows up to ${schemaVersion}); update rollcall`,
    )
  }
}

function notALedger(path: string): UsageError {
  return new UsageError(`${path}: not a ledger of rollcall; name the folder of a run`)
}

function hasTables(db: DatabaseSync): boolean {
  return numberOf(db, 'SELECT count(*) FROM sqlite_schema') > 0
}

function numberOf(db: DatabaseSync, sql: string): number {
  return Number(Object.values(db.prepare(sql).get() ?? {})[0] ?? 0)
}
