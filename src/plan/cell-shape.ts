/**
 * A number in E-notation, as spreadsheets and number columns write long ones: `1.23457E+15`, `1,23457E+15`, `1e+06`,
 * `7.0E7`. Something like `12E4`, without a sign and a decimal point, may well be an id.
 */
export function isScientific(text: string): boolean {
  return SCIENTIFIC.test(text)
}

/** What a number in E-notation is, in words that go on from it: often the digits at its end were never written. */
export function scientificFault(text: string): string {
  const [, before = '', behind = '', exponent = '0'] = /^[+-]?(\d*)[.,]?(\d*)\s?[ed]\s?\+?(-?\d+)$/i.exec(text) ?? []
  // The point stands behind the last digit, and all of them are there; of 0.12E2 too.
  const isWhole = behind.length > 0 && Number(exponent) === behind.length
  const digits = (before + behind).replace(/^0+(?=\d)/, '')
  return isWhole ? `is a number in E-notation, for ${digits}` : 'is a number in E-notation: its last digits are lost'
}

/** The integer of a float's text, as number columns with a gap are written: `123` of `123.0`; undefined for all else. */
export function withoutFloatTail(text: string): string | undefined {
  return FLOAT_OF_INTEGER.exec(text)?.[1]
}

/**
 * What a formula that only holds a text keeps from a spreadsheet: `00123` of `="00123"`, `=T("00123")` or `'00123`. An
 * apostrophe may have been made a curved one, and some programs (WeChat's bills) put a backtick there.
 */
export function unarmour(text: string): string | undefined {
  const first = text.charCodeAt(0)
  if (first === EQUALS) return FORMULA_OF_TEXT.exec(text)?.[1]?.replaceAll('""', '"')
  // A name may begin with an apostrophe ('t Hooft); what a spreadsheet would calculate has it in front to stay text.
  return APOSTROPHES.has(first) && /^.[\d+\-=@]/u.test(text) ? text.slice(1) : undefined
}

/** What stands in quotes as a whole: in those that were quoted themselves, Python's (`b'00123'`), a text processor's. */
export function unquote(text: string): string | undefined {
  return QUOTED.exec(text)?.[2] ?? CURVED.exec(text)?.[1]
}

/** A text without quotes around it as a whole, or else without a spreadsheet's armour. */
export function bareText(text: string): string {
  return unquote(text) ?? unarmour(text) ?? text
}

/**
 * Without the commas, semicolons and spaces at its end that a list has left there. A loop: a pattern would take the square
 * of a long row of them.
 */
export function withoutListEnd(text: string): string {
  let end = text.length
  while (end > 0 && LIST_END.has(text.charCodeAt(end - 1))) end--
  return end === text.length ? text : text.slice(0, end)
}

/** `,`, `;` and white space. */
const LIST_END: ReadonlySet<number> = new Set([9, 10, 13, 32, 44, 59])
const EQUALS = 61
/** `'`, a backtick, an acute accent, and curved ones. */
const APOSTROPHES: ReadonlySet<number> = new Set([39, 96, 0xb4, 0x2018, 0x2019])
/** Python's and Java's decimals have a sign behind the E (`1E+5`), Fortran's and SAS' a D; on paper it is a power of ten. */
const SCIENTIFIC =
  /^[+-]?(?:(?=[.,]?\d)\d*[.,]\d*\s?(?:e|d(?=[+-]))\s?[+-]?\d{1,3}|\d+e\+\d{1,3}|\de-\d{2,3}|\d*[.,]\d+\s?[x*\u00b7\u00d7]\s?10\s?(?:\^\s?)?[+-]?[\d\u00b9\u00b2\u00b3\u2070-\u2079]{1,3})$/i
const FLOAT_OF_INTEGER = /^([+-]?\d+)[.,]0+$/
const FORMULA_OF_TEXT = /^=\s*(?:T\s*\(\s*)?"((?:[^"]|"")*)"\s*\)?$/i
const QUOTED = /^(?:[bu](?=["']))?(["'`]+)([^"'`]+)\1$/
const CURVED = /^[“”„‘‚’«‹「『]([^“”„‘’‚«»‹›「」『』]+)[“”‘’»›」』]$/u
