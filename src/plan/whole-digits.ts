import type { DateFormat } from './date-format.ts'

/**
 * The digits of a date that is written by digits alone, such as `ddMMyyyy`, where a number column has left the zero in front
 * away (1051988), or has put a `.0` behind; undefined where the format is none such, or nothing is amiss.
 */
export function wholeDigits({ tokens }: DateFormat, text: string): string | undefined {
  let width = 0
  for (const token of tokens) {
    if (token.kind !== 'digits' || token.min !== token.max) return undefined
    width += token.max
  }
  const digits = /^(\d+)(?:\.0+)?$/.exec(text)?.[1]
  if (digits === undefined) return undefined
  if (digits.length === width) return digits === text ? undefined : digits
  // A year of four digits begins with none. Six digits, or five, might be anything.
  const mayLose = tokens[0]?.kind === 'digits' && tokens[0].max < 4 && width > SHORT
  return mayLose && digits.length === width - 1 ? `0${digits}` : undefined
}

const SHORT = 6
