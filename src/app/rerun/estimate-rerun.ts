import { estimateCost, estimateDuration } from '../../check/estimate.ts'
import { defaultLimit } from '../../lanes/default-limit.ts'
import type { Region } from '../../lanes/regions.ts'
import type { LaneName } from '../../model.ts'
import type { RunRow } from '../../run/run-row.ts'
import { EXIT } from '../../cli/exit.ts'
import type { OpenImport } from '../input/open-import.ts'
import { runLimits } from '../import/run-limits.ts'
import { describeDuration, formatCount, plural } from '../../words.ts'

/** Reads the rows that would go again, and says what would be sent and how long that takes. Sends nothing. */
export async function dryRerun(
  { source, compiled, plan }: Pick<OpenImport, 'source' | 'compiled' | 'plan'>,
  { run, region, json }: { readonly run: string; readonly region: Region | undefined; readonly json: boolean },
): Promise<void> {
  const seen = {
    rows: 0,
    invalid: 0,
    done: 0,
    lanes: Object.fromEntries(compiled.lanes.map((lane): [LaneName, number] => [lane, 0])),
  }
  for await (const chunk of source.chunks()) {
    for (const row of chunk as readonly RunRow[]) {
      seen.rows += 1
      const rendered = compiled.render(row)
      if (rendered.kind === 'invalid') seen.invalid += 1
      if (rendered.kind !== 'requests') continue
      for (const lane of compiled.lanes) {
        if (rendered.requests[lane] === undefined) continue
        if (row.earlier?.done.some((outcome) => outcome.lane === lane) === true) seen.done += 1
        else seen.lanes[lane] = (seen.lanes[lane] ?? 0) + 1
      }
    }
  }
  const limits = runLimits(compiled.lanes, plan, (lane) => defaultLimit(lane, region))
  const costs = estimateCost(seen, limits, plan.lanes)
  const durationMs = estimateDuration(costs)
  if (json) {
    const { rows, invalid } = seen
    const seconds = durationMs === undefined ? null : Math.ceil(durationMs / 1000)
    process.stdout.write(`${JSON.stringify({ run, rows, invalid, lanes: costs, seconds }, undefined, 2)}\n`)
  } else {
    process.stdout.write(
      [
        `Dry run: nothing was sent. ${plural(seen.rows, 'row')} of run ${run} would go again: `,
        `${Object.entries(seen.lanes)
          .map(([lane, rows]) => `${formatCount(rows)} to ${lane}`)
          .join(', ')}; ${formatCount(seen.invalid)} still invalid.\n`,
        seen.done > 0
          ? `${formatCount(seen.done)} of them are registered already, and are not registered again.\n`
          : '',
        durationMs === undefined ? '' : `At the limits that takes about ${describeDuration(durationMs)}.\n`,
      ].join(''),
    )
  }
  process.exitCode = seen.invalid > 0 ? EXIT.problems : EXIT.ok
}
