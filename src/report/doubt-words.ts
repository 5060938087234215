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
