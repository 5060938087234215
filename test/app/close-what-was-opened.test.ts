import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'vitest'
import { openImport } from '../../src/app/input/open-import.ts'
import { openRerun } from '../../src/app/rerun/open-rerun.ts'
import { openRunInput } from '../../src/app/resume/open-run-input.ts'
import { openVerification } from '../../src/app/verify/open-verification.ts'
import { readEnvironment } from '../../src/cli/environment.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { type RunRecord, createRunFolder, saveRunRecord } from '../../src/run/run-record.ts'
import { hashFile } from '../../src/source/hash-file.ts'
import { entry, rejected } from '../ledger/samples.ts'
import { record } from '../run/record.ts'
import { temporaryFolder } from '../support/cli.ts'

const PLAN = 'register: { body: { profiles: [{ firstName: "${name}" }] } }\n'

// Node ends a process whose garbage collector finds an open file: at any moment later, whatever it is at.
describe.skipIf(platform() !== 'linux')('a plan that names a column which the file lacks leaves nothing open', () => {
  test.for([
    ['in an import', openForImport],
    ['in a rerun', openForRerun],
    ['in a rerun of a mended file', openForMendedRerun],
    ['where a run is resumed', openForResume],
    ['in a verification', openForVerification],
  ] as const)('%s', async ([, open], { expect }) => {
    const folder = temporaryFolder()
    await expect(open(folder)).rejects.toThrow(/column.*name/)
    expect(openBelow(folder)).toEqual([])
  })
})

async function openForImport(folder: string): Promise<unknown> {
  const file = csv(folder)
  const context = { environment: readEnvironment({ home: folder }), on() {}, signal: new AbortController().signal }
  return await openImport({ files: [file], plan: plan(folder) }, context)
}

async function openForRerun(folder: string): Promise<unknown> {
  return await openRerun(folder, await finishedRun(folder), { only: ['rejected'], plan: plan(folder) })
}

async function openForMendedRerun(folder: string): Promise<unknown> {
  const target = await finishedRun(folder)
  const from = join(folder, 'mended.csv')
  writeFileSync(from, 'first_name,_row\nAsha,1\n')
  return await openRerun(folder, target, { only: ['rejected'], from, plan: plan(folder) })
}

async function openForResume(folder: string): Promise<unknown> {
  return await openRunInput(folder, await finishedRun(folder))
}

async function openForVerification(folder: string): Promise<unknown> {
  return await Promise.resolve(openVerification(folder, (await finishedRun(folder)).run))
}

/** A run over a file whose columns are not those of its plan, with one row that was rejected. */
async function finishedRun(home: string): Promise<RunRecord> {
  const file = csv(home)
  const target = record('a', { file, source: file, sha256: await hashFile(file) })
  const folder = createRunFolder(home, target.run)
  writeFileSync(folder.plan, PLAN)
  saveRunRecord(home, target)
  const ledger = openLedger(folder.ledger)
  ledger.meta.set('columns', ['first_name'])
  ledger.write({ rows: [entry(1)], outcomes: [rejected(1)] })
  ledger.close()
  return target
}

function csv(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'members.csv')
  writeFileSync(path, 'first_name\nAsha\n')
  return path
}

function plan(folder: string): string {
  const path = join(folder, 'plan.yaml')
  writeFileSync(path, PLAN)
  return path
}

/** The files below a folder that this process has open. */
function openBelow(folder: string): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`)
      return path.startsWith(folder) ? [path] : []
    } catch {
      // That by which the folder is read.
      return []
    }
  })
}
