import type { PassedOver } from '../model.ts'
import { formatCount } from '../words.ts'

/** One sentence for people; undefined where nothing was passed over. */
export function describePassedOver(found: readonly PassedOver[]): string | undefined {
  if (found.length === 0) return undefined
  const all = found.map(({ what, rows, first_line: line }) =>
    rows === 1 ? `${ONE[what]} (line ${line})` : `${formatCount(rows)} ${MANY[what]} (the first on line ${line})`,
  )
  const last = all.pop()
  return `Passed over, since they are no records: ${all.length === 0 ? last : `${all.join(', ')} and ${last}`}.`
}

const ONE: Readonly<Record<PassedOver['what'], string>> = {
  blank: 'a row of empty cells',
  rule: 'a row of dashes',
  types: 'a row of the columns’ types',
  labels: 'a row of labels below the header',
  header: 'the header, which comes again',
  count: 'a count of rows',
  total: 'a row of totals',
  footer: 'a line of a page’s foot',
  comment: 'a comment',
  'end mark': 'a mark of the file’s end',
}
const MANY: Readonly<Record<PassedOver['what'], string>> = {
  blank: 'rows of empty cells',
  rule: 'rows of dashes',
  types: 'rows of the columns’ types',
  labels: 'rows of labels below the header',
  header: 'headers that come again',
  count: 'counts of rows',
  total: 'rows of totals',
  footer: 'lines of a page’s foot',
  comment: 'comments',
  'end mark': 'marks of the file’s end',
}
