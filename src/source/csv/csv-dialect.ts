/** How a CSV file is written: each is one ASCII character. */
export interface CsvDialect {
  readonly delimiter: string
  /** Undefined: quotes are characters like any other. */
  readonly quote: string | undefined
  /**
   * What stands before a quote that belongs to the value: the quote itself, as RFC 4180 has it, or a character that has
   * a meaning of its own before others too, quoted or not (`unescapeCell`).
   */
  readonly escape: string | undefined
  /** Outside quotes, the escape is a character like any other; but `\\N` alone is an empty cell. */
  readonly escapesInQuotesOnly?: boolean
}

/** RFC 4180. */
export const STANDARD: CsvDialect = { delimiter: ',', quote: '"', escape: '"' }

/** Quotes of files that have none of the standard ones. */
export const OTHER_QUOTES: readonly string[] = ["'", '`']

/** Delimiters of files that programs write for people, and quote. Others divide dumps too, in which a quote may be text. */
export const COMMON_DELIMITERS: ReadonlySet<string> = new Set([',', ';'])

/** The character that escapes others, where it is not the quote that is doubled. */
export function escapeOf({ quote, escape }: CsvDialect): string | undefined {
  return escape === quote ? undefined : escape
}

/** A character as people call it. */
export function nameCharacter(character: string): string {
  const code = character.charCodeAt(0)
  if (character === '\t') return 'tab'
  if (character === ' ') return 'space'
  return code < 0x20 ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}` : character
}
