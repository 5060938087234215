import { estimateCost, estimateDuration } from '../../check/estimate.ts'
import { laneOrder } from '../../ledger/row-status.ts'
import type { LaneName } from '../../model.ts'
import type { RunRow } from '../../run/run-row.ts'
import type { Region } from '../environment.ts'
import { defaultLimit } from '../import/default-limit.ts'
import { EXIT } from '../../cli/exit.ts'
import type { OpenImport } from '../input/open-import.ts'
import { runLimits } from '../import/run-limits.ts'
import { describeDuration, formatCount, plural } from '../../words.ts'

/** Reads the rows that would go again, and says what would be sent and how long that takes. Sends nothing. */
export async function dryRerun(
  { source, compiled, plan }: Pick<OpenImport, 'source' | 'compiled' | 'plan'>,
  { run, region, json }: { readonly run: string; readonly region: Region | undefined; readonly json: boolean },
): Promise<void> {
  const seen = { rows: 0, invalid: 0, done: 0, lanes: { register: 0, link: 0 } as Record<LaneName, number> }
  for await (const chunk of source.chunks()) {
    for (const row of chunk as readonly RunRow[]) {
      seen.rows += 1
      const rendered = compiled.render(row)
      if (rendered.kind === 'invalid') seen.invalid += 1
      if (rendered.kind !== 'requests') continue
      for (const lane of compiled.lanes) {
        if (rendered[lane] === undefined) continue
        if (row.earlier?.done.some((outcome) => outcome.lane === lane) === true) seen.done += 1
        else seen.lanes[lane] += 1
      }
    }
  }
  const limits = runLimits(compiled.lanes, plan, (lane) => defaultLimit(lane, region))
  const lanes = Object.fromEntries(compiled.lanes.map((lane) => [lane, seen.lanes[lane]]))
  const costs = estimateCost({ lanes }, limits, plan.link?.batch ?? 1)
  const durationMs = estimateDuration(costs)
  if (json) {
    const { rows, invalid } = seen
    const seconds = durationMs === undefined ? null : Math.ceil(durationMs / 1000)
    process.stdout.write(`${JSON.stringify({ run, rows, invalid, lanes: costs, seconds }, undefined, 2)}\n`)
  } else {
    const asked = laneOrder.filter((lane) => compiled.lanes.includes(lane))
    process.stdout.write(
      [
        `Dry run: nothing was sent. ${plural(seen.rows, 'row')} of run ${run} would go again: `,
        `${asked.map((lane) => `${formatCount(seen.lanes[lane])} to ${lane}`).join(', ')}; ${formatCount(seen.invalid)} still invalid.\n`,
        seen.done > 0
          ? `${formatCount(seen.done)} of them are registered already, and are not registered again.\n`
          : '',
        durationMs === undefined ? '' : `At the limits that takes about ${describeDuration(durationMs)}.\n`,
      ].join(''),
    )
  }
  process.exitCode = seen.invalid > 0 ? EXIT.problems : EXIT.ok
}
