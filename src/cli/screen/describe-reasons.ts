import type { CodeCount } from '../../ledger/ledger.ts'
import type { Summary } from '../../report/summary.ts'
import { ANOTHERS_ACCOUNT, formatCount, plural } from '../../words.ts'

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
  const losses = ownWarnings(codes).filter(({ message }) => !message.startsWith(ANOTHERS_ACCOUNT))
  if (losses.length === 0) return []
  const shown = losses.slice(0, ASSUMED_SHOWN).map(reasonLine)
  return ['What rows went without, though they are done:', ...shown, ...moreLine(losses.length - ASSUMED_SHOWN), '']
}

/** Rows that may have changed somebody else's account: the first thing to say. */
export function graveLines(codes: readonly CodeCount[]): string[] {
  const grave = ownWarnings(codes).filter(({ message }) => message.startsWith(ANOTHERS_ACCOUNT))
  if (grave.length === 0) return []
  const compare = '  Compare these rows with their accounts in Member Care: results.csv has each one’s customer id.'
  return ['Rows that may have changed another member’s account:', ...grave.map(reasonLine), compare, '']
}

function ownWarnings(codes: readonly CodeCount[]): readonly CodeCount[] {
  return codes.filter(({ severity, code }) => severity === 'warning' && code === undefined)
}

function reasonLine({ message, rows, firstRow }: CodeCount): string {
  return `  ${plural(rows, 'row')}, the first is row ${formatCount(firstRow)}: ${message}`
}

function moreLine(more: number): string[] {
  return more > 0 ? [`  and ${formatCount(more)} more, in summary.json`] : []
}
