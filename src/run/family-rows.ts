import { existsSync } from 'node:fs'
import type { Ledger, ResultRow } from '../ledger/ledger.ts'
import { openLedger } from '../ledger/open-ledger.ts'
import { laneNames, lanes } from '../lanes/lanes.ts'
import { statusOrder } from '../ledger/row-status.ts'
import type { Outcome, Status } from '../model.ts'
import { type RunRecord, runFolder } from './run-record.ts'

/** How a row of a file stands after all runs over it: of each lane the last outcome, and one that is done for good. */
export type FamilyRow = Pick<ResultRow, 'row' | 'line' | 'status' | 'asks' | 'outcomes'>

/** What the runs over one file came to, together. */
export interface FamilyRows {
  /** Undefined where no run knows the row. */
  row(row: number): FamilyRow | undefined
  /** Rows by how they stand; those that no run has settled are in none of the statuses. */
  counts(): { readonly rows: number; readonly statuses: Readonly<Record<Status, number>> }
  close(): void
}

/** Opens the ledgers of a family of runs (in the order in which they began) for reading. */
export function openFamilyRows(home: string, runs: readonly RunRecord[]): FamilyRows {
  const members: readonly Member[] = runs
    .filter(({ run }) => existsSync(runFolder(home, run).ledger))
    .map(({ run, verifies }) => ({
      ledger: openLedger(runFolder(home, run).ledger, { readOnly: true }),
      isVerification: verifies !== undefined,
    }))

  function row(number: number): FamilyRow | undefined {
    let current: FamilyRow | undefined
    for (const { ledger, isVerification } of members) {
      const found = ledger.row(number)
      if (found === undefined) continue
      current = isVerification ? settled(current, found) : after(current, found)
    }
    return current
  }

  function counts(): ReturnType<FamilyRows['counts']> {
    const [first, ...others] = members
    if (first === undefined) return { rows: 0, statuses: none() }
    const sum = { rows: first.ledger.counts().rows, statuses: { ...first.ledger.counts().statuses } }
    for (const [at, member] of others.entries()) {
      // A row is counted with the last run that has a say in how it stands.
      for (const number of member.ledger.rowsWith(decisive(member))) {
        if (others.slice(at + 1).some((later) => hasSay(later, number))) continue
        const [before] = first.ledger.rowStates(number, number)
        const now = row(number)?.status
        if (before === undefined) sum.rows += 1
        else if (before.status !== undefined) sum.statuses[before.status] -= 1
        if (now !== undefined) sum.statuses[now] += 1
      }
    }
    return sum
  }

  return {
    row,
    counts,
    close() {
      for (const { ledger } of members) ledger.close()
    },
  }
}

/** The status, in a verification, of a row whose outcome was uncertain and whose member is there. */
const SETTLED: Status = 'warned'

export function isDone(outcome: Pick<Outcome, 'status'> | undefined): boolean {
  return outcome?.status === 'ok' || outcome?.status === 'warned'
}

interface Member {
  readonly ledger: Ledger
  readonly isVerification: boolean
}

/** The statuses with which a run has a say in how a row stands: most members that are looked up stand as before. */
function decisive({ isVerification }: Member): readonly Status[] {
  return isVerification ? [SETTLED] : statusOrder
}

function hasSay(member: Member, row: number): boolean {
  const [found] = member.ledger.rowStates(row, row)
  return found?.status !== undefined && decisive(member).includes(found.status)
}

function after(before: FamilyRow | undefined, found: FamilyRow): FamilyRow {
  const { row, line, asks, status = before?.status } = found
  const outcomes: Record<string, Outcome> = {}
  for (const lane of laneNames) {
    const earlier = before?.outcomes[lane]
    const outcome = isDone(earlier) ? earlier : (found.outcomes[lane] ?? earlier)
    if (outcome !== undefined) outcomes[lane] = outcome
  }
  return { row, line, asks, status, outcomes }
}

/**
 * A member who is there though the import had no final answer is registered, by the verification's word. The row is
 * done then, unless it is still to be linked. Of a row that asks for a link alone, that says nothing.
 */
function settled(before: FamilyRow | undefined, { outcomes }: FamilyRow): FamilyRow | undefined {
  const found = Object.values(outcomes).find(({ result }) => result === 'found')
  if (before?.status !== 'failed' || found === undefined) return before
  const lane = lanes.find(({ name, verified }) => verified?.ifThere !== undefined && before.asks.includes(name))
  const result = lane?.verified?.ifThere
  if (lane === undefined || result === undefined || isDone(before.outcomes[lane.name])) return before
  const outcome: Outcome = { ...found, lane: lane.name, result, status: 'ok', confirmed: true }
  const isLeft = before.asks.some((name) => name !== lane.name && !isDone(before.outcomes[name]))
  return { ...before, status: isLeft ? 'failed' : 'ok', outcomes: { ...before.outcomes, [lane.name]: outcome } }
}

function none(): Record<Status, number> {
  return { ok: 0, warned: 0, rejected: 0, failed: 0, invalid: 0, skipped: 0 }
}
