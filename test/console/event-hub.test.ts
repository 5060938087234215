import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RunCatalogue } from '../../src/app/runs/run-catalogue.ts'
import { type RunEvent, openEventHub } from '../../src/console/event-hub.ts'
import { takeFileLock } from '../../src/file-lock.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { createRunFolder, saveRunRecord } from '../../src/run/run-record.ts'
import { entry } from '../ledger/samples.ts'
import { record } from '../run/record.ts'
import { temporaryFolder } from '../support/cli.ts'
import { until } from '../support/wait.ts'

test('runs that cannot be read for a while are told of again when they can, and no reader ends by it', async (context) => {
  const home = temporaryFolder()
  const folder = createRunFolder(home, 'a')
  saveRunRecord(home, { ...record('a'), state: 'running' })
  const ledger = openLedger(folder.ledger)
  ledger.write({ rows: [entry(1)] })
  ledger.close()
  const unlock = takeFileLock(folder.lock)
  context.onTestFinished(() => unlock?.())
  const runs = join(home, 'runs')
  const hub = openEventHub(home, new RunCatalogue(home))
  context.onTestFinished(() => hub.close())

  renameSync(runs, `${runs}-away`)
  writeFileSync(runs, 'no folder')
  const heard: RunEvent[] = []
  hub.listen((event) => heard.push(event))
  rmSync(runs)
  renameSync(`${runs}-away`, runs)
  await until('the run is told of', () => heard.length > 0)
  expect(heard[0]).toMatchObject({ run: 'a', state: 'running' })
})
