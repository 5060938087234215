import { join } from 'node:path'
import type { Status } from '../../model.ts'
import { lookUpCode } from '../../lanes/catalogue.ts'
import type { CodeCount } from '../../ledger/ledger.ts'
import { countRejects } from '../../ledger/rejects.ts'
import { nextSteps } from '../../report/next-steps.ts'
import { runSentence } from '../../report/run-sentence.ts'
import { statusMeaning } from '../../report/status-words.ts'
import { type Summary, isTellingPace } from '../../report/summary.ts'
import type { RunRecord } from '../../run/run-record.ts'
import { passedOverLines } from './passed-over-lines.ts'
import { familyLines } from './describe-family.ts'
import { describeVerification } from './describe-verification.ts'
import type { SessionEnd } from '../../app/session/run-session.ts'
import type { Standing } from '../../app/runs/run-status.ts'
import { describeDuration, formatCount, plural } from '../../words.ts'

interface PrintOptions {
  readonly json: boolean
  readonly home: string
  /** `--home` as it was given: commands that we name repeat it. */
  readonly homeOption: string | undefined
}

/** A run as it stands at this moment. */
type Shown = Omit<RunRecord, 'state'> & { readonly state: Standing['state'] }

const PROBLEMS_SHOWN = 3

/** The last words of a session: what became of the rows, where the reports are, and what to do next. */
export function printEnd({ record, summary, codes }: SessionEnd, { json, home, homeOption }: PrintOptions): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`)
    if (record.state !== 'finished') process.stderr.write(describeStop({ record, summary }, { home, homeOption }))
    return
  }
  process.stdout.write(describeEnd({ record, summary, codes }, { home, homeOption }))
}

/** For people, where standard output is a script's: why a run did not come to its end, and the command that goes on. */
function describeStop(
  { record, summary }: Pick<SessionEnd, 'record' | 'summary'>,
  { home, homeOption }: Pick<PrintOptions, 'home' | 'homeOption'>,
): string {
  const sentence = runSentence({ ...record, rows: summary.rows, rejects: countRejects(summary) })
  const steps = nextLines(record, summary, join(home, 'runs', record.run), suffixOf(homeOption))
  return `${[`Run ${record.run}: ${sentence}`, ...steps].join('\n')}\n`
}

function suffixOf(homeOption: string | undefined): string {
  return homeOption === undefined ? '' : ` --home ${homeOption}`
}

export function describeEnd(
  { record, summary, codes }: Omit<SessionEnd, 'record'> & { readonly record: Shown },
  { home, homeOption }: Pick<PrintOptions, 'home' | 'homeOption'>,
): string {
  const folder = join(home, 'runs', record.run)
  const suffix = suffixOf(homeOption)
  const tookMs = Date.parse(summary.finished_at ?? new Date().toISOString()) - Date.parse(summary.started_at)
  const { verifies } = record
  if (verifies !== undefined) {
    const lanes = laneLines(summary, tookMs)
    return describeVerification({ ...record, verifies, summary, codes, lanes, folder, suffix })
  }
  return [
    '',
    `Run ${record.run}: ${runSentence({ ...record, rows: summary.rows, rejects: countRejects(summary) })}`,
    '',
    ...countLines(summary),
    ...passedOverLines(summary.passed_over),
    '',
    ...laneLines(summary, tookMs),
    ...problemLines(codes),
    ...familyLines(summary.family),
    `Reports: ${folder}`,
    '  report.html   all of this and more, for people',
    '  results.csv   every row of the file, and what became of it',
    ...(countRejects(summary) > 0
      ? ['  rejects.csv   the rows that did not succeed, each with the reason and what to do']
      : []),
    '  summary.json  these figures',
    ...nextLines(record, summary, folder, suffix),
    '',
  ].join('\n')
}

function countLines(summary: Summary): string[] {
  const statuses = (Object.keys(statusMeaning) as Status[]).filter((status) => summary[status] > 0)
  const width = Math.max(...statuses.map((status) => formatCount(summary[status]).length), 1)
  const lines = statuses.map(
    (status) => `  ${formatCount(summary[status]).padStart(width)} ${status.padEnd(8)}  ${statusMeaning[status]}`,
  )
  const open = summary.rows - statuses.reduce((sum, status) => sum + summary[status], 0)
  return open > 0 ? [...lines, `  ${formatCount(open).padStart(width)} open      dispatched, not answered yet`] : lines
}

function laneLines(summary: Summary, tookMs: number): string[] {
  const lines = Object.entries(summary.lanes).map(([lane, counted]) => {
    const { requests, retries, throttled, throttled_times, throttled_seconds, limit_rpm, mean_rpm } = counted
    const limit = limit_rpm === null ? '' : ` of ${formatCount(limit_rpm)}`
    const pace = isTellingPace(counted) ? `, ${formatCount(Math.round(mean_rpm ?? 0))} a minute${limit}` : ''
    const extra = [
      retries > 0 ? plural(retries, 'retry').replace('retrys', 'retries') : '',
      throttled > 0
        ? `throttled ${throttled_times === 1 ? 'once' : plural(throttled_times, 'time')} for ${describeDuration(throttled_seconds * 1000)}`
        : '',
    ]
    return `  ${lane}: ${plural(requests, 'request')}${pace}${extra.map((part) => (part === '' ? '' : `, ${part}`)).join('')}`
  })
  return lines.length > 0 ? [`In ${describeDuration(tookMs)}:`, ...lines, ''] : []
}

function problemLines(codes: readonly CodeCount[]): string[] {
  const told = mostTold(codes)
  if (told.length === 0) return []
  const more = told.length > PROBLEMS_SHOWN ? [`  and ${told.length - PROBLEMS_SHOWN} more, in summary.json`] : []
  return ['What kept rows from being done:', ...told.slice(0, PROBLEMS_SHOWN).flatMap(describeCode), ...more, '']
}

/** Errors first. What both lanes of a row say alike is one problem. */
function mostTold(codes: readonly CodeCount[]): readonly CodeCount[] {
  const errors = codes.filter(({ severity }) => severity === 'error')
  return errors.filter(
    ({ code, message }, at) => errors.findIndex((e) => e.code === code && e.message === message) === at,
  )
}

function describeCode({ lane, code, message, rows, firstRow }: CodeCount): string[] {
  const where = `  ${plural(rows, 'row')}, the first is row ${formatCount(firstRow)}: ${code === undefined ? '' : `${code} `}${message}`
  const remedy = code === undefined ? undefined : lookUpCode(lane, 'error', code, message)?.remedy
  return remedy === undefined ? [where] : [where, `      ${remedy}`]
}

function nextLines(record: Shown, summary: Summary, folder: string, suffix: string): string[] {
  const steps = nextSteps({ ...summary, ...summary.family, ...record, folder, suffix })
  const lines = steps.flatMap(({ text, command }) => (command === undefined ? [text] : [text, `  ${command}`]))
  return lines.length > 0 ? ['', ...lines] : []
}
