import { resolve } from 'node:path'
import type { Status } from '../../model.ts'
import type { Notification } from '../../notify/notification.ts'
import { describePassedOver } from '../../report/describe-passed-over.ts'
import { runSentence } from '../../report/run-sentence.ts'
import { isUnchanged } from '../../report/to-look-at.ts'
import { runFolder } from '../../run/run-record.ts'
import type { Environment } from '../environment.ts'
import type { SessionEnd } from '../session/session-end.ts'
import { type Typing, asTyped, commandOf } from '../../typed-commands.ts'
import { formatCount, plural } from '../../words.ts'
import { consoleLine } from './console-address.ts'

const PROBLEMS_TOLD = 3
const STATUSES: readonly Status[] = ['ok', 'warned', 'skipped', 'rejected', 'failed', 'invalid']

/**
 * What is told of a session's end: verdict, counts, top problems, where the report is. Problems are told by their
 * shape, so no member's data is in it.
 */
export function endNotification(
  { record, summary, problems }: SessionEnd,
  environment: Pick<Environment, 'home' | 'command' | 'consoleUrl'>,
): Notification {
  const { home, consoleUrl } = environment
  const goesOn = record.state === 'halted' || record.state === 'paused'
  const next = goesOn ? [`To go on: ${commandOf('resume', record.run)}`] : []
  return {
    id: `${record.run}-${record.state}-${Date.parse(record.finishedAt ?? record.startedAt)}`,
    event: record.state,
    title: `${baseName(record.source)}: ${runSentence({ ...summary, state: record.state, reason: record.reason })}`,
    lines: [
      ...topDoubts(summary),
      ...countLine(summary),
      ...[describePassedOver(summary.passed_over ?? [])].filter((line) => line !== undefined),
      ...topProblems(problems),
      ...topSkips(summary),
      ...(record.remedy === undefined ? [] : [record.remedy]),
      `Report: ${resolve(runFolder(home, record.run).path)}`,
      ...consoleLine(consoleUrl, ['runs', record.run]),
      ...next,
    ].map((line) => asTyped(line, typingFor(environment))),
    data: { ...summary, ...(record.reason !== undefined && { reason: record.reason }) },
  }
}

/** Messages are read anywhere: their commands name the home in full. */
export function typingFor({ home, command }: Pick<Environment, 'home' | 'command'>): Typing {
  return { command, home: resolve(home) }
}

function countLine(summary: SessionEnd['summary']): string[] {
  const counts = STATUSES.filter((status) => summary[status] > 0)
  return counts.length === 0 ? [] : [counts.map((status) => `${formatCount(summary[status])} ${status}`).join(', ')]
}

function topProblems(problems: SessionEnd['problems']): string[] {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const lines = errors.slice(0, PROBLEMS_TOLD).map(({ code, message, rows }) => {
    const what = code === undefined ? message : `${code} ${message}`
    return `${formatCount(rows)} × ${what.slice(0, 120)}`
  })
  const more = errors.length - lines.length
  return more > 0 ? [...lines, `and ${plural(more, 'other problem')}`] : lines
}

function topDoubts({ doubts = [], remarks = [] }: SessionEnd['summary']): string[] {
  const lines = [
    ...remarks.slice(0, PROBLEMS_TOLD).map((remark) => `Look at ${remark.slice(0, 240)}`),
    ...doubts
      .slice(0, PROBLEMS_TOLD)
      .map(({ message, rows }) => `${formatCount(rows)} sent, and perhaps not meant so: ${message.slice(0, 120)}`),
  ]
  const more = doubts.length + remarks.length - lines.length
  return more > 0 ? [...lines, `and ${plural(more, 'other doubt')}`] : lines
}

/** Unchanged rows of a sync are no news. */
function topSkips({ skipped_because: reasons }: SessionEnd['summary']): string[] {
  return reasons
    .filter(({ message }) => !isUnchanged(message))
    .slice(0, PROBLEMS_TOLD)
    .map(({ message, rows }) => `${formatCount(rows)} skipped: ${message.slice(0, 120)}`)
}

function baseName(source: string): string {
  return source === '-' ? 'standard input' : (source.split(/[\\/]/).at(-1) ?? source)
}
