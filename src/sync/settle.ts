import { laneNamed } from '../lanes/lanes.ts'
import type { LaneName, Result, Status } from '../model.ts'
import { parseAsks } from './asks.ts'
import { STATE, STEP, type State, type Step } from './decide.ts'
import { GONE_KEYS } from './survey.ts'
import type { Store } from './store.ts'

/** What became of a row, as the run's ledger has it. */
export interface RowOutcomes {
  readonly row: number
  readonly outcomes: Readonly<Record<LaneName, { readonly result: Result; readonly status: Status }>>
}

/** The ledger, as far as the memory asks it. */
export interface Outcomes {
  /** Of the rows `first` to `last`, those that it knows, in order. */
  rowStates(first: number, last: number): readonly RowOutcomes[]
  /** The row for whose sake that one was not sent, being of the same member; undefined where that is not known. */
  repeatedBy(row: number): number | undefined
}

const ROWS_AT_A_TIME = 1_000

/**
 * Remembers what a run has come to: the rows that were sent, or that the survey found changed, get what the ledger says
 * of them; members that are gone are marked, those that are back are not. To be called once the run's rows are final,
 * within the transaction that ends its execution. `complete`: the file holds everyone, and the run read the whole of it;
 * of one that was cancelled, what was not sent is open.
 */
export function settle(store: Store, run: string, ledger: Outcomes, { complete }: { complete: boolean }): void {
  const { db } = store
  const read = db.prepare(
    `SELECT row, key, asks, steps FROM staged_rows
     WHERE row > ? AND settles = 1 ORDER BY row LIMIT ${ROWS_AT_A_TIME}`,
  )
  read.setReturnArrays(true)
  // Rows of the same key that the file still has stay; what it no longer says is forgotten.
  const forget = db.prepare(
    `DELETE FROM members WHERE key = ? AND NOT EXISTS
     (SELECT 1 FROM staged_rows t WHERE t.key = members.key AND t.asks = members.asks)`,
  )
  const remember = db.prepare(
    `INSERT INTO members (key, asks, states, run) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET states = excluded.states, run = excluded.run`,
  )
  // What was just sent says more of the member than the row that repeats it.
  const rememberRepeat = db.prepare(
    `INSERT INTO members (key, asks, states, run) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET states = excluded.states, run = excluded.run WHERE run <> excluded.run`,
  )
  const rememberWhose = db.prepare(
    `INSERT INTO repeats SELECT ?, ?, key FROM staged_rows WHERE row = ?
     ON CONFLICT DO UPDATE SET of_key = excluded.of_key`,
  )
  for (let last = 0; ;) {
    const rows = read.all(last) as unknown as RowTuple[]
    const [first, end] = [rows[0]?.[0], rows.at(-1)?.[0]]
    if (first === undefined || end === undefined) break
    const outcomes = outcomesOf(ledger, rows)
    for (const [row, key, asks, steps] of rows) {
      const { repeated, states } = statesAfter(asks, steps, outcomes.get(row))
      forget.run(key)
      const write = repeated ? rememberRepeat : remember
      write.run(key, asks, states, run)
      if (repeated) rememberWhose.run(key, asks, ledger.repeatedBy(row) ?? null)
    }
    last = end
  }
  db.exec(
    `DELETE FROM repeats WHERE NOT EXISTS (SELECT 1 FROM members m
     WHERE m.key = repeats.key AND m.asks = repeats.asks AND instr(m.states, '${STATE.repeated}'))`,
  )
  if (complete) db.prepare(`UPDATE members SET gone = ? WHERE key IN (${GONE_KEYS})`).run(run)
  db.exec('UPDATE members SET gone = NULL WHERE gone IS NOT NULL AND key IN (SELECT key FROM staged_rows)')
  db.exec('DELETE FROM staged_rows')
}

type RowTuple = [row: number, key: string, asks: string, steps: string]

/** Rows that are sent may lie far apart: each stretch of neighbours is asked for by itself. */
function outcomesOf(ledger: Outcomes, rows: readonly RowTuple[]): ReadonlyMap<number, RowOutcomes['outcomes']> {
  const found = new Map<number, RowOutcomes['outcomes']>()
  for (let at = 0; at < rows.length;) {
    let to = at
    while (to + 1 < rows.length && (rows[to + 1]?.[0] ?? 0) - (rows[to]?.[0] ?? 0) <= NEAR) to++
    for (const { row, outcomes } of ledger.rowStates(rows[at]?.[0] ?? 0, rows[to]?.[0] ?? 0)) found.set(row, outcomes)
    at = to + 1
  }
  return found
}

const NEAR = 20

/** How far a row has come on each lane that it asks for. `repeated`: another row speaks for it. */
function statesAfter(
  asks: string,
  steps: string,
  outcomes: RowOutcomes['outcomes'] = {},
): { readonly repeated: boolean; readonly states: string } {
  const asked = parseAsks(asks).map(({ lane }, at) => {
    return { lane: laneNamed(lane), step: steps.charAt(at) as Step, outcome: outcomes[lane] }
  })
  const [first] = asked
  const repeated = first !== undefined && isRepeat(first.step, first.outcome)
  let states = ''
  for (const [at, { lane, step, outcome }] of asked.entries()) {
    const isSeenTo = asked.slice(0, at).some((other) => other.lane.subject === lane.subject && isDone(other.outcome))
    states += repeated && step === STEP.send ? STATE.repeated : stateAfter(step, outcome, isSeenTo)
  }
  return { repeated, states }
}

/** It was to be sent, and was not: another row of the file is of the same member, and speaks for it. */
function isRepeat(step: Step, outcome: { status: Status } | undefined): boolean {
  // A row of which the survey made requests is invalid for no other reason (`duplicates: reject`).
  return step === STEP.send && (outcome?.status === 'skipped' || outcome?.status === 'invalid')
}

function isDone(outcome: { status: Status } | undefined): boolean {
  return outcome?.status === 'ok' || outcome?.status === 'warned'
}

/** `isSeenTo`: an earlier lane has done what there was to do. */
function stateAfter(step: Step, outcome: { status: Status } | undefined, isSeenTo: boolean): State {
  switch (step) {
    case STEP.rejected:
      return STATE.rejected
    case STEP.unchanged:
      return STATE.done
    // Told once: until it changes again, the row is unchanged.
    case STEP.cannotChange:
    case STEP.takenOver:
    case STEP.partly:
      return STATE.done
    case STEP.repeated:
      return STATE.repeated
    case STEP.blocked:
      return STATE.open
    case STEP.send:
      return outcome === undefined ? STATE.open : stateOf(outcome.status, isSeenTo)
  }
}

function stateOf(status: Status, isSeenTo: boolean): State {
  switch (status) {
    case 'ok':
    case 'warned':
      return STATE.done
    case 'rejected':
    case 'invalid':
      return STATE.rejected
    case 'skipped':
      return isSeenTo ? STATE.done : STATE.open
    // Without a final answer: the next execution tries.
    case 'failed':
      return STATE.open
  }
}
