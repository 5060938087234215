import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { UsageError } from '../../src/model.ts'
import { timeState } from '../../src/sync/due-times.ts'
import { unfinishedExecution } from '../../src/sync/executions.ts'
import { openIncidents, pendingNotifications } from '../../src/sync/outbox.ts'
import { type Store, openStore, syncFolder } from '../../src/sync/store.ts'
import { temporaryFolder } from '../support/cli.ts'

/** What version 2 calls otherwise, as it was before: one execution that is under way, a notification that waits. */
const FORMER_NAMES = `
  CREATE TABLE nights (
    id INTEGER PRIMARY KEY, due INTEGER, started_at INTEGER NOT NULL, ended_at INTEGER, file TEXT, sha256 TEXT,
    run TEXT, outcome TEXT, reason TEXT, survey TEXT, problems INTEGER, archived TEXT
  ) STRICT;
  CREATE INDEX nights_sha256 ON nights (sha256);
  CREATE TABLE times (due INTEGER PRIMARY KEY, state TEXT NOT NULL) STRICT;
  CREATE TABLE tellings (
    id INTEGER PRIMARY KEY, channel TEXT NOT NULL, notice TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE standing (told TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  INSERT INTO nights (id, started_at, file, sha256) VALUES (7, 5, 'members.csv', 'abc');
  INSERT INTO times VALUES (4, 'begun');
  INSERT INTO tellings VALUES (1, '{"kind":"heartbeat","address":"BEAT"}', '{"id":"nightly-6"}', 9);
  INSERT INTO standing VALUES ('missed');
`

/** The tables of version 0, as far as they were another form, with three members in the middle of an execution. */
const VERSION_0 = `
  ${FORMER_NAMES}
  CREATE TABLE members (
    key TEXT NOT NULL, register TEXT NOT NULL, register_state INTEGER NOT NULL, link TEXT NOT NULL,
    link_state INTEGER NOT NULL, run TEXT NOT NULL, gone TEXT, PRIMARY KEY (key, register, link)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE repeats (
    key TEXT NOT NULL, register TEXT NOT NULL, link TEXT NOT NULL, of_key TEXT NOT NULL,
    PRIMARY KEY (key, register, link)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX members_gone ON members (gone) WHERE gone IS NOT NULL;
  CREATE TABLE tonight (
    row INTEGER PRIMARY KEY, key TEXT NOT NULL, register TEXT NOT NULL, register_step INTEGER NOT NULL,
    link TEXT NOT NULL, link_step INTEGER NOT NULL, settles INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX tonight_key ON tonight (key);
  INSERT INTO members VALUES
    ('M-1', 'r1', 1, 'l1', 3, 'run-1', NULL), ('M-2', '', 0, 'l2', 2, 'run-1', 'run-2'), ('M-3', 'r3', 4, '', 0, 'run-2', NULL);
  INSERT INTO repeats VALUES ('M-3', 'r3', '', 'M-1');
  INSERT INTO tonight VALUES (1, 'M-1', 'r1', 2, 'l1', 1, 1), (2, 'M-3', 'r3', 6, '', 0, 0), (3, '', '', 0, '', 0, 0);
`

/** Those of version 1, as far as they were another form. */
const VERSION_1 = `
  ${FORMER_NAMES}
  CREATE TABLE tonight (
    row INTEGER PRIMARY KEY, key TEXT NOT NULL, asks TEXT NOT NULL, steps TEXT NOT NULL, settles INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX tonight_key ON tonight (key);
  INSERT INTO tonight VALUES (1, 'M-1', 'register:r1 link:l1', '21', 1);
`
const DROP_RENAMED =
  'DROP TABLE staged_rows; DROP TABLE executions; DROP TABLE due_times; DROP TABLE outbox; DROP TABLE incidents;'

test('a memory of the first rollcall is taken over, and the execution that was under way goes on', () => {
  const home = temporaryFolder()
  openStore(home, 'nightly').close()
  const { database } = syncFolder(home, 'nightly')
  const old = new DatabaseSync(database)
  old.exec(`DROP TABLE members; DROP TABLE repeats; ${DROP_RENAMED} PRAGMA user_version = 0; ${VERSION_0}`)
  old.close()

  openStore(home, 'nightly').close()
  const store = openStore(home, 'nightly')
  expect(store.db.prepare('SELECT * FROM members ORDER BY key').all()).toEqual([
    { key: 'M-1', asks: 'register:r1 link:l1', states: '13', run: 'run-1', gone: null },
    { key: 'M-2', asks: 'link:l2', states: '2', run: 'run-1', gone: 'run-2' },
    { key: 'M-3', asks: 'register:r3', states: '4', run: 'run-2', gone: null },
  ])
  expect(store.db.prepare('SELECT * FROM repeats').all()).toEqual([{ key: 'M-3', asks: 'register:r3', of_key: 'M-1' }])
  expect(store.db.prepare('SELECT * FROM staged_rows').all()).toEqual([
    { row: 1, key: 'M-1', asks: 'register:r1 link:l1', steps: '21', settles: 1 },
    { row: 2, key: 'M-3', asks: 'register:r3', steps: '6', settles: 0 },
    { row: 3, key: '', asks: '', steps: '', settles: 0 },
  ])
  expect(store.db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE '%_0'").all()).toEqual([])
  expectFormerNames(store)
  store.close()
})

test('so is one of the second, whose tables had other names', () => {
  const home = temporaryFolder()
  openStore(home, 'nightly').close()
  const { database } = syncFolder(home, 'nightly')
  const old = new DatabaseSync(database)
  old.exec(`${DROP_RENAMED} PRAGMA user_version = 1; ${VERSION_1}`)
  old.close()

  const store = openStore(home, 'nightly')
  expect(store.db.prepare('SELECT * FROM staged_rows').all()).toEqual([
    { row: 1, key: 'M-1', asks: 'register:r1 link:l1', steps: '21', settles: 1 },
  ])
  expectFormerNames(store)
  store.close()
})

function expectFormerNames(store: Store): void {
  expect(unfinishedExecution(store)).toMatchObject({ id: 7, startedAt: 5, file: 'members.csv', sha256: 'abc' })
  expect(timeState(store, 4)).toBe('begun')
  expect(openIncidents(store)).toEqual(['missed'])
  expect(pendingNotifications(store, 0)).toEqual([
    { id: 1, channel: { kind: 'heartbeat', address: 'BEAT' }, notification: { id: 'nightly-6' } },
  ])
  const names = store.db
    .prepare('SELECT name FROM sqlite_schema')
    .all()
    .map(({ name }) => String(name))
  expect(names.filter((name) => /night|^times$|telling|standing/.test(name))).toEqual([])
}

test('a memory of a newer rollcall is refused', () => {
  const home = temporaryFolder()
  openStore(home, 'nightly').close()
  const { database } = syncFolder(home, 'nightly')
  const newer = new DatabaseSync(database)
  newer.exec('PRAGMA user_version = 99')
  newer.close()
  expect(() => openStore(home, 'nightly')).toThrow(
    new UsageError(`${database} was written by a newer rollcall: use that one.`),
  )
})
