import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openLedger } from '../../ledger/open-ledger.ts'
import type { FamilyCounts, VerificationFindings } from '../../report/relatives.ts'
import { familyOf } from '../../run/family.ts'
import { openFamilyRows } from '../../run/family-rows.ts'
import { listRuns } from '../../run/list-runs.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'

/** How a run's file stands after all runs over it; undefined where it is the only one, and of a verification. */
export function familyCounts(home: string, record: RunRecord): FamilyCounts | undefined {
  if (record.verifies !== undefined) return undefined
  const family = familyOf(listRuns(home), record.run)
  if (family.length < 2) return undefined
  const rows = openFamilyRows(home, family)
  try {
    const { rows: count, statuses } = rows.counts()
    return { runs: family.map(({ run }) => run), rows: count, ...statuses }
  } finally {
    rows.close()
  }
}

/** What the last verification of a run found, as far as it has come. */
export function verificationFindings(home: string, record: RunRecord): VerificationFindings | undefined {
  const verification = listRuns(home).findLast(({ verifies }) => verifies === record.run)
  if (verification === undefined) return undefined
  const { path, ledger: file } = runFolder(home, verification.run)
  if (!existsSync(file)) return undefined
  const ledger = openLedger(file, { readOnly: true })
  try {
    const { rows, statuses } = ledger.counts()
    return {
      run: verification.run,
      state: verification.state === 'running' ? 'paused' : verification.state,
      finishedAt: verification.finishedAt,
      members: rows,
      sampleOf: verification.sample?.of,
      unseen: verification.unseen,
      verified: statuses.ok,
      found: statuses.warned,
      differing: statuses.rejected,
      unanswered: statuses.failed,
      differences: ledger.codes().filter(({ severity }) => severity === 'error'),
      file: join(path, 'verify.csv'),
    }
  } finally {
    ledger.close()
  }
}
