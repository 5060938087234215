import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openRemote } from '../../src/remote/remote.ts'
import { openStore } from '../../src/sync/store.ts'
import { fetchFiles } from '../../src/sync/remote-inbox.ts'
import { temporaryFolder } from '../support/cli.ts'
import { accessOf } from './access.ts'
import { startBareServer } from './bare-server.ts'

const SIGNAL = new AbortController().signal
const CONTENT = Buffer.from('M-1,Asha\n'.repeat(20_000))
const FILE = { mode: 0o100_644, uid: 0, gid: 0, atime: 1_700_000_000, mtime: 1_700_000_000, size: CONTENT.length }
const { size: _size, ...SIZELESS } = FILE

async function setUp(listed: object, told: object) {
  const server = await startBareServer({ name: 'members.csv', content: CONTENT, listed, told })
  onTestFinished(() => server.close())
  const home = temporaryFolder()
  const remote = openRemote({ access: accessOf(home, { hostKey: server.fingerprint }), backoffMs: 1 })
  onTestFinished(() => remote.close())
  return { home, remote, folder: `sftp://asha:secret@127.0.0.1:${server.port}/in/` }
}

test.for([
  ['lists names alone', {}, FILE, { bytes: CONTENT.length, changedAt: 1_700_000_000_000 }],
  ['lists no permissions', { ...FILE, mode: undefined }, FILE, { bytes: CONTENT.length }],
  ['knows no sizes', SIZELESS, SIZELESS, { bytes: undefined, changedAt: 1_700_000_000_000 }],
  ['knows nothing', {}, {}, { bytes: undefined, changedAt: undefined, version: undefined }],
] as const)('a file is found and fetched whole from a server that %s', async ([, listed, told, expected]) => {
  const { home, remote, folder } = await setUp(listed, told)
  const files = await remote.list(folder, SIGNAL)
  expect(files).toMatchObject([{ name: 'members.csv', ...expected }])
  await remote.fetch(`${folder}members.csv`, join(home, 'fetched'), SIGNAL)
  expect(readFileSync(join(home, 'fetched')).equals(CONTENT)).toBe(true)
})

test('a folder is no file', async () => {
  const { remote, folder } = await setUp({ mode: 0o040_755, size: 0, mtime: 1 }, { mode: 0o040_755 })
  expect(await remote.list(folder, SIGNAL)).toEqual([])
})

test('an inbox whose files have no times is not taken to be left alone: the words say what to do', async () => {
  const { home, remote, folder } = await setUp({}, { mode: 0o100_644, size: CONTENT.length })
  const store = openStore(home, 'nightly')
  onTestFinished(() => store.close())
  const inbox = {
    address: `${folder}*.csv`,
    folder: join(home, 'inbox'),
    ready: { kind: 'unchanged', forMs: 60_000 },
    store,
    remote,
    now: Date.now(),
    signal: SIGNAL,
  } as const
  await expect(fetchFiles(inbox)).rejects.toThrow(/does not say when .*members\.csv was changed.*`ready: renamed`/)
})
