import { existsSync, readFileSync } from 'node:fs'
import type { ApiRequest } from '../../capillary/exchange.ts'
import { laneNamed, laneNames } from '../../lanes/lanes.ts'
import type { Ledger, ResultRow } from '../../ledger/ledger.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { type Attempt, type Json, type LaneName, type Outcome, UsageError } from '../../model.ts'
import { type CompiledPlan, compilePlan } from '../../plan/compile-plan.ts'
import { loadPlan } from '../../plan/load-plan.ts'
import { readLayout } from '../../report/layout.ts'
import { verdictOf } from '../../report/verdict.ts'
import { findRun } from '../../run/list-runs.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import { verificationPlan } from '../../run/verification.ts'
import { formatCount } from '../../words.ts'

/** All that is known of one row, as `show --row` tells it. */
export interface RowStory {
  readonly run: string
  readonly row: number
  readonly line: number
  readonly key: string
  /** Absent while the row is open. */
  readonly status?: string
  readonly input: Json
  /** The record's own text, where `input` cannot hold it. */
  readonly raw?: string
  readonly lanes: readonly LaneStory[]
  readonly hint?: string
  /** What of the run is gone, so that the story lacks it: a sentence. */
  readonly missing?: string
  /** Other rows with the same key. */
  readonly others: readonly number[]
}

export interface LaneStory {
  readonly lane: LaneName
  /** What is sent for the row: made anew from the run's plan and the row's input, as nobody keeps it. */
  readonly request?: ApiRequest
  readonly attempts: readonly Attempt[]
  readonly outcome?: Outcome
}

/** Which row is meant: by its number, or by its key. */
export type RowChoice = { readonly row: number } | { readonly key: string }

/** Tells the story of a row. Throws a UsageError where there is no such run, or it has no such row. */
export function rowStory(home: string, name: string, choice: RowChoice): RowStory {
  const record = findRun(home, name)
  const ledger = openLedger(runFolder(home, record.run).ledger, { readOnly: true })
  try {
    const [found, others] = findRow(ledger, record, choice)
    const plan = planOf(home, record, ledger.meta.get('columns'))
    const requests = plan === undefined ? {} : requestsOf(plan, found)
    const attempts = ledger.attempts(found.row)
    const { row, line, key, status, raw, outcomes } = found
    const input = readLayout({ meta: ledger.meta, inputs: () => [found.input] }).json(found.input)
    return {
      run: record.run,
      row,
      line,
      key,
      status,
      input: JSON.parse(input) as Json,
      raw,
      lanes: laneNames
        .filter((lane) => found.asks.includes(lane) || outcomes[lane] !== undefined)
        .map((lane) => ({
          lane,
          // What was left out on purpose was never asked.
          request: outcomes[lane]?.result === 'skipped' ? undefined : requests[lane],
          attempts: attempts.filter((attempt) => attempt.lane === lane),
          outcome: outcomes[lane],
        })),
      hint: verdictOf(found).hint || undefined,
      ...(plan === undefined && { missing: noPlan(home, record) }),
      others,
    }
  } finally {
    ledger.close()
  }
}

/** Rows with the same key that are named. */
const OTHERS = 20

function findRow(ledger: Ledger, { run }: RunRecord, choice: RowChoice): [row: ResultRow, others: readonly number[]] {
  const rows = 'row' in choice ? [choice.row] : ledger.rowsWithKey(choice.key, OTHERS + 1)
  const [first, ...others] = rows
  const found = first === undefined ? undefined : ledger.row(first)
  if (found !== undefined) return [found, others]
  const last = ledger.lastRow()
  throw new UsageError(
    'row' in choice
      ? `Run ${run} has no row ${formatCount(choice.row)}: its rows so far end with ${formatCount(last)}.`
      : `Run ${run} has no row with the key ${JSON.stringify(choice.key)}. Keys are what the column _row stands beside in results.csv, as the plan's \`rows: { key }\` says; --row finds a row by its number.`,
  )
}

function requestsOf(plan: CompiledPlan, row: ResultRow): Record<LaneName, ApiRequest> {
  // A row that was never sent has no request, whatever the plan would make of it.
  if (row.status === 'invalid' || row.status === 'skipped') return {}
  const rendered = plan.render({ row: row.row, line: row.line, input: row.input, raw: row.raw })
  if (rendered.kind !== 'requests') return {}
  const requests = Object.entries(rendered.requests).map(([name, request]) => {
    const lane = laneNamed(name)
    return [name, lane.decisive?.(request, row.outcomes[name]) ?? lane.request([{ request }])] as const
  })
  return Object.fromEntries(requests)
}

/** The run's own plan; undefined where its file is gone. */
function planOf(home: string, record: RunRecord, columns: Json | undefined): CompiledPlan | undefined {
  if (record.verifies !== undefined) return verificationPlan(record.lanes)
  const { plan: path } = runFolder(home, record.run)
  if (!existsSync(path)) return undefined
  const plan = loadPlan(readFileSync(path, 'utf8'), record.plan)
  return compilePlan(plan, Array.isArray(columns) ? (columns as readonly string[]) : undefined)
}

function noPlan(home: string, { run }: RunRecord): string {
  return `${runFolder(home, run).plan} is gone: what was sent for the row is made anew from it, and cannot be shown.`
}
