import type { RunRecord } from '../../src/run/run-record.ts'

/** The record of a finished run that began on the first, second … day, by its letter. */
export function record(run: string, more: Partial<RunRecord> = {}): RunRecord {
  return {
    run,
    file: '/members.csv',
    source: 'members.csv',
    sha256: '',
    plan: 'plan.yaml',
    planSha256: '',
    account: '',
    baseUrl: '',
    limits: {},
    lanes: [],
    priority: 'normal',
    state: 'finished',
    startedAt: `2030-01-0${'abcde'.indexOf(run) + 1}T00:00:00.000Z`,
    ...more,
  }
}
