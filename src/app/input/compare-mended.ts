import type { Ledger, ResultRow } from '../../ledger/ledger.ts'
import type { Json, SourceRow } from '../../model.ts'
import { readCell, readPath } from '../../plan/bind-columns.ts'
import { spreadsheetTrace } from '../../plan/spreadsheet-traces.ts'
import { quoteValue, textOf } from '../../plan/values.ts'
import type { LostPlus } from './lost-plus.ts'

type Chunks = AsyncIterable<readonly SourceRow[]>

/**
 * The rows of a mended rejects.csv, compared with what the first run over the file has of them: where a cell has changed
 * as a spreadsheet changes it by itself, the row has a problem that names both values. What the run said was wrong with a
 * column is mended on purpose. Rows have the numbers that they have there.
 */
export async function* compareMended(
  chunks: Chunks,
  columns: readonly string[] | undefined,
  ledger: Pick<Ledger, 'row' | 'meta'>,
  lostPlus: LostPlus,
): AsyncGenerator<readonly SourceRow[]> {
  const names = (columns ?? []).filter((name) => name !== '' && !name.startsWith('_'))
  const readNow = readCell(columns ?? [])
  const now = names.map((name) => ({ name, read: readNow(name) }))
  const before = columnsBefore(ledger)
  for await (const chunk of chunks) {
    yield chunk.map((row) => {
      const known = row.problem === undefined ? ledger.row(row.row) : undefined
      if (known === undefined) return row
      const found = now.flatMap(({ name, read }) => {
        const is = cellText(read(row.input))
        const was = before(known, name)
        const trace =
          was === undefined || is === undefined
            ? undefined
            : (spreadsheetTrace(was, is) ?? (lostPlus(name, was, is) ? LOST_PLUS : undefined))
        if (trace === undefined || wasBlamed(known, name)) return []
        return [`${name}: ${quoteValue(is ?? '')} ${trace}; it was ${quoteValue(was ?? '')}`]
      })
      return found.length === 0 ? row : { ...row, problem: `${found.join('; ')}. ${WHAT_TO_DO}` }
    })
  }
}

const LOST_PLUS = 'has lost the + in front, and would be another number'
const WHAT_TO_DO =
  'A spreadsheet seems to have changed it: put the cell back, and mend the file where columns are read as text; or add --as-is if it is right.'

/** Gives what stood in a row's column in the run. */
function columnsBefore({ meta }: Pick<Ledger, 'meta'>): (row: ResultRow, name: string) => string | undefined {
  const said = meta.get('columns')
  const columns = Array.isArray(said) ? said.map(String) : undefined
  return ({ input }, name) => {
    if (input.kind === 'value') return cellText(readPath(name)(input))
    const at = columns?.indexOf(name) ?? -1
    return at < 0 ? undefined : input.cells[at]
  }
}

function cellText(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : textOf(value)
}

/** Whether the row was not done for what stood in the column. */
function wasBlamed({ outcomes }: ResultRow, name: string): boolean {
  return Object.values(outcomes).some(({ status, message }) => status === 'invalid' && message?.includes(`${name}: `))
}
