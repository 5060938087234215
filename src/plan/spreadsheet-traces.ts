import { isScientific, unarmour } from './cell-shape.ts'
import { dateTrace, threeNumbers } from './date-traces.ts'

/**
 * What a spreadsheet has done to a cell that came back through it, in words that go on from the cell; undefined where the
 * change looks like somebody's own.
 */
export function spreadsheetTrace(before: string, after: string): string | undefined {
  if (before === after) return undefined
  if (isScientific(after) && !isScientific(before)) return 'is a number in E-notation, whose last digits are lost'
  if (hasLostZeros(before, after)) return 'has lost the zeros in front'
  if (hasLostDigits(before, after)) return 'has zeros in the place of its last digits'
  if (isWorkedOut(before, after)) return 'was taken for a number in E-notation'
  if (hasLostPoint(before, after)) return 'has lost the sign between its digits, which stood for thousands there'
  if (isGarbled(before, after)) return 'was read in another encoding'
  return dateTrace(before, after) ?? (isMadeDate(before, after) ? 'was taken for a date' : undefined)
}

function hasLostZeros(before: string, after: string): boolean {
  const [, rest] = /^0+(\d+)$/.exec(unarmour(before) ?? before) ?? []
  return rest !== undefined && after.replace(/[.,]0+$/, '') === rest
}

/** A number keeps fifteen digits there. */
function hasLostDigits(before: string, after: string): boolean {
  const [, digits] = /^0*(\d{16,})$/.exec(before) ?? []
  return (
    digits !== undefined &&
    /^\d+$/.test(after) &&
    after.length === digits.length &&
    /0+$/.test(after.slice(14)) &&
    after.slice(0, 14) === digits.slice(0, 14)
  )
}

/** The id `12E4` that has become `120000`. */
function isWorkedOut(before: string, after: string): boolean {
  return /^\d+e\d{1,2}$/i.test(before) && /^\d+$/.test(after) && Number(before) === Number(after)
}

/** `12.345`, of which a program that writes decimals with a comma makes 12345; and `12,345` the other way round. */
function hasLostPoint(before: string, after: string): boolean {
  return /^-?\d{1,3}[.,]\d{3}$/.test(before) && before.replace(/[.,]/, '') === after
}

/** UTF-8 that was read in another encoding, or letters that the other encoding does not have. */
function isGarbled(before: string, after: string): boolean {
  // eslint-disable-next-line no-control-regex
  if (!/[^\x00-\x7f]/.test(before)) return false
  const bytes = Buffer.from(before, 'utf8')
  const readings = ENCODINGS.map((encoding) => new TextDecoder(encoding).decode(bytes))
  if (readings.some((reading) => known(reading) === known(after))) return true
  // eslint-disable-next-line no-control-regex
  const lost = before.replaceAll(/[^\x00-\x7f]/gu, '?')
  return after === lost || after === lost.replaceAll('?', '\ufffd') || after.replaceAll('\ufffd', '?') === lost
}

/** Without what an encoding has no character for: programs write that in several ways. */
function known(text: string): string {
  return text.replaceAll(/[\u0080-\u009f\ufffd?\u00a0 ]/g, '')
}

/** What Windows and Macs take a file without a mark for, from place to place. */
const ENCODINGS = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-15',
  'macintosh',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-kr',
]

/** `3-4` that has become `03-Apr` or `03/04/2024`, `1.5` that has become `01. Mai`, `MAR1` that has become `1-Mar`. */
function isMadeDate(before: string, after: string): boolean {
  const isDate = /^(?:\d{1,2}[-. ]{1,2}\p{L}{3,}\.?(?:[-. ]{1,2}\d{2,4})?|\p{L}{3,}\.?[-. ]\d{2,4})$/u
  const isShort = /^(?:\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{4}|\p{L}{3,4}[- ]?\d{1,2})$/u.test(before)
  if (!isShort || isDate.test(before)) return false
  return isDate.test(after) || threeNumbers(after) !== undefined
}
