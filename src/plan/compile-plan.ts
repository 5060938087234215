import type { SkipReason } from '../lanes/lane.ts'
import type { Binding } from '../lanes/lane-plan.ts'
import { lanePlans } from '../lanes/lane-plans.ts'
import { lanes } from '../lanes/lanes.ts'
import type { Json, LaneName, LaneRequest, SourceRow } from '../model.ts'
import { checkColumns, columnUses, readCell, readPath } from './bind-columns.ts'
import type { Scope } from './compile-template.ts'
import type { DoubtfulValue } from './doubtful-values.ts'
import { readingEmpty } from './empty-texts.ts'
import type { Fault } from './fault.ts'
import { joiningIdentifiers, memberIdentifiers } from './identifiers.ts'
import type { FoundIdentifiers, Identifier } from './identifiers.ts'
import type { Plan } from './load-plan.ts'
import { plainCell } from './plain-cell.ts'
import type { RowPlaceholders } from './row-placeholders.ts'
import { type LeftOut, makeSieve } from './sieve.ts'
import { quoteValue, textOf, trimmed } from './values.ts'
import type { Watch } from './watch.ts'

/** What a plan makes of a row. */
export type Rendered =
  | {
      readonly kind: 'requests'
      readonly key: string
      /** The identifiers that name the member, normalised. */
      readonly members: readonly Identifier[]
      /** Those of them that make two rows one member; absent: all. */
      readonly joins?: readonly Identifier[]
      /** By lane, what the row asks for. */
      readonly requests: Requests
      /**
       * Lanes that an earlier row of the member asks for this one as well, and which row that is: its outcome is this
       * row's.
       */
      readonly taken?: Readonly<Record<LaneName, number>>
      /** That an earlier row is of the same member, in words, where somebody looked. */
      readonly again?: string
      /** The first row of the same member, where that is an earlier one, and somebody looked. */
      readonly member?: number
      /** Identifiers that are none, and are not sent: the row is done with a loss. */
      readonly leftOut?: readonly Fault[]
      /** Values that can be read, and may not be meant so: also of lanes that are not sent on purpose (`doubtsSent`). */
      readonly doubts?: readonly DoubtfulValue[]
      /** Lanes that the row asks for and that are not sent on purpose, each with the reason in words. */
      readonly skips?: Readonly<Record<LaneName, SkipReason>>
    }
  | {
      readonly kind: 'invalid'
      readonly key: string
      /** All that is wrong, in one message and one hint. */
      readonly message: string
      readonly hint?: string
      readonly faults: readonly Fault[]
    }
  /** Not to be sent, and nothing is wrong with that. */
  | { readonly kind: 'skipped'; readonly key: string; readonly message: string; readonly hint?: string }

/** Requests by lane, in the order in which a row goes through them. */
export type Requests = Readonly<Record<LaneName, LaneRequest>>

export interface CompiledPlan {
  readonly lanes: readonly LaneName[]
  /** Never throws: what cannot be sent is `invalid`. `without`: identifiers that the row is to go without. */
  render(row: SourceRow, without?: readonly LeftOut[]): Rendered
  /** The columns that the plan names, each once; with `${.}`, a CSV file's all, and `.` for JSONL. */
  readonly columnsUsed: readonly string[]
  /** What is to be said of columns by all values that were rendered so far. */
  readonly remarks?: () => readonly string[]
  /** What tells that, in an order that follows from the plan. */
  readonly watches?: readonly Watch[]
}

/**
 * Binds a plan to a file's columns and compiles it. `columns`: the CSV header, or undefined for JSONL. Throws a
 * UsageError where the plan names a column that the header lacks or holds twice.
 */
