/** Bytes that end with a record, as far as counting quotes can tell, and what is among them. */
export interface CsvBlock {
  /** Behind the last record; where it started when no record ends. */
  readonly end: number
  /** How its lines end, outside quotes. The fewer the faster: csv-parse tries each at every byte. */
  readonly lineEnds: string[]
  readonly hasNul: boolean
  readonly hasQuotes: boolean
  /** A line ends inside quotes. */
  readonly hasInnerLines: boolean
}

/**
 * Finds the longest block of whole records from `start`, where a record starts. A line that ends after an even number
 * of quotes ends a record if the quotes are sound, and if they are not, whoever parses the block will find out.
 */
export function findCsvBlock(bytes: Buffer, start: number, final: boolean): CsvBlock {
  const { length } = bytes
  let end = start
  let open = false
  let hasCrlf = false
  let hasCr = false
  let hasLf = false
  let hasNul = false
  let hasQuotes = false
  let hasInnerLines = false
  for (let at = start; at < length; at++) {
    const byte = bytes[at] ?? 0
    if (byte > QUOTE) continue
    if (byte === QUOTE) {
      open = !open
      hasQuotes = true
    } else if (byte === LF || byte === CR) {
      if (open) hasInnerLines = true
      else if (byte === LF) {
        if (at > start && bytes[at - 1] === CR) hasCrlf = true
        else hasLf = true
        end = at + 1
      } else if (bytes[at + 1] !== LF) {
        hasCr = true
        // Whether a CR ends the line alone shows only with the byte behind it.
        if (at + 1 < length) end = at + 1
      }
    } else if (byte === 0) hasNul = true
  }
  // CRLF stands first: the first that fits is taken.
  const lineEnds = [...(hasCrlf ? ['\r\n'] : []), ...(hasLf ? ['\n'] : []), ...(hasCr ? ['\r'] : [])]
  return { end: final ? length : end, lineEnds, hasNul, hasQuotes, hasInnerLines }
}

const LF = 10
const CR = 13
const QUOTE = 34
