import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readEnvironment } from '../../src/cli/environment.ts'
import { readSync } from '../../src/app/sync/read-sync.ts'
import { runSync } from '../../src/app/sync/run-sync.ts'
import { takeFileLock } from '../../src/file-lock.ts'
import { latestExecutions } from '../../src/sync/executions.ts'
import { timeState } from '../../src/sync/due-times.ts'
import { openStore, syncFolder } from '../../src/sync/store.ts'

test('stopped while it waits for another process, a time is not taken for skipped', async ({ onTestFinished }) => {
  const home = mkdtempSync(join(tmpdir(), 'rollcall-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const file = join(home, 'nightly.yaml')
  writeFileSync(file, 'source: inbox\nplan: plan.yaml\noverlap: queue\n')
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
