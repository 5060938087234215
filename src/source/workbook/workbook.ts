import type { Progress } from '../open-bytes.ts'

/** An open workbook, whatever its format. */
export interface Workbook {
  readonly format: 'xlsx' | 'ods' | 'xls'
  readonly sheets: readonly Sheet[]
}

export interface Sheet {
  readonly name: string
  readonly isHidden: boolean
  /** Reads the rows that hold anything, some at a time; to be called once for each time that they are wanted. */
  read(): SheetReading
}

export interface SheetReading {
  readonly rows: AsyncGenerator<SheetRow[], void, undefined>
  progress(): Progress
}

/** A row of a sheet that holds anything. */
export interface SheetRow {
  /** As the sheet counts, from 1. */
  readonly number: number
  /** By column; what is empty may be a hole. */
  readonly cells: string[]
  /** What is wrong with a cell, by its column. */
  readonly faults: readonly { readonly column: number; readonly problem: string }[]
  /** It is not shown, as where a filter is on. */
  readonly isHidden?: boolean
}
