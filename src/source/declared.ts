import { UsageError } from '../model.ts'

/** How a file is to be read, as a plan's `rows:` declares it. What is undefined is found out from the file. */
export interface Declared {
  /** Any name or label of the WHATWG's Encoding Standard. */
  readonly encoding?: string | undefined
  /** CSV: one ASCII character. */
  readonly delimiter?: string | undefined
  /** CSV: one ASCII character, or `none` where quotes are characters like any other. */
  readonly quote?: string | undefined
  /** CSV: what stands before a quote, or any other character that is part of a value; `none` where a quote is doubled. */
  readonly escape?: string | undefined
  /** CSV and sheets: lines before the header. */
  readonly skip?: number | undefined
  /** CSV and sheets: the columns' names, where the file has no header. */
  readonly columns?: readonly string[] | undefined
  /** CSV and sheets: what comments begin with; `none` where no row is one. */
  readonly comment?: string | undefined
  /** JSON: where the list of records is, names with dots between; `.`: each value is a record. */
  readonly path?: string | undefined
  /** JSON: whose types stand around its values; `plain`: nobody's. */
  readonly json?: 'plain' | 'mongodb' | 'dynamodb' | undefined
  /** Workbooks: texts that stand for nothing. A cell whose error is one of them is no fault of its row. */
  readonly empty?: readonly string[] | undefined
  /** Workbooks: the sheet's name, or its place from 1. The first unless told. */
  readonly sheet?: string | number | undefined
}

/** Throws UsageError where one character is to be two things. */
export function checkDeclared({ delimiter, quote = '"', escape }: Declared): void {
  if (delimiter === undefined || (delimiter !== quote && delimiter !== escape)) return
  throw new UsageError(
    `The plan's \`rows:\` uses ${JSON.stringify(delimiter)} both as delimiter and as quote or escape. Make them differ.`,
  )
}
