import type { Ledger, ResultRow } from '../ledger/ledger.ts'
import type { ExpectedMember } from '../lanes/lane.ts'
import type { Balance } from '../model.ts'
import { writeAside } from './aside.ts'
import { csvCell, csvLineEnd } from './csv-cell.ts'
import { harmless } from './harmless.ts'
import { type RunInfo, type Summary, summarise } from './summary.ts'

/** The columns of verify.csv. */
const COLUMNS = [
  'row',
  'line',
  'key',
  'result',
  'expected_id',
  'found_id',
  'points_expected',
  'points_found',
  'verdict',
  'what_to_do',
  'request_id',
  'finished_at',
]

/**
 * Writes verify.csv and summary.json of a verification from its ledger alone, and puts them in their places once both
 * are whole and durable. Returns the summary.
 */
export async function renderVerification(
  ledger: Pick<Ledger, 'results' | 'meta' | 'counts' | 'traffic' | 'codes' | 'skips' | 'doubts' | 'events'>,
  { dir, run }: { readonly dir: string; readonly run: RunInfo },
): Promise<Summary> {
  return writeAside(dir, async (open) => {
    const verdicts = await open('verify.csv')
    const summaryFile = await open('summary.json')
    verdicts.add(COLUMNS.join(',') + csvLineEnd)
    for (const row of ledger.results()) if (verdicts.add(verifyLine(row))) await verdicts.flush()
    const summary = summarise(ledger, run)
    summaryFile.add(`${JSON.stringify(summary, undefined, 2)}\n`)
    return summary
  })
}

/** A member's line in verify.csv, with its line end. One that was not looked up yet has an empty result. */
function verifyLine({ row, line, key, input, outcomes }: ResultRow): string {
  const { request } = (input.kind === 'value' ? input.value : {}) as {
    readonly request?: Pick<ExpectedMember, 'balances' | 'customerId'>
  }
  // A member is looked up on one lane.
  const [outcome] = Object.values(outcomes)
  const balances = outcome?.balances ?? request?.balances ?? []
  const cells = [
    String(row),
    String(line),
    harmless(key),
    outcome?.result ?? '',
    request?.customerId ?? '',
    outcome?.customerId ?? '',
    pointsIn(balances, ({ expected }) => expected),
    pointsIn(balances, ({ found }) => found),
    harmless(outcome === undefined ? '' : (outcome.message ?? 'as recorded')),
    harmless(outcome?.hint ?? ''),
    harmless(outcome?.requestId ?? ''),
    outcome?.finishedAt ?? '',
  ]
  return cells.map(csvCell).join(',') + csvLineEnd
}

/** `75` over all programs, `469: 75; 470: 20` by program. */
function pointsIn(balances: readonly Balance[], read: (balance: Balance) => number | undefined): string {
  return balances
    .flatMap((balance) => {
      const points = read(balance)
      if (points === undefined) return []
      return [balance.programId === undefined ? String(points) : `${balance.programId}: ${points}`]
    })
    .join('; ')
}
