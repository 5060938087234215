import type { Status } from '../../model.ts'
import type { FamilyCounts } from '../../report/relatives.ts'
import { statusMeaning } from '../../report/status-words.ts'
import { formatCount, plural } from '../../words.ts'

/** How the file stands after all runs over it, in lines; none where there is one run alone. */
export function familyLines(family: FamilyCounts | undefined): string[] {
  if (family === undefined) return []
  const counts = (Object.keys(statusMeaning) as Status[])
    .filter((status) => family[status] > 0)
    .map((status) => `${formatCount(family[status])} ${status}`)
  return [
    `The file, after all ${formatCount(family.runs.length)} runs over it: ${plural(family.rows, 'row')}, ${counts.join(', ')}.`,
    '',
  ]
}
