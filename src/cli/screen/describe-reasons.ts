import type { CodeCount } from '../../ledger/ledger.ts'
import type { Summary } from '../../report/summary.ts'
import { formatCount, plural } from '../../words.ts'

const REASONS_SHOWN = 5
const ASSUMED_SHOWN = 12

/** Why rows were skipped, most rows first. */
export function skipLines({ skipped_because: reasons }: Pick<Summary, 'skipped_because'>): string[] {
  if (reasons.length === 0) return []
  const shown = reasons.slice(0, REASONS_SHOWN).map(({ message, rows }) => `  ${plural(rows, 'row')}: ${message}`)
  return ['Why rows were skipped:', ...shown, ...moreLine(reasons.length - REASONS_SHOWN), '']
}

/** What rows that are done went without, as far as nobody but us says so: words for nothing, values that the API cuts silently. */
export function lossLines(codes: readonly CodeCount[]): string[] {
  const losses = codes.filter(({ severity, code }) => severity === 'warning' && code === undefined)
  if (losses.length === 0) return []
  const shown = losses
    .slice(0, ASSUMED_SHOWN)
    .map(
      ({ message, rows, firstRow }) =>
        `  ${plural(rows, 'row')}, the first is row ${formatCount(firstRow)}: ${message}`,
    )
  return ['What rows went without, though they are done:', ...shown, ...moreLine(losses.length - ASSUMED_SHOWN), '']
}

function moreLine(more: number): string[] {
  return more > 0 ? [`  and ${formatCount(more)} more, in summary.json`] : []
}
