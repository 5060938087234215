import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type IndexedRun, homePage } from '../../report/page/home-page.ts'
import { runFolder } from '../../run/run-record.ts'
import type { Listener } from '../events.ts'
import { type ListedRun, RunCatalogue } from '../runs/run-catalogue.ts'
import { runKind } from '../runs/run-kind.ts'

/** What a run's report is called: that of a verification is a table. */
const REPORTS = ['report.html', 'verify.csv']

/**
 * Writes `<home>/index.html`, the page of all runs, whole: aside, then renamed. Of several processes that do so at once the
 * last one's stays. Where it cannot be done, there is an event: the runs are none the worse.
 */
export function renderIndex(home: string, on: Listener): void {
  try {
    writeIndex(home)
  } catch (error) {
    on({ kind: 'index-failed', why: error instanceof Error ? error.message : String(error) })
  }
}

function writeIndex(home: string): void {
  const path = join(home, 'index.html')
  const aside = `${path}.${process.pid}.tmp`
  writeFileSync(aside, homePage(new RunCatalogue(home).list().runs.map((listed) => indexed(home, listed))), {
    mode: 0o600,
  })
  renameSync(aside, path)
}

function indexed(home: string, { record, status }: ListedRun): IndexedRun {
  const { run, source: file, startedAt, finishedAt } = record
  const { state, done, rows, rowsInAll = rows, problems, isToLookAt } = status
  const report = REPORTS.find((name) => existsSync(join(runFolder(home, run).path, name)))
  return {
    run,
    kind: runKind(record),
    state,
    file,
    done,
    rows: Math.max(rows, rowsInAll),
    problems,
    isToLookAt,
    startedAt,
    finishedAt: state === 'running' ? undefined : finishedAt,
    report: report && `runs/${encodeURIComponent(run)}/${report}`,
  }
}
