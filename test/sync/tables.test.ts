import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { UsageError } from '../../src/model.ts'
import { openStore, syncFolder } from '../../src/sync/store.ts'
import { temporaryFolder } from '../support/cli.ts'

/** The tables of version 0, as far as they were another form, with three members in the middle of a night. */
const VERSION_0 = `
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

test('a memory of an earlier rollcall is taken over, and the night that was under way goes on', () => {
  const home = temporaryFolder()
  openStore(home, 'nightly').close()
  const { database } = syncFolder(home, 'nightly')
  const old = new DatabaseSync(database)
  old.exec(`DROP TABLE members; DROP TABLE repeats; DROP TABLE tonight; PRAGMA user_version = 0; ${VERSION_0}`)
  old.close()

  openStore(home, 'nightly').close()
  const store = openStore(home, 'nightly')
  expect(store.db.prepare('SELECT * FROM members ORDER BY key').all()).toEqual([
    { key: 'M-1', asks: 'register:r1 link:l1', states: '13', run: 'run-1', gone: null },
    { key: 'M-2', asks: 'link:l2', states: '2', run: 'run-1', gone: 'run-2' },
    { key: 'M-3', asks: 'register:r3', states: '4', run: 'run-2', gone: null },
  ])
  expect(store.db.prepare('SELECT * FROM repeats').all()).toEqual([{ key: 'M-3', asks: 'register:r3', of_key: 'M-1' }])
  expect(store.db.prepare('SELECT * FROM tonight').all()).toEqual([
    { row: 1, key: 'M-1', asks: 'register:r1 link:l1', steps: '21', settles: 1 },
    { row: 2, key: 'M-3', asks: 'register:r3', steps: '6', settles: 0 },
    { row: 3, key: '', asks: '', steps: '', settles: 0 },
  ])
  expect(store.db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE '%_0'").all()).toEqual([])
  store.close()
})

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
