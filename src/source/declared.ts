import { UsageError } from '../model.ts'

/** How a file is to be read, as a plan's `rows:` declares it. What is undefined is found out from the file. */
export interface Declared {
  /** Any name or label of the WHATWG's Encoding Standard. */
  readonly encoding?: string | undefined
  /** CSV: one ASCII character. */
  readonly delimiter?: string | undefined
  /** CSV: one ASCII character, or `none` where quotes are characters like any other. */
  readonly quote?: string | undefined
  /** CSV: what stands before a quote inside a quoted value; the quote itself unless told. */
  readonly escape?: string | undefined
  /** CSV and sheets: lines before the header. */
  readonly skip?: number | undefined
  /** CSV and sheets: the columns' names, where the file has no header. */
  readonly columns?: readonly string[] | undefined
  /** Workbooks: the sheet's name, or its place from 1. The first unless told. */
  readonly sheet?: string | number | undefined
}

/** Throws UsageError where a declaration makes no sense. */
export function checkDeclared({ delimiter, quote, escape, columns }: Declared): void {
  const marks = [
    ['delimiter', delimiter],
    ['quote', quote === 'none' ? undefined : quote],
    ['escape', escape],
  ] as const
  for (const [key, mark] of marks) {
    if (mark === undefined || /^[\x01-\x09\x0B\x0C\x0E-\x1F\x21-\x7E]$/.test(mark)) continue
    throw new UsageError(`The plan's \`rows: { ${key}: ${JSON.stringify(mark)} }\` is not one ASCII character, as in \`${key}: ";"\`.`)
  }
  if (delimiter !== undefined && (delimiter === quote || delimiter === escape)) {
    throw new UsageError(`The plan's \`rows:\` uses ${JSON.stringify(delimiter)} both as delimiter and as quote or escape. Make them differ.`)
  }
  if (columns?.length === 0) throw new UsageError("The plan's `rows: { columns: [] }` names no column.")
}
