import { laneNamed } from '../../lanes/lanes.ts'
import type { RunInfo } from '../../report/summary.ts'
import type { LaneName } from '../../model.ts'
import type { RunRecord } from '../../run/run-record.ts'
import { familyCounts, verificationFindings } from './relatives.ts'

/** What the reports say of a run beyond its ledger. */
export function reportInfo(home: string, record: RunRecord): RunInfo {
  const { run, source, sha256, plan, state, limits, lanes, startedAt, finishedAt } = record
  const limitsOf = (names: readonly LaneName[]) => Object.fromEntries(names.map((lane) => [lane, limits[lane] ?? null]))
  const { reason, remedy, planSha256, baseUrl, priority, limit, command } = record
  return {
    run,
    file: source,
    sha256,
    plan,
    // A run that nobody works on any more stands where a paused one does.
    state: state === 'running' ? 'paused' : state,
    limits: limitsOf(lanes),
    otherLimits: limitsOf(lanes.flatMap((lane) => laneNamed(lane).paces ?? [])),
    startedAt,
    finishedAt,
    reason,
    remedy,
    planSha256,
    baseUrl,
    command,
    priority,
    rowLimit: limit,
    family: familyCounts(home, record),
    verification: verificationFindings(home, record),
  }
}
