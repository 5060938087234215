import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type TestContext, expect, test } from 'vitest'
import { readEnvironment } from '../../src/cli/environment.ts'
import { readSync } from '../../src/app/sync/read-sync.ts'
import { pauseSync, resumeSync } from '../../src/app/sync/pause-sync.ts'
import { listSyncs, syncHistory } from '../../src/app/sync/sync-history.ts'
import { runSync } from '../../src/app/sync/run-sync.ts'
import { takeFileLock } from '../../src/file-lock.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { createRunFolder, saveRunRecord } from '../../src/run/run-record.ts'
import { hashFile } from '../../src/source/hash-file.ts'
import { addExecution, latestExecutions } from '../../src/sync/executions.ts'
import { timeState } from '../../src/sync/due-times.ts'
import { openStore, syncFolder } from '../../src/sync/store.ts'
import { entry, outcome } from '../ledger/samples.ts'
import { record } from '../run/record.ts'

/** A home with the file of a sync in it. */
function nightly(onTestFinished: TestContext['onTestFinished'], text: string) {
  const home = mkdtempSync(join(tmpdir(), 'rollcall-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const file = join(home, 'nightly.yaml')
  writeFileSync(file, text)
  return { home, file }
}

test('stopped while it waits for another process, a time is not taken for skipped', async ({ onTestFinished }) => {
  const { home, file } = nightly(onTestFinished, 'source: inbox\nplan: plan.yaml\noverlap: queue\n')
  const sync = readSync(file)
  const unlock = takeFileLock(syncFolder(home, sync.name).lock)
  onTestFinished(() => unlock?.())
  const due = Date.UTC(2030, 0, 1)

  const context = { environment: readEnvironment({ home }), on() {}, signal: AbortSignal.abort() }
  const end = await runSync(sync, { force: false, workers: true, due }, context)

  expect(end).toEqual({ state: 'stopped', executions: [] })
  const store = openStore(home, sync.name)
  onTestFinished(() => store.close())
  expect(timeState(store, due)).toBeUndefined()
  expect(latestExecutions(store, 1)).toEqual([])
})

test('a paused sync begins nothing, says so of its times, and goes on once it is resumed', async ({
  onTestFinished,
}) => {
  const { home, file } = nightly(onTestFinished, 'source: inbox\nplan: plan.yaml\n')
  mkdirSync(join(home, 'inbox'))
  writeFileSync(join(home, 'plan.yaml'), 'register: { body: { profiles: [{ identifiers: [] }] } }\n')
  const environment = readEnvironment({ home })
  const context = { environment, on() {}, signal: new AbortController().signal }
  const at = async (due?: number) =>
    (await runSync(readSync(file), { force: false, workers: true, ...(due !== undefined && { due }) }, context)).state
  const first = Date.UTC(2030, 0, 1)
  expect(await at(first)).toBe('nothing')

  expect(pauseSync(environment, 'nightly')).toEqual({ sync: 'nightly', already: false })
  expect(pauseSync(environment, file)).toEqual({ sync: 'nightly', already: true })
  expect([await at(first + 1), await at(first + 1), await at()]).toEqual(['paused', 'past', 'paused'])
  expect(listSyncs(environment)).toMatchObject([{ name: 'nightly', paused: expect.any(Number), next: undefined }])
  expect(syncHistory(environment, 'nightly', 10).at(-1)).toMatchObject({ due: first + 1, outcome: 'paused' })
  expect(listSyncs(environment)[0]?.last).toMatchObject({ due: first, outcome: 'missed' })

  expect(resumeSync(environment, 'nightly')).toEqual({ sync: 'nightly', already: false })
  expect(await at(first + 1)).toBe('past')
  expect(await at(first + 2)).toBe('nothing')
  expect(listSyncs(environment)[0]?.paused).toBeUndefined()
})

test('a file that breaks off in its middle goes to failed/, and keeps no later one waiting', async ({
  onTestFinished,
}) => {
  const { home, file } = nightly(onTestFinished, 'source: inbox\nplan: plan.yaml\nready: renamed\n')
  writeFileSync(join(home, 'plan.yaml'), 'register: { body: { profiles: [{ firstName: "${name}" }] } }\n')
  mkdirSync(join(home, 'inbox'))
  // More than is looked at when a file is opened.
  const packed = gzipSync(
    `name,noise\n${Array.from({ length: 30_000 }, () => `Asha,${randomBytes(12).toString('hex')}\n`).join('')}`,
  )
  writeFileSync(join(home, 'inbox', 'a.csv.gz'), packed.subarray(0, packed.length - 20_000))
  // The plan's column is not in it: it is looked at, and nothing is sent.
  writeFileSync(join(home, 'inbox', 'b.csv'), 'first\nAsha\n')
  const context = { environment: readEnvironment({ home }), on() {}, signal: new AbortController().signal }

  const end = await runSync(readSync(file), { force: false, workers: true }, context)

  expect(end.state).toBe('held')
  expect(end.executions).toMatchObject([
    { execution: { file: 'a.csv.gz', outcome: 'guard', archived: expect.stringContaining('failed/') } },
    { execution: { file: 'b.csv', outcome: 'guard', archived: expect.stringContaining('failed/') } },
  ])
})

test('a file that its sender wrote on into while it was imported keeps no later one waiting', async ({
  onTestFinished,
}) => {
  const { home, file } = nightly(onTestFinished, 'source: inbox\nplan: plan.yaml\nready: renamed\n')
  writeFileSync(join(home, 'plan.yaml'), 'register: { body: { profiles: [{ firstName: "${name}" }] } }\n')
  mkdirSync(join(home, 'inbox', 'working'), { recursive: true })
  const taken = join(home, 'inbox', 'working', 'a.csv')
  writeFileSync(taken, 'name\nAsha\n')
  writeFileSync(join(home, 'inbox', 'b.csv'), 'first\nAsha\n')
  const sha256 = await hashFile(taken)
  const reason = 'a.csv grew after it had been opened.'
  const halted = record('a', { file: taken, sha256, sync: 'nightly/1', state: 'halted', reason, lanes: ['register'] })
  const folder = createRunFolder(home, 'a')
  writeFileSync(folder.plan, readFileSync(join(home, 'plan.yaml')))
  saveRunRecord(home, halted)
  const ledger = openLedger(folder.ledger)
  ledger.meta.set('columns', ['name'])
  ledger.write({ rows: [entry(1)], outcomes: [outcome(1)] })
  ledger.close()
  const store = openStore(home, 'nightly')
  addExecution(store, { startedAt: Date.now(), file: 'a.csv', sha256, run: 'a', outcome: 'halted' })
  store.close()
  appendFileSync(taken, 'Ravi\n')
  const context = { environment: readEnvironment({ home }), on() {}, signal: new AbortController().signal }

  const end = await runSync(readSync(file), { force: false, workers: true }, context)

  expect(end.executions).toMatchObject([
    { execution: { file: 'a.csv', outcome: 'cancelled', reason, archived: expect.stringContaining('failed/a.a.csv') } },
    { execution: { file: 'b.csv', outcome: 'guard' } },
  ])
})

test('a memory that is damaged is told of, and hides no other sync', ({ onTestFinished }) => {
  const { home, file } = nightly(onTestFinished, 'source: inbox\nplan: plan.yaml\n')
  openStore(home, 'nightly').close()
  openStore(home, 'weekly').close()
  writeFileSync(syncFolder(home, 'nightly').database, 'x'.repeat(5_000))

  expect(listSyncs(readEnvironment({ home }))).toMatchObject([
    { name: 'nightly', problem: 'what it remembers cannot be read' },
    { name: 'weekly' },
  ])
  expect(() => syncHistory(readEnvironment({ home }), file, 5)).toThrow(
    /What the sync nightly remembers is damaged: .*move it away/,
  )
})
