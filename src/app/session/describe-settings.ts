import type { LanePart } from '../../lanes/lane-plan.ts'
import { laneNamed } from '../../lanes/lanes.ts'
import type { LaneName } from '../../model.ts'
import type { Plan } from '../../plan/load-plan.ts'
import { describeDuration, formatCount, formatShare } from '../../words.ts'
import { version } from '../../version.ts'

/** What a session goes by, as names and values for people: the plan's settings, and the versions at work. */
export function describeSettings({
  rows,
  lanes,
  onExists,
  duplicates,
  retry,
  outageMs,
  stopWhen,
}: Plan): [string, string][] {
  return [
    ['lanes', Object.entries(lanes).map(describeLane).join('; ')],
    ['key of a row', rows.key === undefined ? 'its first identifier' : `column ${rows.key.column}`],
    ['a member who exists', onExists === 'ok' ? 'is ok' : 'is rejected'],
    ['rows that repeat each other', REPEATS[duplicates]],
    ['tried again', `up to ${retry.attempts} attempts within ${describeDuration(retry.forMs)}`],
    ['an outage', `is waited out for ${describeDuration(outageMs)}`],
    ['stops when', `${formatShare(stopWhen.rejected)} are rejected, after ${formatCount(stopWhen.after)} rows`],
    ['versions', `rollcall ${version}, Node ${process.versions.node}`],
  ]
}

function describeLane([name, { batch }]: [LaneName, LanePart]): string {
  return laneNamed(name).rowsPerRequest === 1 ? name : `${name}, ${batch} rows a request`
}

const REPEATS: Readonly<Record<Plan['duplicates'], string>> = {
  first: 'the first is sent, the others are skipped',
  last: 'the last is sent, the others are skipped',
  all: 'all are sent, one after the other',
  reject: 'the first is sent, the others are invalid',
}
