import type { Status } from '../model.ts'
import type { CodeCount } from '../ledger/ledger.ts'
import type { Notice } from '../notify/notice.ts'
import type { SessionEnd } from './session.ts'
import { formatCount, plural } from '../words.ts'

const PROBLEMS_TOLD = 3
const STATUSES: readonly Status[] = ['ok', 'warned', 'skipped', 'rejected', 'failed', 'invalid']

/**
 * What is told of a session's end: verdict, counts, top problems, where the report is. Problems are told by their
 * shape, so no member's data is in it.
 */
export function endNotice({ record, summary, codes }: SessionEnd, folder: string): Notice {
  const next = record.state === 'halted' || record.state === 'paused' ? [`To go on: rollcall resume ${record.run}`] : []
  return {
    id: `${record.run}-${record.state}-${Date.parse(record.finishedAt ?? record.startedAt)}`,
    event: record.state,
    title: `${baseName(record.source)}: ${endVerdict({ record, summary })}`,
    lines: [
      ...countLine(summary),
      ...topProblems(codes),
      ...(record.remedy === undefined ? [] : [record.remedy]),
      `Report: ${folder}`,
      ...next,
    ],
    data: { ...summary, ...(record.reason !== undefined && { reason: record.reason }) },
  }
}

/** The verdict in a sentence. */
function endVerdict({ record, summary }: Pick<SessionEnd, 'record' | 'summary'>): string {
  if (record.state === 'halted') return `halted. ${record.reason ?? ''}`.trim()
  if (record.state !== 'finished') return `${record.state}, with ${plural(summary.rows, 'row')} read.`
  const bad = summary.rejected + summary.failed + summary.invalid
  return bad === 0
    ? `finished, all ${plural(summary.rows, 'row')} done.`
    : `finished; ${formatCount(bad)} of ${plural(summary.rows, 'row')} did not succeed.`
}

function countLine(summary: SessionEnd['summary']): string[] {
  const counts = STATUSES.filter((status) => summary[status] > 0)
  return counts.length === 0 ? [] : [counts.map((status) => `${formatCount(summary[status])} ${status}`).join(', ')]
}

function topProblems(codes: readonly CodeCount[]): string[] {
  const errors = codes.filter(({ severity }) => severity === 'error')
  const lines = errors.slice(0, PROBLEMS_TOLD).map(({ code, message, rows }) => {
    const what = code === undefined ? message : `${code} ${message}`
    return `${formatCount(rows)} × ${what.slice(0, 120)}`
  })
  const more = errors.length - lines.length
  return more > 0 ? [...lines, `and ${plural(more, 'other problem')}`] : lines
}

function baseName(source: string): string {
  return source === '-' ? 'standard input' : (source.split(/[\\/]/).at(-1) ?? source)
}
