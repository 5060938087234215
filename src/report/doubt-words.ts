import { formatCount, plural } from '../words.ts'
import type { Summary } from './summary.ts'

const COLUMNS_SHOWN = 3

/**
 * How many rows were sent with a value that may not be meant as it was read, by the column, in words that go on from
 * `..., 12`: `with a doubtful value in dob, 3 in joined`. Undefined where there are none.
 */
export function doubtWords({ doubts = [] }: Partial<Pick<Summary, 'doubts'>>): string | undefined {
  const rows = new Map<string, number>()
  for (const { message, rows: met } of doubts) {
    const [column = ''] = message.split(': ')
    rows.set(column, (rows.get(column) ?? 0) + met)
  }
  const [first, ...others] = [...rows].toSorted(([, a], [, b]) => b - a)
  if (first === undefined) return undefined
  const shown = others.slice(0, COLUMNS_SHOWN - 1).map(([column, met]) => `, ${formatCount(met)} in ${column}`)
  const more = others.length - shown.length
  return [
    `${formatCount(first[1])} with a doubtful value in ${first[0]}`,
    ...shown,
    ...(more > 0 ? [` and more in ${plural(more, 'other column')}`] : []),
  ].join('')
}

/** The columns that are to be looked at, in words that go on from a sentence: `; look at born and city`. */
export function remarkWords({ remarks = [] }: Partial<Pick<Summary, 'remarks'>>): string {
  const columns = [...new Set(remarks.map((remark) => remark.split(': ')[0] ?? ''))]
  if (columns.length === 0) return ''
  const shown = columns.slice(0, COLUMNS_SHOWN)
  const more = columns.length - shown.length
  const listed = more > 0 ? [...shown, plural(more, 'other column')] : shown
  return `; look at ${listed.length > 1 ? `${listed.slice(0, -1).join(', ')} and ${listed.at(-1)}` : listed[0]}`
}
