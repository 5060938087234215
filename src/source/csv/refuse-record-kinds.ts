import { UsageError } from '../../model.ts'
import type { CsvDialect } from './csv-dialect.ts'
import { cellText } from './csv-record.ts'
import { readSample } from './read-sample.ts'

const SAMPLE_RECORDS = 50
/** What the record of the file itself begins with, as banks and mainframes write it, and the records of its rows. */
const OF_THE_FILE = /^(?:f?h(?:d|dr|r|eader)?)$/i
const OF_ROWS = /^(?:d|dt|dtl|det|detail|data|r|rec|record|b|body|m|mbr|member|l|line)$/i
/** The share of records from which on they are the file's rows. */
const MOSTLY = 0.8

/**
 * Throws UsageError where the first record tells of the file (`H|MEMBERS|20261130`), and those below it say of which kind they
 * are (`D|…`): it would be taken for the columns' names, and a record of the file's end (`T|6`) for a member.
 */
export function refuseRecordKinds(
  text: Buffer,
  dialect: CsvDialect,
  { complete, name }: { complete: boolean; name: string },
): void {
  if (!/^["']?f?h/i.test(text.toString('latin1', 0, 3))) return
  const [first = [], ...below] = readSample(text, dialect, { complete, most: SAMPLE_RECORDS }).map(({ cells }) =>
    cells.map((cell) => cellText(text, cell, dialect).trim()),
  )
  if (!OF_THE_FILE.test(first[0] ?? '') || !first.some((cell) => /\d/.test(cell))) return
  const kind = below[0]?.[0] === below[1]?.[0] ? below[0]?.[0] : below[1]?.[0]
  if (kind === undefined || !OF_ROWS.test(kind)) return
  if (below.filter((cells) => cells[0] === kind && cells.length > 1).length < below.length * MOSTLY - 1) return
  const { delimiter } = dialect
  const columns = Array.from({ length: below.at(1)?.length ?? 1 }, (_, at) => (at === 0 ? 'kind' : `c${at + 1}`))
  throw new UsageError(
    `The records of ${name} are of several kinds: the first (${JSON.stringify(first.join(delimiter))}) tells of the file itself, ` +
      `members stand in those that begin with ${JSON.stringify(kind)}, and none names the columns. Take the members' records out, ` +
      `as with \`grep '^${kind}${delimiter === '|' ? '[|]' : delimiter}'\`, and name their columns in the plan: \`rows: { columns: [${columns.join(', ')}] }\`.`,
  )
}
