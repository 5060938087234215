import { commandOf } from '../typed-commands.ts'
import type { Ledger, ResultRow } from '../ledger/ledger.ts'
import { formatCount, plural } from '../words.ts'

/** What is said of the rows that an outage left at the end of a file. */
export interface RowsLeft {
  /** Goes on from the reason of the halt. */
  readonly reason: string
  /** Goes on from what to do about it. */
  readonly remedy: string
}

/**
 * A host that answers none of the last few rows looks like one that is away, and may be one that cannot answer these:
 * nobody else is there to tell by. Says which they are, and how to end the run without them; undefined where there
 * are none. `othersAnswered`: a session that goes on will call them failed by itself, see `lastRows`.
 */
export function describeRowsLeft(
  run: string,
  open: readonly Pick<ResultRow, 'row' | 'line'>[],
  othersAnswered: boolean,
): RowsLeft | undefined {
  const [first] = open
  if (first === undefined) return undefined
  const names = open.map(({ row, line }) => `row ${formatCount(row)} (line ${formatCount(line)})`)
  const [them, their] = open.length === 1 ? ['it', 'its outcome'] : ['them', 'their outcomes']
  return {
    reason: `${plural(open.length, 'row')} ${open.length === 1 ? 'is' : 'are'} left: ${names.join(', ')}.`,
    remedy:
      `If it answers others meanwhile, it may be that it cannot answer ${them}: \`${commandOf('show', run, '--row', String(first.row))}\` ` +
      `tells what came back. ${othersAnswered ? `Resumed, the run calls ${them} failed where it gets no answer again. ` : ''}` +
      `\`${commandOf('cancel', run)}\` ends the run without ${them}: all other outcomes stand, and the reports leave ` +
      `${their} empty.`,
  }
}

const FEW = 3

/** The rows that were dispatched and have no outcome; none where there are too many to name. */
export function openRows(ledger: Pick<Ledger, 'counts' | 'openBatches' | 'row'>): readonly ResultRow[] {
  if (ledger.counts().open > FEW) return []
  const rows = new Set(ledger.openBatches().flatMap((batch) => batch.rows))
  return [...rows].toSorted((a, b) => a - b).flatMap((row) => ledger.row(row) ?? [])
}

/**
 * The few rows with which a run was halted, while others were answered. To be asked as it is resumed: whoever does so says
 * that the host is well. Where nothing else is left, nobody else is there to tell by.
 */
export function lastRows(ledger: Pick<Ledger, 'counts' | 'openBatches' | 'row' | 'events'>): ReadonlySet<number> {
  const ended = ledger.events().findLast((event) => event.kind === 'ended')
  const rows = ended?.how === 'halted' && hasAnswered(ledger) ? openRows(ledger) : []
  return new Set(rows.map(({ row }) => row))
}

/** Whether the API has answered rows of the run. */
export function hasAnswered(ledger: Pick<Ledger, 'counts'>): boolean {
  const { ok, warned, rejected } = ledger.counts().statuses
  return ok + warned + rejected > 0
}