export function compilePlan(plan: Plan, columns: readonly string[] | undefined): CompiledPlan {
  if (columns !== undefined) checkColumns(plan, columns)
  const faults: Fault[] = []
  const sieve = makeSieve(plan.placeholders, faults)
  let doubts: DoubtfulValue[] = []
  let lane: LaneName = ''
  const scope: Scope = {
    read: readingEmpty(columns === undefined ? readPath : readCell(columns), plan.rows.empty),
    refuse: (column, value, why, hint) => {
      faults.push(toFault(column, value, why, hint))
      return undefined
    },
    doubt: (column, value, why, hint) => {
      doubts.push({ ...toFault(column, value, why, hint), lane })
    },
    takesForNothing: (column, value) => sieve.takesForNothing(column, value),
    isNoPart: (column, value) => sieve.isNoPart(column, value),
    given: 0,
  }
  const found: FoundIdentifiers = { list: [], count: 0 }
  const readKey = plan.rows.key === undefined ? undefined : scope.read(plan.rows.key.column)
  const renders = compileLanes(plan, { scope, keeps: sieve.keeps, faults })
  const nothing = `The row asks for nothing: ${renders.flatMap(({ why }) => why ?? []).join(', and ')}.`

  const render = (row: SourceRow, without: readonly LeftOut[] = NONE): Rendered => {
    // To set a list's length is a call, and hardly any row has left one behind.
    if (faults.length > 0) faults.length = 0
    sieve.begin(without)
    if (doubts.length > 0) doubts = []
    scope.given = 0
    const ownKey = readKey === undefined ? undefined : keyText(readKey(row.input), sieve.placeholders)
    if (row.problem !== undefined) {
      const message = row.problem
      return { kind: 'invalid', key: ownKey ?? `row ${row.row}`, message, faults: [{ message, kind: message }] }
    }
    found.count = 0
    const requests: Record<LaneName, LaneRequest> = {}
    let asksNothing = true
    for (const { name, renderLane } of renders) {
      lane = name
      const request = renderLane(row.input, found)
      if (request === undefined) continue
      requests[name] = request
      asksNothing = false
    }
    const key = ownKey ?? (found.count > 0 ? found.list[0]?.value : undefined) ?? `row ${row.row}`
    const leftOut = sieve.leftOut()
    if (faults.length > 0) return { kind: 'invalid', key, ...joinFaults([...faults, ...(leftOut ?? [])]) }
    if (asksNothing) {
      const why = [nothing, ...(leftOut ?? []).map(({ message }) => message)].join(' ')
      return { kind: 'skipped', key, message: why }
    }
    const members = memberIdentifiers(found)
    const rendered: Rendered = { kind: 'requests', key, members, requests }
    const joins = joiningIdentifiers(members, sieve.placeholders)
    // Hardly any row has one of these, and copies cost time.
    if (joins === members && leftOut === undefined && doubts.length === 0) return rendered
    return {
      ...rendered,
      ...(joins !== members && { joins }),
      ...(leftOut !== undefined && { leftOut }),
      ...(doubts.length > 0 && { doubts }),
    }
  }
  const names = renders.map(({ name }) => name)
  const watched = watchedColumns(plan)
  return {
    lanes: names,
    render,
    columnsUsed: usedColumns(plan, columns),
    remarks: () => remarksOf(watched),
    watches: watched.map(({ watch }) => watch),
  }
}

const NONE: readonly LeftOut[] = []

function toFault(column: string, value: Json, why: string, hint?: string): Fault {
  const where = column === '.' ? 'the record' : column
  const quoted = quoteValue(value)
  return { message: `${where}: ${quoted} ${why}`, hint, kind: `${where}: ${why}`, value: quoted }
}

function compileLanes(plan: Plan, binding: Binding) {
  return lanes.flatMap(({ name }) => {
    const [part, how] = [plan.lanes[name], lanePlans[name]]
    if (part === undefined || how === undefined) return []
    return [{ name, renderLane: how.compile(part, binding), why: how.asksNothing }]
  })
}

/** The text that names a row; undefined where the cell is empty or holds a word for nothing, which names nobody. */
function keyText(found: Json | undefined, placeholders: RowPlaceholders): string | undefined {
  const value = plainCell(found)
  const cell = value === undefined ? undefined : textOf(value)
  if (cell === undefined) return undefined
  const text = trimmed(cell)
  return placeholders.has(text.includes('@') ? 'email' : 'externalId', text) ? undefined : text
}

/** What several lanes say of the same value is one fault. */
function joinFaults(all: readonly Fault[]): { message: string; hint?: string; faults: readonly Fault[] } {
  const faults = all.filter(({ message }, at) => all.findIndex((other) => other.message === message) === at)
  const hints = new Set(faults.flatMap(({ hint }) => hint ?? []))
  return {
    message: faults.map(({ message }) => message).join('; '),
    hint: hints.size === 0 ? undefined : [...hints].join(' '),
    faults,
  }
}

interface WatchedColumn {
  readonly column: string
  readonly watch: Watch
}

function watchedColumns(plan: Plan): readonly WatchedColumn[] {
  return columnUses(plan).flatMap(({ column, filters = [] }) =>
    filters.flatMap((filter) =>
      (filter.kind === 'read' ? (filter.watches ?? []) : []).map((watch) => ({ column, watch })),
    ),
  )
}

function remarksOf(watched: readonly WatchedColumn[]): readonly string[] {
  const remarks = watched.flatMap(({ column, watch }) => {
    const remark = watch.remark()
    return remark === undefined ? [] : `${column}: ${remark}`
  })
  return [...new Set(remarks)]
}

function usedColumns(plan: Plan, columns: readonly string[] | undefined): readonly string[] {
  const names = new Set(columnUses(plan).map((use) => use.column))
  return columns !== undefined && names.has('.') ? columns : [...names]
}
