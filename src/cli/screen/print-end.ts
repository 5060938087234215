import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../../app/environment.ts'
import type { ShownRun } from '../../app/runs/show-run.ts'
import type { Problem, SessionEnd } from '../../app/session/session-end.ts'
import type { Status } from '../../model.ts'
import { nextSteps } from '../../report/next-steps.ts'
import { runSentence } from '../../report/run-sentence.ts'
import { statusMeaning } from '../../report/status-words.ts'
import { type Summary, isTellingPace } from '../../report/summary.ts'
import { isToLookAt } from '../../report/to-look-at.ts'
import { passedOverLines } from './passed-over-lines.ts'
import { countLines } from './counts.ts'
import { problemLines, restInSummary, rowName } from './problems.ts'
import { familyLines } from './describe-family.ts'
import { doubtLines, graveLines, lossLines, skipLines } from './describe-reasons.ts'
import { describeVerification } from './describe-verification.ts'
import { exitStatus } from '../exit.ts'
import type { WorkOptions } from '../options.ts'
import { commandOf } from '../../typed-commands.ts'
import { describeDuration, formatCount, plural } from '../../words.ts'
import { printJson, printLines, sayText } from './print.ts'
import type { Line, Style } from './span.ts'
import { stateStyles, statusStyles } from './styles.ts'

interface PrintOptions {
  readonly options: Pick<WorkOptions, 'json'>
  readonly environment: Pick<Environment, 'home'>
}

const PROBLEMS_SHOWN = 3

/**
 * The last words of a session: what became of the rows, where the reports are, and what to do next. Has the process end
 * with the run's exit status.
 */
export function printEnd(end: SessionEnd, { options, environment }: PrintOptions): void {
  process.exitCode = exitStatus(end)
  const { home } = environment
  if (options.json === true) {
    printJson(end.summary)
    if (end.record.state !== 'finished') sayText(describeStop(end, home))
    return
  }
  printLines(describeEnd(end, home))
}

/** For people, where standard output is a script's: why a run did not come to its end, and the command that goes on. */
function describeStop({ record, summary }: SessionEnd, home: string): string {
  const sentence = runSentence({ ...summary, state: record.state, reason: record.reason })
  const steps = nextLines(record, summary, join(home, 'runs', record.run))
  return `${[`Run ${record.run}: ${sentence}`, ...steps].join('\n')}\n`
}

/** How a run stands, or what it came to, in lines. `home`: where runs are kept. */
export function describeEnd(end: ShownRun, home: string): readonly Line[] {
  const { record, summary, rejects, problems } = end
  const folder = join(home, 'runs', record.run)
  const tookMs = Date.parse(summary.finished_at ?? new Date().toISOString()) - Date.parse(summary.started_at)
  if (record.verifies !== undefined) {
    return describeVerification(end, record.verifies, { lanes: laneLines(summary, tookMs), folder })
  }
  const sentence = runSentence({ ...summary, state: record.state, reason: record.reason })
  return [
    '',
    [{ text: `Run ${record.run}: ` }, { text: sentence, style: toneOf(end) }],
    '',
    ...graveLines(problems),
    ...doubtLines(summary),
    ...lossLines(problems),
    ...statusLines(end),
    ...passedOverLines(summary.passed_over),
    '',
    ...laneLines(summary, tookMs),
    ...errorLines(problems),
    ...skipLines(summary),
    ...familyLines(summary.family),
    ...fileLines(record.run, { folder, rejects }),
    ...nextLines(record, summary, folder),
  ]
}

/** Good is what left nothing to look at. */
function toneOf({ record: { state }, summary, rejects }: ShownRun): Style {
  if (state !== 'finished') return stateStyles[state]
  if (rejects > 0) return 'bad'
  return isToLookAt(summary) ? 'doubtful' : 'good'
}

function statusLines({ record: { state }, summary, notRead, inFlight }: ShownRun): readonly Line[] {
  const statuses = (Object.keys(statusMeaning) as Status[]).filter((status) => summary[status] > 0)
  const counts = statuses.map((name) => ({
    count: summary[name],
    name,
    meaning: statusMeaning[name],
    style: statusStyles[name],
  }))
  const open = summary.rows - counts.reduce((sum, { count }) => sum + count, 0)
  const waiting = [
    ...openCounts(open, state, inFlight),
    { count: notRead, name: 'open', meaning: state === 'cancelled' ? 'not read' : 'not read yet' },
  ]
  return countLines([...counts, ...waiting.filter(({ count }) => count > 0)], 'rejected'.length)
}

/** Where the rows are that were taken up and are not done: told apart of a run at work alone, whose workers tell. */
function openCounts(open: number, state: ShownRun['record']['state'], inFlight: number | undefined) {
  if (state !== 'running' || inFlight === undefined) return [{ count: open, name: 'open', meaning: WHERE_OPEN[state] }]
  const held = Math.min(inFlight, open)
  return [
    { count: held, name: 'open', meaning: 'in flight' },
    { count: open - held, name: 'open', meaning: 'not sent yet' },
  ]
}

const WHERE_OPEN: Readonly<Record<ShownRun['record']['state'], string>> = {
  running: 'in flight, or not sent yet',
  crashed: 'were in flight, or not sent yet',
  paused: 'not sent yet',
  halted: 'not sent yet',
  cancelled: 'not sent',
  finished: 'not sent yet',
}

const FILES = {
  'report.html': 'all of this and more, for people',
  'results.csv': 'every row of the file, and what became of it',
  'rejects.csv': 'the rows that did not succeed, each with the reason and what to do',
  'results.jsonl': 'the same rows as JSON, with all that is known of each',
  'summary.json': 'these figures',
}

/** The reports that are there, and the command that makes those that are not. */
function fileLines(run: string, { folder, rejects }: { readonly folder: string; readonly rejects: number }): string[] {
  const there = Object.entries(FILES)
    .filter(([name]) => name !== 'rejects.csv' || rejects > 0)
    .filter(([name]) => existsSync(join(folder, name)))
  const command = commandOf('report', run)
  if (there.length === 0) return [`No reports yet; \`${command}\` writes them.`]
  const width = Math.max(...there.map(([name]) => name.length))
  return [`Reports: ${folder}`, ...there.map(([name, what]) => `  ${name.padEnd(width)}  ${what}`)]
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

function errorLines(problems: readonly Problem[]): string[] {
  const errors = errorsOf(problems).map(({ code, message, rows, firstRow, remedy }) => ({
    rows,
    first: rowName(firstRow),
    message: code === undefined ? message : `${code} ${message}`,
    notes: remedy === undefined ? [] : [remedy],
  }))
  if (errors.length === 0) return []
  return ['What kept rows from being done:', ...problemLines(errors, { most: PROBLEMS_SHOWN, rest: restInSummary }), '']
}

/** What both lanes of a row say alike is one problem. */
function errorsOf(problems: readonly Problem[]): readonly Problem[] {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return errors.filter(
    ({ code, message }, at) => errors.findIndex((e) => e.code === code && e.message === message) === at,
  )
}

function nextLines(record: ShownRun['record'], summary: Summary, folder: string): string[] {
  const steps = nextSteps({ ...summary, ...summary.family, ...record, folder, lanes: record.lanes })
  const lines = steps.flatMap(({ text, commands }) => [text, ...commands.map((command) => `  ${command}`)])
  return lines.length > 0 ? ['', ...lines] : []
}
