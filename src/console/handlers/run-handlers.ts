import { createReadStream, fstatSync, openSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type BegunRun, byBeginning } from '../../app/runs/list-runs.ts'
import { REPORT_FILES, type ReportName, reportFile } from '../../app/runs/report-file.ts'
import { rowStory } from '../../app/runs/row-story.ts'
import { type RowsRequest, runRows } from '../../app/runs/run-rows.ts'
import { runKind } from '../../app/runs/run-kind.ts'
import { runOverview } from '../../app/runs/run-overview.ts'
import { showRun } from '../../app/runs/show-run.ts'
import { UsageError } from '../../model.ts'
import { commandOf } from '../../typed-commands.ts'
import { Refusal, type Reply, ok } from '../reply.ts'
import type { Console } from '../route.ts'

/** All runs, the latest first. */
export function runList({ environment: { home }, runs: catalogue }: Pick<Console, 'environment' | 'runs'>): Reply {
  const { runs, unreadable } = catalogue.list()
  const all: (BegunRun & Readonly<Record<string, unknown>>)[] = [
    ...runs.map(({ record, status: { run, state, rows, problems, isToLookAt } }) => ({
      run,
      state: state as string,
      file: calledBy(record.source, home),
      rows,
      problems,
      toLookAt: isToLookAt,
      kind: runKind(record),
      startedAt: record.startedAt,
      // What stands there while a process is at work is the end of an earlier session.
      finishedAt: record.state === 'running' ? null : (record.finishedAt ?? null),
    })),
    ...unreadable.map(({ run, why, remedy }) => ({ run, state: 'unreadable', reason: `${why}. ${remedy}` })),
  ]
  return ok({ runs: all.toSorted(byBeginning).toReversed() })
}

/** A run's summary, as it is at this moment. */
export function runSummary(home: string, run: string): Reply {
  const { summary, record } = existing(() => showRun(home, run))
  const { file, plan } = summary
  return ok({ ...summary, state: record.state, file: calledBy(file, home), plan: calledBy(plan, home) })
}

/** How a run stands, in words and in figures that its summary does not have. */
export function runOverviewOf(home: string, run: string): Reply {
  return ok(existing(() => runOverview(home, run)))
}

/** What was uploaded is called as it was before. */
function calledBy(path: string, home: string): string {
  return path.startsWith(join(home, 'console', 'uploads')) ? basename(path) : path
}

export function rowPage(home: string, run: string, request: RowsRequest): Reply {
  const { rows, next } = existing(() => runRows(home, run, request))
  return ok({
    rows: rows.map(({ status = null, code = null, ...line }) => ({ ...line, status, code })),
    next: next ?? null,
  })
}

export function oneRow(home: string, run: string, row: number): Reply {
  return ok(existing(() => rowStory(home, run, { row })))
}

const TYPES: Readonly<Record<ReportName, string>> = {
  'report.html': 'text/html; charset=utf-8',
  'results.csv': 'text/csv; charset=utf-8',
  'rejects.csv': 'text/csv; charset=utf-8',
  'verify.csv': 'text/csv; charset=utf-8',
  'results.jsonl': 'application/x-ndjson; charset=utf-8',
  'summary.json': 'application/json; charset=utf-8',
  'results.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'results.parquet': 'application/vnd.apache.parquet',
  'plan.yaml': 'text/plain; charset=utf-8',
}

/** What a page that holds the API's words may do in a browser: show itself. */
const STILL = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

export function fileList(home: string, run: string): Reply {
  return ok({ files: REPORT_FILES.filter((name) => existing(() => reportFile(home, run, name)) !== undefined) })
}

export function runFile(home: string, run: string, name: string): Reply {
  const file = existing(() => reportFile(home, run, name))
  if (file === undefined)
    throw new Refusal(404, `run ${run} has no file ${JSON.stringify(name)}: ${missing(run, name)}`)
  // One and the same file: reports are written anew, and then renamed.
  const fd = openSync(file.path, 'r')
  return {
    kind: 'stream',
    body: createReadStream(file.path, { fd }),
    type: TYPES[name as ReportName],
    bytes: fstatSync(fd).size,
    headers: name.endsWith('.html')
      ? { 'content-security-policy': STILL }
      : { 'content-disposition': `attachment; filename="${file.run}-${name}"` },
  }
}

/** What makes a file that is not there, or which files there may be. */
function missing(run: string, name: string): string {
  const form = /^results\.(jsonl|xlsx|parquet)$/u.exec(name)?.[1]
  if (form !== undefined) return `\`${commandOf('report', run, '--format', form)}\` writes it`
  return `it may have ${REPORT_FILES.join(', ')}`
}

/** What is asked of a run that there is; else a 404 with the words that the command line has. */
export function existing<Answer>(ask: () => Answer): Answer {
  try {
    return ask()
  } catch (error) {
    if (error instanceof UsageError) throw new Refusal(404, error.message)
    throw error
  }
}
