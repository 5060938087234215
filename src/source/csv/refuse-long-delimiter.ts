import { UsageError } from '../../model.ts'
import type { CsvDialect } from './csv-dialect.ts'
import { cellText } from './csv-record.ts'
import { readSample } from './read-sample.ts'

const SAMPLE_RECORDS = 50

/**
 * Throws UsageError where the same sign stands before or behind each delimiter, as in `~|~`: it is a part of the delimiter, and
 * would be one of each value.
 */
export function refuseLongDelimiter(
  text: Buffer,
  dialect: CsvDialect,
  { complete, name }: { complete: boolean; name: string },
): void {
  const records = readSample(text, dialect, { complete, most: SAMPLE_RECORDS }).map(({ cells }) =>
    cells.map((cell) => cellText(text, cell, dialect)),
  )
  if (records.length < 2 || records.some(({ length }) => length < 2)) return
  const before = onlySign(records.flatMap((cells) => cells.slice(0, -1).map((cell) => cell.slice(-1))))
  const behind = onlySign(records.flatMap((cells) => cells.slice(1).map((cell) => cell.charAt(0))))
  // In two columns, one of which has its sign, it may be a value's: `Rate %` above `5%`.
  if (
    (before === '' && behind === '') ||
    ((before === '' || behind === '') && records.some(({ length }) => length < 3))
  )
    return
  const whole = before + dialect.delimiter + behind
  throw new UsageError(
    `The values of ${name} are divided by ${JSON.stringify(whole)}, and a delimiter is one character. ` +
      `Put one in its place where the file is made, or as with \`sed 's/${whole.replaceAll(/[/|.*^$[\]\\]/g, String.raw`\$&`)}/\\t/g'\`.`,
  )
}

/** The one sign that all of these are; empty where they differ, or may be a part of a value. */
function onlySign(characters: readonly string[]): string {
  const [sign = '', another] = new Set(characters)
  return another === undefined && /^[~#^*!%&:;,|\\_§¦$?<>]$/.test(sign) ? sign : ''
}
