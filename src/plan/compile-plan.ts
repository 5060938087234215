import type {
  BalanceRequest,
  Input,
  Json,
  LaneName,
  LinkRequest,
  Parameters,
  RegisterRequest,
  SourceRow,
} from '../model.ts'
import { checkColumns, columnUses, readCell, readPath } from './bind-columns.ts'
import { compileTemplate } from './compile-template.ts'
import type { Render, Scope } from './compile-template.ts'
import { findBodyIdentifiers, findCustomerIdentifiers, memberIdentifiers } from './identifiers.ts'
import type { FoundIdentifiers, Identifier } from './identifiers.ts'
import type { Plan } from './load-plan.ts'
import { isHeaderValue } from './parse-lanes.ts'
import { plainCell } from './plain-cell.ts'
import { expressionsIn } from './template.ts'
import type { Template, TemplateField } from './template.ts'
import { isEmpty, isList, isObject, quoteValue, textOf } from './values.ts'

/** What a plan makes of a row. */
export type Rendered =
  | {
      readonly kind: 'requests'
      readonly key: string
      /** The identifiers that name the member, normalised. */
      readonly members: readonly Identifier[]
      readonly register?: RegisterRequest
      readonly link?: LinkRequest
      /** That an earlier row is of the same member, in words, where somebody looked. */
      readonly again?: string
      /** Lanes that the row asks for and that are not sent on purpose, each with the reason in words. */
      readonly skips?: Partial<Readonly<Record<LaneName, { readonly message: string; readonly hint?: string }>>>
      /** A verification's alone: no plan asks for it. */
      readonly balance?: BalanceRequest
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

/** One thing that is wrong with a row. */
export interface Fault {
  readonly message: string
  readonly hint?: string
  /** The message without the value: the same for all values that are wrong in the same way. */
  readonly kind: string
}

export interface CompiledPlan {
  readonly lanes: readonly LaneName[]
  /** Never throws: what cannot be sent is `invalid`. */
  render(row: SourceRow): Rendered
  /** The columns that the plan names, each once; with `${.}`, a CSV file's all, and `.` for JSONL. */
  readonly columnsUsed: readonly string[]
}

/**
 * Binds a plan to a file's columns and compiles it. `columns`: the CSV header, or undefined for JSONL. Throws a
 * UsageError where the plan names a column that the header lacks or holds twice.
 */
export function compilePlan(plan: Plan, columns: readonly string[] | undefined): CompiledPlan {
  if (columns !== undefined) checkColumns(plan, columns)
  const faults: Fault[] = []
  const scope: Scope = {
    read: columns === undefined ? readPath : readCell(columns),
    refuse: (column, value, why, hint) => {
      const where = column === '.' ? 'the record' : column
      faults.push({ message: `${where}: ${quoteValue(value)} ${why}`, hint, kind: `${where}: ${why}` })
      return undefined
    },
    given: 0,
  }
  const found: FoundIdentifiers = { list: [], count: 0 }
  const readKey = plan.rows.key === undefined ? undefined : scope.read(plan.rows.key.column)
  const renderRegister = plan.register === undefined ? undefined : compileRegister(plan.register, scope, faults)
  const renderLink = plan.link === undefined ? undefined : compileLink(plan.link, scope, faults)
  const lanes: readonly LaneName[] = [
    ...(renderRegister ? ['register' as const] : []),
    ...(renderLink ? ['link' as const] : []),
  ]

  const render = (row: SourceRow): Rendered => {
    faults.length = 0
    scope.given = 0
    const ownKey = readKey === undefined ? undefined : keyText(readKey(row.input))
    if (row.problem !== undefined) {
      const message = row.problem
      return { kind: 'invalid', key: ownKey ?? `row ${row.row}`, message, faults: [{ message, kind: message }] }
    }
    found.count = 0
    const register = renderRegister?.(row.input, found)
    const link = renderLink?.(row.input, found)
    const key = ownKey ?? (found.count > 0 ? found.list[0]?.value : undefined) ?? `row ${row.row}`
    if (faults.length > 0) return { kind: 'invalid', key, ...joinFaults(faults) }
    if (register === undefined && link === undefined) {
      return { kind: 'skipped', key, message: 'The row asks for nothing: it names no partner program.' }
    }
    return { kind: 'requests', key, members: memberIdentifiers(found), register, link }
  }
  return { lanes, render, columnsUsed: usedColumns(plan, columns) }
}

/** Renders a lane; adds the identifiers that it found, and to the faults what is wrong. */
type RenderLane<T> = (input: Input, found: FoundIdentifiers) => T | undefined

function compileRegister(
  lane: NonNullable<Plan['register']>,
  scope: Scope,
  faults: Fault[],
): RenderLane<RegisterRequest> {
  const body = compileTemplate(lane.body, scope)
  const headers = compileParameters(lane.headers, scope, true)
  const query = compileParameters(lane.query, scope, false)
  const missing = missingIdentifier(lane.body)
  return (input, found) => {
    const value = body(input)
    findBodyIdentifiers(value, found)
    if (faults.length === 0 && (found.count === 0 || value === undefined)) faults.push(missing)
    return value === undefined ? undefined : { body: value, headers: headers(input), query: query(input) }
  }
}

function compileLink(lane: NonNullable<Plan['link']>, scope: Scope, faults: Fault[]): RenderLane<LinkRequest> {
  const customer = compileTemplate(lane.customer, scope)
  const programs = compileTemplate(lane.linkToPartnerPrograms, scope)
  const headers = compileParameters(lane.headers, scope, true)
  const query = compileParameters(lane.query, scope, false)
  const from = columnList(lane.customer)
  const hint = 'A link needs the mobile, the e-mail or the external id of the member.'
  return (input, found) => {
    const links = programs(input)
    if (links === undefined || (isList(links) && links.length === 0)) return undefined
    if (!isList(links) || !links.every(isObject)) {
      const message = 'linkToPartnerPrograms is not a list of programs.'
      faults.push({ message, hint: 'Each is an object with a partnerProgramName.', kind: message })
      return undefined
    }
    const known = faults.length
    const who = customer(input)
    const before = found.count
    findCustomerIdentifiers(who, found)
    if (faults.length === known && found.count === before) {
      const reason = from === '' ? '' : `: ${from}`
      const message = `The row asks for a link and names no customer${reason}.`
      faults.push({ message, hint, kind: message })
    }
    if (!isObject(who)) return undefined
    return { customer: who, linkToPartnerPrograms: links, headers: headers(input), query: query(input) }
  }
}

function missingIdentifier(body: Template): Fault {
  const columns = columnList(body, /\.identifiers\[\d+\]\.value$/)
  const message =
    columns === ''
      ? 'The body has no identifier: no profiles[].identifiers[] with a type and a value.'
      : `The row has no identifier: ${columns}.`
  return { message, hint: 'A member needs a mobile, an e-mail or an external id.', kind: message }
}

/** `mobile, email and external_id are empty`, of the columns in a template (at a path); nothing where it names none. */
function columnList(template: Template, path = /^/): string {
  const uses = expressionsIn(template).filter((expression) => path.test(expression.path) && expression.column !== '.')
  const columns = [...new Set(uses.map((expression) => expression.column))]
  if (columns.length === 0) return ''
  const last = columns.at(-1) ?? ''
  return columns.length === 1 ? `${last} is empty` : `${columns.slice(0, -1).join(', ')} and ${last} are empty`
}

/** Headers and query: always text; the same object for every row where the plan has no column in them. */
function compileParameters(
  fields: readonly TemplateField[],
  scope: Scope,
  header: boolean,
): (input: Input) => Parameters | undefined {
  if (fields.length === 0) return () => undefined
  const renders = fields.map(({ name, value }) => ({ name, render: compileParameter(value, scope, header) }))
  const renderAll = (input: Input): Parameters | undefined => {
    const entries = renders.flatMap(({ name, render }): [string, string][] => {
      const text = render(input)
      return text === undefined ? [] : [[name, text]]
    })
    return entries.length === 0 ? undefined : Object.fromEntries(entries)
  }
  if (!fields.every((field) => field.value.kind === 'literal')) return renderAll
  const constant = renderAll({ kind: 'cells', cells: [] })
  return () => constant
}

function compileParameter(template: Template, scope: Scope, header: boolean): (input: Input) => string | undefined {
  const render: Render = compileTemplate(template, scope)
  const column = expressionsIn(template)[0]?.column ?? ''
  return (input) => {
    const value = render(input)
    if (value === undefined) return undefined
    const text = textOf(value)
    if (text === undefined)
      return scope.refuse(column, value, 'is a list or an object; expected text for a header or a query')
    if (header && !isHeaderValue(text)) {
      return scope.refuse(column, value, 'cannot be sent in a header; expected plain western text on one line')
    }
    return text
  }
}

function keyText(found: Json | undefined): string | undefined {
  const value = plainCell(found)
  return isEmpty(value) ? undefined : textOf(value)?.trim()
}

/** What both lanes say of the same value is one fault. */
function joinFaults(all: readonly Fault[]): { message: string; hint?: string; faults: readonly Fault[] } {
  const faults = all.filter(({ message }, at) => all.findIndex((other) => other.message === message) === at)
  const hints = new Set(faults.flatMap(({ hint }) => hint ?? []))
  return {
    message: faults.map(({ message }) => message).join('; '),
    hint: hints.size === 0 ? undefined : [...hints].join(' '),
    faults,
  }
}

function usedColumns(plan: Plan, columns: readonly string[] | undefined): readonly string[] {
  const names = new Set(columnUses(plan).map((use) => use.column))
  return columns !== undefined && names.has('.') ? columns : [...names]
}
