import type { RunInfo } from '../../src/report/summary.ts'

/** A finished run over a file, for reports that are about something else. */
export const sampleRun: RunInfo = {
  run: 'r1',
  file: 'members.csv',
  sha256: '9f2b',
  plan: 'plan.yaml',
  state: 'finished',
  limits: { register: 600 },
  startedAt: '2026-11-05T04:12:00.000Z',
}
