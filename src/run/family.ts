import type { RunRecord } from './run-record.ts'

/**
 * The runs over one file, in the order in which they began: the first one, its reruns and theirs, and what verified
 * them. Of a family whose first run was deleted, the others still belong together.
 */
export function familyOf(runs: readonly RunRecord[], run: string): readonly RunRecord[] {
  const root = rootOf(runs, run)
  return runs
    .filter((record) => rootOf(runs, record.run) === root)
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt) || a.run.localeCompare(b.run))
}

/** The run that a rerun or a verification is about. */
function parentOf({ rerunOf, verifies }: RunRecord): string | undefined {
  return rerunOf ?? verifies
}

function rootOf(runs: readonly RunRecord[], run: string): string {
  const record = runs.find((candidate) => candidate.run === run)
  const parent = record === undefined ? undefined : parentOf(record)
  return parent === undefined ? run : rootOf(runs, parent)
}
