/** A dialect's characters as bytes; -1 for what it lacks. */
export interface Marks {
  readonly delimiter: number
  readonly quote: number
  /** -1 where a quote is doubled, as RFC 4180 has it. */
  readonly escape: number
  /** The same outside quotes. */
  readonly bareEscape: number
}

/** The place of the quote that closes the one at `open`, or `stop`; and the line ends passed on the way. */
export function findClosingQuote(
  bytes: Buffer,
  { open, stop, marks: { quote, escape } }: { open: number; stop: number; marks: Marks },
): { close: number; lines: number } {
  let lines = 0
  let at = open + 1
  for (; at < stop; at++) {
    const byte = bytes[at]
    if (byte === escape ? !isLineEnd(bytes[at + 1]) : escape === -1 && byte === quote && bytes[at + 1] === quote) at++
    else if (byte === quote) break
    else if (byte === CR || (byte === LF && bytes[at - 1] !== CR)) lines++
  }
  return { close: Math.min(at, stop), lines }
}

/**
 * Where a cell ends that is a formula of one text, `="00123"`, as many programs write it without quotes around it: behind its
 * last quote. `more` where the bytes end before that is known; undefined where it is none.
 */
export function findArmourEnd(
  bytes: Buffer,
  { from, stop, marks, final }: { from: number; stop: number; marks: Marks; final: boolean },
): number | 'more' | undefined {
  if (bytes[from] !== EQUALS || (from + 1 < stop && bytes[from + 1] !== marks.quote)) return undefined
  const { close, lines } = findClosingQuote(bytes, { open: from + 1, stop, marks })
  if (lines > 0) return undefined
  if (close + 1 < stop) return endsCell(bytes[close + 1], marks) ? close + 1 : undefined
  if (!final) return 'more'
  return close + 1 === stop && stop === bytes.length ? stop : undefined
}

export function endsCell(byte: number | undefined, { delimiter }: Marks): boolean {
  return byte === delimiter || isLineEnd(byte)
}

export function isLineEnd(byte: number | undefined): boolean {
  return byte === LF || byte === CR
}

const EQUALS = 61
export const LF = 10
export const CR = 13
