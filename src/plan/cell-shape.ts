/**
 * A number in E-notation, as spreadsheets and number columns write long ones: `1.23457E+15`, `1,23457E+15`, `1e+06`,
 * `7.0E7`. Something like `12E4`, without a sign and a decimal point, may well be an id.
 */
export function isScientific(text: string): boolean {
  return SCIENTIFIC.test(text)
}

/** What a number in E-notation is, in words that go on from it: often the digits at its end were never written. */
export function scientificFault(text: string): string {
  const [, mantissa = '', exponent = '0'] = /^[+-]?([\d.,]+)e\+?(-?\d+)$/i.exec(text) ?? []
  const digits = mantissa.replaceAll(/[.,]/g, '')
  const isWhole = Number(exponent) === digits.length - 1
  return isWhole ? `is a number in E-notation, for ${digits}` : 'is a number in E-notation: its last digits are lost'
}

/** The integer of a float's text, as number columns with a gap are written: `123` of `123.0`; undefined for all else. */
export function withoutFloatTail(text: string): string | undefined {
  return FLOAT_OF_INTEGER.exec(text)?.[1]
}

/** What a formula that only holds a text keeps from a spreadsheet: `00123` of `="00123"`, `=T("00123")` or `'00123`. */
export function unarmour(text: string): string | undefined {
  const first = text.charCodeAt(0)
  if (first === EQUALS) return FORMULA_OF_TEXT.exec(text)?.[1]?.replaceAll('""', '"')
  // A name may begin with an apostrophe ('t Hooft); what a spreadsheet would calculate has it in front to stay text.
  return first === APOSTROPHE && /^'[\d+\-=@]/.test(text) ? text.slice(1) : undefined
}

const EQUALS = 61
const APOSTROPHE = 39
const SCIENTIFIC = /^[+-]?(?:\d+[.,]\d+e[+-]?\d{1,3}|\de[+-]\d{2,3})$/i
const FLOAT_OF_INTEGER = /^([+-]?\d+)[.,]0+$/
const FORMULA_OF_TEXT = /^=\s*(?:T\s*\(\s*)?"((?:[^"]|"")*)"\s*\)?$/i
