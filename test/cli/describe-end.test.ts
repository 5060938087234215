import { expect, test } from 'vitest'
import type { ShownRun } from '../../src/app/runs/show-run.ts'
import { describeEnd } from '../../src/cli/screen/print-end.ts'
import { plain } from '../../src/cli/screen/span.ts'
import { record } from '../run/record.ts'

/** What is shown of the rows of a run that has taken up a hundred, of which seventy are done. */
function shown(state: ShownRun['record']['state'], inFlight: number | undefined): readonly string[] {
  const none = { warned: 0, rejected: 0, failed: 0, invalid: 0, skipped: 0 }
  const run = { run: 'r1', file: 'members.csv', sha256: '', plan: 'plan.yaml', started_at: '', finished_at: null }
  const summary = { ...run, ...none, rows: 100, ok: 70, lanes: {}, codes: [], skipped_because: [] }
  const end: ShownRun = {
    record: { ...record('r1'), state },
    summary: { ...summary, state: 'paused' },
    rejects: 0,
    notRead: 400,
    inFlight,
    problems: [],
  }
  return describeEnd(end, '/nowhere')
    .map((line) => (typeof line === 'string' ? line : plain(line)))
    .filter((line) => line.includes(' open '))
    .map((line) => line.trim().replaceAll(/ +/g, ' '))
}

test('of a run at work, rows in flight are told from those not sent yet, where its process knows', () => {
  expect(shown('running', 12)).toEqual(['12 open in flight', '18 open not sent yet', '400 open not read yet'])
  expect(shown('running', 0)).toEqual(['30 open not sent yet', '400 open not read yet'])
  // What was noted a moment ago may be more than is open by now.
  expect(shown('running', 50)).toEqual(['30 open in flight', '400 open not read yet'])
  expect(shown('running', undefined)).toEqual(['30 open in flight, or not sent yet', '400 open not read yet'])
})

test('of one that nobody works on, what was noted says nothing', () => {
  expect(shown('paused', 12)).toEqual(['30 open not sent yet', '400 open not read yet'])
  expect(shown('crashed', 12)[0]).toBe('30 open were in flight, or not sent yet')
})
