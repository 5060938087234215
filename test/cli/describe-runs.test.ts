import { expect, test } from 'vitest'
import type { RunList } from '../../src/app/runs/run-catalogue.ts'
import { describeRuns } from '../../src/cli/screen/describe-runs.ts'
import { plain } from '../../src/cli/screen/span.ts'

const NOW = Date.UTC(2026, 10, 29, 21, 15)
const MINUTE_MS = 60_000

const listed = (
  run: string,
  { record = {}, status = {} }: { record?: object; status?: object },
): RunList['runs'][number] =>
  ({
    record: { run, source: 'members.csv', startedAt: new Date(NOW - 95 * MINUTE_MS).toISOString(), ...record },
    status: {
      run,
      state: 'finished',
      rows: 1_200,
      done: 1_200,
      rowsInAll: 1_200,
      problems: 0,
      isToLookAt: false,
      ...status,
    },
  }) as unknown as RunList['runs'][number]

const finishedAt = new Date(NOW - 40 * MINUTE_MS).toISOString()

const list: RunList = {
  runs: [
    listed('20261129-194000-members-a1b2', { record: { finishedAt } }),
    listed('20261129-201000-members-c3d4', {
      record: { rerunOf: 'x', finishedAt, source: 'rejects mended by Asha.csv' },
      status: { problems: 14, rows: 30, done: 30, rowsInAll: 30 },
    }),
    listed('20261129-202000-members-e5f6', {
      status: { state: 'running', rows: 4_000, done: 3_500, rowsInAll: 48_213, endsAt: NOW + 20 * 3_600_000 },
    }),
    listed('20261129-203000-verify-a7b8', { record: { verifies: 'x' }, status: { state: 'crashed', done: 7 } }),
    listed('20261129-204000-members-c9d0', { record: { sync: 'nightly/3', finishedAt }, status: { state: 'paused' } }),
  ],
  unreadable: [{ run: '20261129-200000-members-0000', why: 'its run.json is cut off', remedy: 'Delete it.' }],
}

test.each([60, 80, 120, 200])('the runs in %d columns', (width) => {
  const lines = describeRuns(list, { home: '/h', now: NOW, zone: 'Europe/Berlin', width }).map(plain)
  expect(lines.join('\n')).toMatchSnapshot()
})

test('no run', () => {
  expect(describeRuns({ runs: [], unreadable: [] }, { home: '/h', now: NOW })).toEqual(['No runs in /h.'])
})
