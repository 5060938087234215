import type { Ledger } from '../ledger/ledger.ts'
import { isReject, rejectStatuses } from '../ledger/rejects.ts'
import { type SourceRow, type Status, UsageError } from '../model.ts'
import type { FamilyRow, FamilyRows } from './family-rows.ts'
import { type RunRow, earlierOf } from './run-row.ts'

/** Which rows of an earlier run go again. */
export interface Selection {
  /** The ledger of that run: only its rows are looked at. */
  readonly ledger: Pick<Ledger, 'rowStates' | 'rowsWith'>
  /** How they stand by now, over all runs on the file: what was done meanwhile is not sent again. */
  readonly family: Pick<FamilyRows, 'row'>
  readonly only: readonly Status[]
  /** A code that one of the row's outcomes has. */
  readonly code?: number
}

/** Of the file's rows, those that are selected, each with what is done of it already. */
export async function* selectRows(
  chunks: AsyncIterable<readonly SourceRow[]>,
  selection: Selection,
): AsyncGenerator<readonly RunRow[]> {
  for await (const chunk of chunks) {
    const [first, last] = [chunk[0]?.row ?? 0, chunk.at(-1)?.row ?? 0]
    const undone = new Set(
      selection.ledger
        .rowStates(first, last)
        .filter(({ status }) => isReject(status))
        .map(({ row }) => row),
    )
    yield chunk.filter(({ row }) => undone.has(row)).flatMap((row) => select(row, selection) ?? [])
  }
}

/** How many rows are selected, by the ledgers alone. */
export function countSelected(selection: Selection): number {
  let count = 0
  for (const row of selection.ledger.rowsWith(rejectStatuses)) {
    if (isSelected(selection.family.row(row), selection)) count += 1
  }
  return count
}

/**
 * The rows of a mended rejects.csv under the numbers that they have in the run that they come from: the column `_row`
 * says which. Throws a UsageError where it is missing, names no row of that run, or is not in order.
 */
export async function* renumber(
  chunks: AsyncIterable<readonly SourceRow[]>,
  { columns, name, lineOf }: Numbering,
): AsyncGenerator<readonly SourceRow[]> {
  const at = columns?.indexOf('_row') ?? -1
  if (at < 0) {
    throw new UsageError(
      `${name} has no column _row, which says which row is which. Mend a copy of the run's rejects.csv.`,
    )
  }
  let before = 0
  for await (const chunk of chunks) {
    yield chunk.map((found) => {
      const row = numberOf(found, at, name)
      const line = lineOf(row)
      const place = `${name}, line ${found.line}`
      if (line === undefined) {
        throw new UsageError(`${place}: the run has no row ${row}. Leave the column _row as it is in its rejects.csv.`)
      }
      if (row <= before) {
        throw new UsageError(
          `${place}: row ${row} comes after row ${before}. Sort the file by the column _row, each row once.`,
        )
      }
      before = row
      return { ...found, row, line }
    })
  }
}

export interface Numbering {
  /** The file's columns, and what messages call it. */
  readonly columns: readonly string[] | undefined
  readonly name: string
  /** The line at which a row of the earlier run began; undefined where it has no such row. */
  readonly lineOf: (row: number) => number | undefined
}

function numberOf({ input, line, problem }: SourceRow, at: number, name: string): number {
  const cell = input.kind === 'cells' ? (input.cells[at] ?? '') : ''
  if (/^\d{1,15}$/.test(cell)) return Number(cell)
  throw new UsageError(
    `${name}, line ${line}: _row is ${JSON.stringify(cell)}; expected the number that it has in the run's rejects.csv.` +
      (problem === undefined ? '' : ` The record cannot be read, either: ${problem}`),
  )
}

function select(row: SourceRow, selection: Selection): RunRow | undefined {
  const current = selection.family.row(row.row)
  return current !== undefined && isSelected(current, selection) ? { ...row, earlier: earlierOf(current) } : undefined
}

function isSelected(current: FamilyRow | undefined, { only, code }: Selection): boolean {
  if (current?.status === undefined || !only.includes(current.status)) return false
  if (code === undefined) return true
  const outcomes = Object.values(current.outcomes)
  return outcomes.some((outcome) => outcome.code === code || outcome.programs?.some((program) => program.code === code))
}
