import { UsageError } from '../../model.ts'
import type { CsvDialect } from './csv-dialect.ts'
import { cellText } from './csv-record.ts'
import { readSample } from './read-sample.ts'
import { refuseListing } from './refuse-listing.ts'

const SAMPLE_RECORDS = 100
/** What divides the records of some programs, and is none of the delimiters that are looked for. */
const OTHERS = [':', '#', '!', '*', '،', '，', '、', '；', '：', '︱', '¦']

/**
 * Throws UsageError where a file of one column is plainly a table of several: each line stands in quotes as a whole, all are
 * divided alike by a sign that is not looked for, or values stand at their places in the line.
 */
export function refuseOneColumn(
  text: Buffer,
  dialect: CsvDialect,
  { complete, name }: { complete: boolean; name: string },
): void {
  const records = readSample(text, dialect, { complete, most: SAMPLE_RECORDS })
  if (records[0]?.cells.length === 1) refuseListing(text, { complete, name })
  if (records.length < 2 || records.some(({ cells }) => cells.length > 1)) return
  const cells = records.flatMap(({ cells: [cell] }) => cell ?? [])
  const texts = cells.map((cell) => cellText(text, cell, dialect))
  const within = [',', ';', '\t', '|'].find((sign) => texts.every((each) => each.includes(sign)))
  if (within !== undefined && cells.every(({ quoted }) => quoted)) {
    throw new UsageError(
      `Each line of ${name} stands in quotes as a whole, as where a CSV was opened as one column and saved as CSV again. ` +
        'Take the quotes around each line away, and make one of each two within it; or export the file anew.',
    )
  }
  const sign = OTHERS.find((other) => dividesAlike(other, texts))
  if (sign === undefined) return
  const remedy =
    sign.charCodeAt(0) < 128
      ? `say \`rows: { delimiter: "${sign}" }\``
      : `put commas in its place where the file is made`
  throw new UsageError(
    `The lines of ${name} hold no delimiter of CSV, and "${sign}" divides all of them alike: ${remedy}.`,
  )
}

function dividesAlike(sign: string, texts: readonly string[]): boolean {
  const parts = new Set(texts.map((text) => text.split(sign).length))
  const [width = 1, another] = parts
  return another === undefined && width > 2
}
