import type { Subject } from '../lanes/lane.ts'
import { lanes } from '../lanes/lanes.ts'
import type { LaneName, Outcome, Result } from '../model.ts'

/**
 * What became of a row's record, or of its links: the word in `_register` or `_link`. Of several lanes that see to it, the
 * last one that was not left out has the say. Undefined where the row asks nothing of the kind, or is still open.
 */
export function subjectResult(
  subject: Subject,
  outcomes: Readonly<Record<LaneName, Pick<Outcome, 'result'>>>,
): Result | undefined {
  let found: Result | undefined
  for (const { name } of lanesBySubject[subject]) {
    const result = outcomes[name]?.result
    if (result !== undefined && (found === undefined || result !== 'skipped')) found = result
  }
  return found
}

const lanesBySubject = {
  record: lanes.filter(({ subject }) => subject === 'record'),
  links: lanes.filter(({ subject }) => subject === 'links'),
}
