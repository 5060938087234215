import { type UnreadableRun, readRuns, unreadableRemedy } from '../../run/list-runs.ts'
import type { RunRecord } from '../../run/run-record.ts'
import { type RunStatus, runStatus } from './run-status.ts'

export interface RunList {
  /** The latest last. */
  readonly runs: readonly { readonly record: RunRecord; readonly status: RunStatus }[]
  /** Runs whose record or ledger cannot be read: why, and what to do about it. */
  readonly unreadable: readonly (UnreadableRun & { readonly remedy: string })[]
}

/** All runs of a home, and how each stands. */
export function listRuns(home: string): RunList {
  const { records, unreadable } = readRuns(home)
  const runs: { record: RunRecord; status: RunStatus }[] = []
  const others = [...unreadable]
  for (const record of records) {
    try {
      runs.push({ record, status: runStatus(home, record) })
    } catch (error) {
      others.push({ run: record.run, why: error instanceof Error ? error.message : String(error) })
    }
  }
  return {
    runs,
    unreadable: others
      .toSorted((a, b) => (a.run < b.run ? -1 : 1))
      .map((other) => ({ ...other, remedy: unreadableRemedy(home, other.run) })),
  }
}
