import { UsageError } from '../../model.ts'
import { type CsvDialect, nameCharacter } from './csv-dialect.ts'
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
  const sign = OTHERS.find((other) => dividesAlike(other, texts)) ?? controlBetween(texts)
  if (sign === undefined) return
  const code = sign.charCodeAt(0)
  const written = code < 0x20 ? `\\x${code.toString(16).padStart(2, '0')}` : sign
  const remedy =
    code < 128 ? `say \`rows: { delimiter: "${written}" }\`` : `put commas in its place where the file is made`
  throw new UsageError(
    `The lines of ${name} hold no delimiter of CSV, and "${nameCharacter(sign)}" divides all of them alike: ${remedy}.`,
  )
}

/** A control character that stands in all lines alike, which no text of people holds: U+001C, U+0014 of Concordance's loads. */
function controlBetween([first = '', ...others]: readonly string[]): string | undefined {
  // eslint-disable-next-line no-control-regex
  const [sign] = /[\x01-\x08\x0e-\x1f]/.exec(first) ?? []
  if (sign === undefined) return undefined
  const parts = first.split(sign).length
  return others.every((text) => text.split(sign).length === parts) ? sign : undefined
}

function dividesAlike(sign: string, texts: readonly string[]): boolean {
  const parts = new Set(texts.map((text) => text.split(sign).length))
  const [width = 1, another] = parts
  return another === undefined && width > 2
}
