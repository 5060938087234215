import type { Declared } from '../declared.ts'
import { COMMON_DELIMITERS, OTHER_QUOTES, STANDARD } from './csv-dialect.ts'
import type { CsvDialect } from './csv-dialect.ts'
import { escapeEvidence } from './escape-evidence.ts'
import { quoteEvidence } from './quote-evidence.ts'
import type { QuoteEvidence } from './quote-evidence.ts'

/** How a file's values are quoted and escaped. */
export interface Quotes {
  readonly quote: string | undefined
  readonly escape: string | undefined
  /** Nothing has shown that its values are in quotes at all, and the plan does not say it. */
  readonly doubt: boolean
}

const BACKSLASH = '\\'

/**
 * Finds the quote and the escape of a file from a sample (UTF-8; `complete`: it is all there is), where the plan does not
 * declare them: each reading is held against what speaks for another. Standard quotes stay unless another reading fits
 * better and nothing is quoted for a reason.
 */
export function findQuotes(
  sample: Buffer,
  delimiter: string,
  declared: Pick<Declared, 'quote' | 'escape'>,
  complete: boolean,
): Quotes {
  const evidence = (quote: string | undefined, escape = quote, escapesInQuotesOnly = false) =>
    quoteEvidence(sample, { delimiter, quote, escape, escapesInQuotesOnly }, complete)
  const quotes = findQuote(sample, delimiter, declared, evidence)
  if (declared.escape !== undefined) {
    const escape = declared.escape === 'none' ? quotes.quote : declared.escape
    return { ...quotes, escape, doubt: quotes.doubt && escape === quotes.quote }
  }
  if (!sample.includes(BACKSLASH)) return quotes
  const escaped = findEscape(sample, delimiter, { quotes, isDeclared: declared.quote !== undefined, evidence })
  return escaped ?? quotes
}

type EvidenceOf = (quote: string | undefined, escape?: string, escapesInQuotesOnly?: boolean) => QuoteEvidence

function findQuote(sample: Buffer, delimiter: string, declared: Pick<Declared, 'quote'>, evidence: EvidenceOf): Quotes {
  if (declared.quote !== undefined) return doubledQuotes(declared.quote === 'none' ? undefined : declared.quote)
  const double = evidence(STANDARD.quote)
  if (double.isShown) return doubledQuotes(STANDARD.quote)
  for (const quote of double.quoted === 0 ? OTHER_QUOTES.filter((each) => sample.includes(each)) : []) {
    const fits = (other: QuoteEvidence) =>
      other.isShown && other.faults === 0 && other.alike * double.records >= double.alike * other.records
    // What escapes it, where it does not double, is looked for later.
    if (fits(evidence(quote)) || (sample.includes(BACKSLASH) && fits(evidence(quote, BACKSLASH))))
      return doubledQuotes(quote)
  }
  if (double.faults > 0 && !COMMON_DELIMITERS.has(delimiter) && evidence(undefined).alike > double.alike) {
    return doubledQuotes(undefined)
  }
  return doubledQuotes(STANDARD.quote, true)
}

function doubledQuotes(quote: string | undefined, doubt = false): Quotes {
  return { quote, escape: quote, doubt }
}

/** Backslashes before other characters, in quotes and without them; undefined where they are characters like any other. */
function findEscape(
  sample: Buffer,
  delimiter: string,
  { quotes, isDeclared, evidence }: { quotes: Quotes; isDeclared: boolean; evidence: EvidenceOf },
): Quotes | undefined {
  const { areEscapes, nulls, doubled, lineEnds, letters } = escapeEvidence(sample.toString('utf8'), delimiter)
  const plain = evidence(quotes.quote)
  const fits = (escaped: QuoteEvidence) => areEscapes && escaped.alike * plain.records >= plain.alike * escaped.records
  const none = evidence(undefined, BACKSLASH)
  // Informix and others escape little but a delimiter: records that are too wide otherwise show it.
  const mendsWidths = none.records === plain.records && none.alike > plain.alike
  const isEscaping = mendsWidths || doubled + lineEnds > 0 || (delimiter === '\t' && nulls + letters > 0)
  const withoutQuotes: Quotes = { quote: undefined, escape: BACKSLASH, doubt: false }
  if (quotes.quote !== undefined) {
    // Outside quotes, some programs escape and others do not.
    const [either, within] = [evidence(quotes.quote, BACKSLASH), evidence(quotes.quote, BACKSLASH, true)]
    const escaped = within.faults < either.faults || within.alike > either.alike ? within : either
    const isFlawless = none.alike === none.records && escaped.faults > 0
    if (isFlawless && areEscapes && isEscaping && !isDeclared && !COMMON_DELIMITERS.has(delimiter)) return withoutQuotes
    const mends = escaped.faults < plain.faults && escaped.alike > plain.alike
    if (escaped.isShown && !plain.doubles && (mends || (fits(escaped) && lineEnds > 0))) {
      return { quote: quotes.quote, escape: BACKSLASH, doubt: false }
    }
    if (escaped.isShown || isDeclared) return undefined
  }
  return fits(none) && isEscaping ? withoutQuotes : undefined
}

/** The dialect that quotes and a delimiter make. */
export function dialectOf(delimiter: string, { quote, escape }: Quotes): CsvDialect {
  return { delimiter, quote, escape }
}
