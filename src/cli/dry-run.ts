import type { LaneName, Status } from '../model.ts'
import type { CompiledPlan } from '../plan/compile-plan.ts'
import type { Source } from '../source/open-source.ts'
import { EXIT } from './exit.ts'
import { formatCount, plural } from '../words.ts'

interface DryRun {
  readonly source: Source
  readonly compiled: CompiledPlan
  readonly limit: number | undefined
  readonly json: boolean
}

/** Problems shown with their place; the others are counted. */
const PROBLEMS_SHOWN = 10

/** Reads every row and makes its requests, and sends nothing: what an import would do. */
export async function dryRun({ source, compiled, limit, json }: DryRun): Promise<void> {
  const seen = {
    rows: 0,
    valid: 0,
    invalid: 0,
    nothing: 0,
    lanes: { register: 0, link: 0 } as Record<LaneName, number>,
  }
  const problems: { row: number; line: number; key: string; message: string }[] = []
  const first: Partial<Record<LaneName, unknown>> = {}
  reading: for await (const chunk of source.chunks()) {
    for (const row of chunk) {
      if (seen.rows === limit) break reading
      seen.rows += 1
      const rendered = compiled.render(row)
      if (rendered.kind === 'invalid') {
        seen.invalid += 1
        if (problems.length < PROBLEMS_SHOWN) {
          problems.push({ row: row.row, line: row.line, key: rendered.key, message: rendered.message })
        }
      } else if (rendered.kind === 'nothing') {
        seen.nothing += 1
      } else {
        seen.valid += 1
        for (const lane of compiled.lanes) {
          if (rendered[lane] === undefined) continue
          seen.lanes[lane] += 1
          first[lane] ??= rendered[lane]
        }
      }
    }
  }
  const statuses: Partial<Record<Status, number>> = { invalid: seen.invalid, skipped: seen.nothing }
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ rows: seen.rows, valid: seen.valid, ...statuses, lanes: seen.lanes, problems, first }, undefined, 2)}\n`,
    )
  } else {
    process.stdout.write(describe())
  }
  process.exitCode = seen.invalid > 0 ? EXIT.problems : EXIT.ok

  function describe(): string {
    const lanes = compiled.lanes.map((lane) => `${formatCount(seen.lanes[lane])} to ${lane}`).join(', ')
    const bodies = Object.entries(first).map(
      ([lane, request]) => `\nThe first request to ${lane}:\n${JSON.stringify(request, undefined, 2)}\n`,
    )
    const places = problems.map(({ row, line, key, message }) => `  row ${row} (line ${line}, ${key}): ${message}\n`)
    const more = seen.invalid > problems.length ? `  and ${formatCount(seen.invalid - problems.length)} more\n` : ''
    return [
      `Dry run: nothing was sent. ${plural(seen.rows, 'row')} read: ${lanes}`,
      `${seen.nothing > 0 ? `; ${formatCount(seen.nothing)} ask for nothing` : ''}; ${formatCount(seen.invalid)} invalid.\n`,
      ...places,
      more,
      ...bodies,
    ].join('')
  }
}
