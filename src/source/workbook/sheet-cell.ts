import { isErrorWord } from '../../outside/spreadsheet-errors.ts'

/** What a cell of a sheet gives: its value as text, and what is wrong with it. */
export interface SheetCell {
  readonly text: string
  readonly problem?: string
}

/** Some writers put the error of a formula down as a text. */
export function textCell(text: string): SheetCell {
  return isErrorWord(text) ? errorCell(text) : { text }
}

export function errorCell(error: string): SheetCell {
  return { text: error, problem: `the cell holds the error ${error}; a value was expected` }
}

/** From here on a number has more digits than a spreadsheet keeps. */
export const MOST_EXACT = 1e15
export const TOO_LONG =
  'the cell holds a number of more than 15 digits, of which a spreadsheet keeps 15. Enter it as text (with an apostrophe in front)'
export const ZERO_FOR_NO_RESULT =
  'the cell holds a formula that was not worked out: the program that wrote the workbook put 0 in its place. Open the file in a spreadsheet program and save it'
export const NO_RESULT =
  'the cell holds a formula without its result. Open the file in a spreadsheet program and save it'
