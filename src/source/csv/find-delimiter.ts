import type { Declared } from '../declared.ts'
import { OTHER_QUOTES, STANDARD } from './csv-dialect.ts'
import type { CsvDialect } from './csv-dialect.ts'
import { readSample } from './read-sample.ts'

/** A delimiter, and how well it divides a file's first records. */
export interface Division {
  readonly dialect: CsvDialect
  /** Cells of the first record. */
  readonly width: number
  /** The share of records as wide as the first, and sound. */
  readonly alike: number
}

/** Delimiters that are looked for: the second row only where none of the first divides the header. */
export const DELIMITERS = [
  [',', ';', '\t', '|'],
  ['\u001F', '\u0001', '^', '~'],
]
const SAMPLE_RECORDS = 100

/**
 * The delimiter that divides the header, and the records most alike; undefined where none does. Quotes count while it looks:
 * a delimiter within them divides nothing. `known`: the delimiter, where it is declared.
 */
export function findDelimiter(
  text: Buffer,
  { quote, escape }: Pick<Declared, 'quote' | 'escape'>,
  { known, complete }: { known: string | undefined; complete: boolean },
): Division | undefined {
  const declared = quote === 'none' ? undefined : quote
  const quotes =
    quote === undefined
      ? [STANDARD.quote, ...OTHER_QUOTES.filter((each) => text.includes(each)), undefined]
      : [declared]
  for (const delimiters of known === undefined ? DELIMITERS : [[known]]) {
    let best: Division | undefined
    for (const each of quotes) {
      const dialect = { quote: each, escape: escape === undefined || escape === 'none' ? each : escape }
      const divisions = delimiters.map((delimiter) => divide(text, { ...dialect, delimiter }, complete))
      best = bestOf(best === undefined ? divisions : [best, ...divisions])
      // Other quotes are looked at only where these leave something to be wished.
      if (best.width > 1 && best.alike === 1) break
    }
    if (best !== undefined && best.width > 1) return best
  }
  return undefined
}

function divide(sample: Buffer, dialect: CsvDialect, complete: boolean): Division {
  const records = readSample(sample, dialect, { complete, most: SAMPLE_RECORDS })
  const width = records[0]?.cells.length ?? 0
  const alike = records.filter(({ cells, fault }) => cells.length === width && fault === undefined).length
  return { dialect, width, alike: records.length === 0 ? 0 : alike / records.length }
}

/** Of those that divide the header, the one whose records are most alike; among equals, the one with most columns. */
function bestOf(divisions: readonly Division[]): Division {
  const [best] = divisions.toSorted(
    (a, b) => Number(b.width > 1) - Number(a.width > 1) || b.alike - a.alike || b.width - a.width,
  )
  if (best === undefined) throw new Error('no delimiter was tried')
  return best
}
