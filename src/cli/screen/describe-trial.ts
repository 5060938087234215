import type { Trial } from '../../app/plan/propose-plan.ts'
import { plural } from '../../words.ts'
import { problemLines, rowName } from './problems.ts'

/** What becomes of the first rows under a proposal: three of them as they would be sent, and what is wrong with others. */
export function describeTrial({ preview, rows, ready, problems, trouble }: Trial): string {
  const invalid = rows - ready
  const lines = [
    ...preview.flatMap(({ row, requests }) => [
      `As ${rowName(row)} would be sent:`,
      ...Object.entries(requests).map(([lane, request]) => `  ${lane} ${JSON.stringify(request)}`),
    ]),
    ...(problems.length === 0
      ? []
      : [`${invalid === rows ? 'None' : `Only ${ready}`} of the first ${plural(rows, 'row')} would be sent:`]),
    ...problemLines(
      problems.map(({ rows: count, message, places, hint }) => ({
        rows: count,
        message,
        ...(places[0] !== undefined && { first: `${rowName(places[0].row)} (line ${places[0].line})` }),
        ...(hint !== undefined && { notes: [hint] }),
      })),
      { most: 5, rest: (more) => `and ${more} more, which check tells` },
    ),
    ...(trouble === undefined ? [] : [`This plan cannot be imported as it is. ${trouble}`]),
  ]
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
