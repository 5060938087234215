import type { Ledger } from '../../ledger/ledger.ts'
import type { OpenRun } from './open-run.ts'

/**
 * The third stage: rows are read and dispatched, and each is seen through to its outcomes. Throws a UsageError where the
 * file cannot be read to its end, or is no longer what it was.
 */
export async function feed({
  options,
  ending: { signal },
  dispatcher,
  queue,
  lastRows,
  reading,
}: OpenRun): Promise<void> {
  const { run, broker, rows: source, rowsBefore = 0, limit, placeBehind, onRead, confirmRead } = options
  let read = rowsBefore
  if (read > 0) onRead(read, false)
  for await (const chunk of source) {
    const rows = limit === undefined ? chunk : chunk.slice(0, limit - read)
    read += rows.length
    onRead(read, false)
    await dispatcher.offer(rows, signal)
    if (read === limit) break
    const last = rows.at(-1)?.row
    const place = last === undefined ? undefined : await placeBehind?.(last)
    if (last !== undefined && place !== undefined) dispatcher.passed(last, place)
  }
  if (limit === undefined) await confirmRead()
  reading.toEnd = true
  onRead(read, true)
  dispatcher.flush()
  const areLast = lastRows.size > 0 && queue.hasOnly(lastRows)
  const left = await dispatcher.until(areLast ? Infinity : fewOf(options.ledger), signal)
  if (left > 0) await broker.setRunState(run, areLast ? 'last-rows' : 'few-left')
  await dispatcher.finish(signal)
}

/** So few rows beside those that are done say nothing of the account where they are refused. */
function fewOf(ledger: Pick<Ledger, 'counts'>): number {
  const { rows } = ledger.counts()
  return Math.min(FEW_ROWS, Math.floor(rows / FEW_OF))
}

const FEW_ROWS = 20
const FEW_OF = 10
