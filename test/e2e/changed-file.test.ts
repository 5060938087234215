import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { type TestContext, expect, test } from 'vitest'
import { type Finished, readSummary, run, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { type Trial, startTrial } from '../support/trial.ts'
import { until } from '../support/wait.ts'

const ROWS = 1_000
const PLAN = membersPlan.slice(0, membersPlan.indexOf('link:\n')).replace('register: none', 'register: 500')

/** An import of more rows than may be in flight, of a kilobyte each; some of them are registered by now. */
async function importing(context: TestContext): Promise<Trial & { path: string; ended: Promise<Finished> }> {
  const { simulator, where: place } = await startTrial(context)
  // Within seconds: a shorter minute has the same limit.
  const where = { ...place, env: { ...place.env, ROLLCALL_MINUTE_MS: '6000' } }
  write(where, 'plan.yaml', PLAN)
  const path = write(where, 'members.csv', membersCsv(ROWS).replaceAll('Name', 'Name'.repeat(250)))
  const running = start(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
  await until('some members are there', () => simulator.members().length > 20)
  return { simulator, where, path, ended: running.finished }
}

test('a file that grows while it is read halts the run, which goes on when it is as it was', async (context) => {
  const { where, simulator, path, ended } = await importing(context)
  const { size } = statSync(path)
  appendFileSync(path, 'M-late,Late,919899999999,G-late\n')

  const { status, stdout } = await ended
  expect(status).toBe(4)
  expect(stdout).toContain('members.csv grew after it had been opened: it had')
  expect(stdout).toContain('Put the file back as it was, and resume the run')
  expect(readSummary(where)).toMatchObject({ state: 'halted' })
  expect(simulator.members().length).toBeLessThan(ROWS)

  const changed = await run(where, ['resume', 'latest'])
  expect([changed.status, changed.stderr]).toEqual([2, expect.stringContaining('changed since run')])
  truncateSync(path, size)
  expect(await run(where, ['resume', 'latest'])).toMatchObject({ status: 0 })
  expect(simulator.members().length).toBe(ROWS)
})

test('a file that was written to in secret halts the run when it was read, and never makes it finished', async (context) => {
  const { where, path, ended } = await importing(context)
  const { atime, mtime } = statSync(path)
  const file = openSync(path, 'r+')
  writeSync(file, 'Other', readFileSync(path).lastIndexOf('Name'))
  closeSync(file)
  utimesSync(path, atime, mtime)

  const { status, stdout } = await ended
  expect(status).toBe(4)
  expect(stdout).toMatch(/members\.csv (?:was written to|is not what it was when the run began)/)
  expect(readSummary(where)).toMatchObject({ state: 'halted' })
})
