import { type LaneCost, estimateCost, estimateDuration } from '../../check/estimate.ts'
import { defaultLimit } from '../../lanes/default-limit.ts'
import type { Region } from '../../lanes/regions.ts'
import type { LaneName } from '../../model.ts'
import type { RunRow } from '../../run/run-row.ts'
import { runLimits } from '../import/run-limits.ts'
import type { OpenImport } from '../input/open-import.ts'

/** What a rerun would send, and what that takes. */
export interface RerunEstimate {
  readonly rows: number
  /** Rows that the plan cannot send still. */
  readonly invalid: number
  /** Outcomes of the runs before that stand: they are not asked for again. */
  readonly done: number
  /** In the order in which a row takes them. */
  readonly lanes: Readonly<Record<LaneName, LaneCost>>
  /** How long it takes at the limits, in milliseconds; undefined where there are none. */
  readonly durationMs: number | undefined
}

/** Reads the rows that would go again, and sends nothing. Uses the source up. */
export async function estimateRerun(
  { source, compiled, plan }: Pick<OpenImport, 'source' | 'compiled' | 'plan'>,
  region: Region | undefined,
): Promise<RerunEstimate> {
  const seen = { rows: 0, invalid: 0, done: 0 }
  const rowsOf = Object.fromEntries(compiled.lanes.map((lane): [LaneName, number] => [lane, 0]))
  for await (const chunk of source.chunks()) {
    for (const row of chunk as readonly RunRow[]) {
      seen.rows += 1
      const rendered = compiled.render(row)
      if (rendered.kind === 'invalid') seen.invalid += 1
      if (rendered.kind !== 'requests') continue
      for (const lane of compiled.lanes) {
        if (rendered.requests[lane] === undefined) continue
        if (row.earlier?.done.some((outcome) => outcome.lane === lane) === true) seen.done += 1
        else rowsOf[lane] = (rowsOf[lane] ?? 0) + 1
      }
    }
  }
  const limits = runLimits(compiled.lanes, plan, (lane) => defaultLimit(lane, region))
  const lanes = estimateCost({ lanes: rowsOf }, limits, plan.lanes)
  return { ...seen, lanes, durationMs: estimateDuration(lanes) }
}
