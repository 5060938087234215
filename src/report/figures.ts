import type { ResultRow } from '../ledger/ledger.ts'
import { apiShapes, hintShape, messageShape } from '../ledger/message-shape.ts'
import { isReject } from '../ledger/rejects.ts'
import { laneNames } from '../lanes/lanes.ts'
import type { LaneName, Result, SideEffect, Status } from '../model.ts'
import { Kinds } from './kinds.ts'
import type { Verdict } from './verdict.ts'

/** What report.html says of the rows: counted from the very lines of results.csv. */
export interface Figures {
  readonly rows: number
  /** Rows without a status as yet. */
  readonly open: number
  readonly statuses: Readonly<Record<Status, number>>
  readonly lanes: Readonly<Record<LaneName, Partial<Record<Result, number>>>>
  /** Of rows rejected, failed or invalid, by lane, status and code; most rows first. */
  readonly problems: readonly Problem[]
  /** Rows whose problem is in none of these, as there are too many kinds. */
  readonly otherProblems: number
  /** The first rows that are rejected, failed or invalid, each with its reason, in which no value stands. */
  readonly unsuccessful: readonly UnsuccessfulRow[]
  /** By code; most rows first. */
  readonly warnings: readonly WarningKind[]
  readonly otherWarnings: number
  readonly gains: readonly Gain[]
  readonly otherGains: number
}

export interface Problem {
  readonly lane: LaneName
  readonly status: Status
  readonly code?: number
  /** Messages without what differs from row to row, and how many rows have them; most rows first. */
  readonly messages: readonly { readonly text: string; readonly rows: number }[]
  readonly hint: string
  readonly rows: number
  /** The first rows that met it. */
  readonly first: readonly RowName[]
}

export interface UnsuccessfulRow extends RowName {
  readonly status: Status
  readonly code?: number
  readonly message: string
}

export interface RowName {
  readonly row: number
  readonly key: string
}

export interface WarningKind {
  readonly lane: LaneName
  readonly code?: number
  readonly message: string
  readonly lossy: boolean
  /** It may have befallen somebody else's account. */
  readonly grave: boolean
  /** Nothing was lost, but a value may not be meant as it was read. */
  readonly doubt: boolean
  readonly rows: number
  readonly first: readonly RowName[]
}

/** What members got besides: points, coupons, an alternate currency. `amount`: in all, where it has one. */
export interface Gain {
  readonly kind: SideEffect['kind']
  readonly name?: string
  readonly rows: number
  readonly times: number
  readonly amount: number
}

/** Counts rows as they are written. Keeps a bounded number of kinds of each thing. */
export interface FiguresCount {
  add(row: ResultRow, verdict: Verdict): void
  figures(): Figures
}

const MOST = { unsuccessful: 200, problems: 300, messages: 20, first: 5, warnings: 200, gains: 50 }

type Growing<Kind> = { -readonly [Name in keyof Kind]: Kind[Name] }
type GrowingProblem = Omit<Growing<Problem>, 'messages' | 'first'> & {
  readonly messages: Kinds<{ text: string; rows: number }>
  readonly first: RowName[]
}
type GrowingWarning = Omit<Growing<WarningKind>, 'first'> & { readonly first: RowName[] }

export function countFigures(): FiguresCount {
  let rows = 0
  let open = 0
  const statuses: Record<Status, number> = { ok: 0, warned: 0, rejected: 0, failed: 0, invalid: 0, skipped: 0 }
  const lanes: Record<LaneName, Partial<Record<Result, number>>> = {}
  const problems = new Kinds<GrowingProblem>(MOST.problems)
  const unsuccessful: UnsuccessfulRow[] = []
  const warnings = new Kinds<GrowingWarning>(MOST.warnings)
  const gains = new Kinds<Growing<Gain>>(MOST.gains)

  const apiShape = apiShapes()
  const shapeOf = (message: string, lane: LaneName, { outcomes, input }: ResultRow) =>
    (outcomes[lane]?.attempts ?? 0) === 0 ? messageShape(message) : apiShape(message, () => input)

  function addProblem(of: ResultRow, status: Status, { lane = '', code, message, hint }: Verdict): void {
    const { row, key } = of
    // What has no code is told apart by what it says.
    const text = shapeOf(message, lane, of)
    if (unsuccessful.length < MOST.unsuccessful)
      unsuccessful.push({ row, key, status, code: code === '' ? undefined : Number(code), message: text })
    const problem = problems.count(`${lane} ${status} ${code === '' ? text : code}`, () => ({
      lane,
      status,
      code: code === '' ? undefined : Number(code),
      messages: new Kinds(MOST.messages),
      hint: hintShape(hint),
      rows: 0,
      first: [],
    }))
    if (problem === undefined) return
    problem.messages.count(text, () => ({ text, rows: 0 }))
    if (problem.first.length < MOST.first) problem.first.push({ row, key })
  }

  /** A row counts once for each kind, however often it met it. */
  function addWarnings(of: ResultRow): void {
    const { row, key, outcomes } = of
    let met: Set<string> | undefined
    for (const lane of laneNames) {
      for (const { code, message: said, lossy, grave = false, doubt = false } of outcomes[lane]?.warnings ?? []) {
        const message = doubt ? messageShape(said) : shapeOf(said, lane, of)
        const kind = doubt ? message : `${lane} ${code ?? message} ${lossy} ${grave}`
        if (met?.has(kind) === true) continue
        met = (met ?? new Set()).add(kind)
        const found = warnings.count(kind, () => ({ lane, code, message, lossy, grave, doubt, rows: 0, first: [] }))
        if (found !== undefined && found.first.length < MOST.first) found.first.push({ row, key })
      }
    }
  }

  function addGains({ outcomes }: ResultRow): void {
    let met: Set<Growing<Gain>> | undefined
    for (const lane of laneNames) {
      for (const effect of outcomes[lane]?.sideEffects ?? []) {
        const { kind } = effect
        const name = nameOf(effect)
        const gain = gains.count(`${kind} ${name}`, () => ({ kind, name, rows: 0, times: 0, amount: 0 }))
        if (gain === undefined) continue
        gain.times += 1
        gain.amount += amountOf(effect)
        if (met?.has(gain) === true) gain.rows -= 1
        met = (met ?? new Set()).add(gain)
      }
    }
  }

  return {
    add(row, verdict) {
      rows += 1
      const { status, outcomes } = row
      if (status === undefined) open += 1
      else statuses[status] += 1
      for (const lane of laneNames) {
        const result = outcomes[lane]?.result
        if (result === undefined) continue
        const results = (lanes[lane] ??= {})
        results[result] = (results[result] ?? 0) + 1
      }
      if (isReject(status)) addProblem(row, status, verdict)
      addWarnings(row)
      addGains(row)
    },
    figures: () => ({
      rows,
      open,
      statuses,
      lanes,
      problems: problems.sorted().map((problem) => ({ ...problem, messages: problem.messages.sorted() })),
      unsuccessful,
      otherProblems: problems.others,
      warnings: warnings.sorted(),
      otherWarnings: warnings.others,
      gains: gains.sorted(),
      otherGains: gains.others,
    }),
  }
}

function nameOf(effect: SideEffect): string | undefined {
  if (effect.kind === 'alternate_currency') return effect.name
  return effect.kind === 'unknown' ? effect.type : undefined
}

function amountOf(effect: SideEffect): number {
  return effect.kind === 'points' || effect.kind === 'alternate_currency' ? effect.awarded : 0
}
