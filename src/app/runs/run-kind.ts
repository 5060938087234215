import type { RunRecord } from '../../run/run-record.ts'

export type RunKind = 'import' | 'rerun' | 'verify' | 'sync'

/** What a run is for: an import, or what is made of another run. */
export function runKind({ verifies, rerunOf, sync }: Pick<RunRecord, 'verifies' | 'rerunOf' | 'sync'>): RunKind {
  if (verifies !== undefined) return 'verify'
  if (rerunOf !== undefined) return 'rerun'
  return sync === undefined ? 'import' : 'sync'
}
