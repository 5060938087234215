import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findRun } from '../../run/list-runs.ts'
import { runFolder } from '../../run/run-record.ts'

/** Files of a run's folder that are made for people and programs, in the order in which they are told of. */
export const REPORT_FILES = [
  'report.html',
  'results.csv',
  'rejects.csv',
  'verify.csv',
  'results.jsonl',
  'summary.json',
  'results.xlsx',
  'results.parquet',
  'plan.yaml',
] as const

export type ReportName = (typeof REPORT_FILES)[number]

export interface ReportFile {
  readonly run: string
  readonly path: string
}

/**
 * A report file of a run; undefined where the run has none of that name, or nothing is to be read under it.
 * Throws a UsageError where there is no such run.
 */
export function reportFile(home: string, run: string, name: string): ReportFile | undefined {
  const record = findRun(home, run)
  if (!REPORT_FILES.some((known) => known === name)) return undefined
  const path = join(runFolder(home, record.run).path, name)
  return existsSync(path) ? { run: record.run, path } : undefined
}
