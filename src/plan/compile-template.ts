import type { Input, Json } from '../model.ts'
import { objectMaker } from '../object-maker.ts'
import { givesIdentifier, givesMembership } from './identifier-filter.ts'
import { plainCell } from './plain-cell.ts'
import type { Doubt, Expression, ObjectTemplate, Refuse, Template } from './template.ts'
import { isEmpty, textOf } from './values.ts'

/** Gives a template's value for a record; undefined where nothing is left of it. */
export type Render = (input: Input) => Json | undefined

/** What templates are bound to. */
export interface Scope {
  /** How to reach a column in a record. */
  readonly read: (column: string) => Render
  /** Called where a value of a column cannot be read. */
  readonly refuse: (column: string, value: Json, why: string, hint?: string) => undefined
  /** Called where a value of a column can be read, and may not be meant so. */
  readonly doubt: (column: string, value: Json, why: string, hint?: string) => void
  /** Whether an identifier's cell that cannot be read as one is left out, since it holds a word for nothing. */
  readonly takesForNothing: (column: string, value: Json) => boolean
  /** Whether what stands in an id, or is one that names no member by itself, is a word for nothing, and does not go into it. */
  readonly isNoPart: (column: string, value: Json) => boolean
  /** Counts the expressions that have given a value. */
  given: number
}

/**
 * Compiles a template to a closure. Where cells are empty, this is left out:
 * - a value all of whose columns are empty;
 * - an object or a list of which nothing is left;
 * - an object in a list (a profile, an identifier, an enrolment, a program) when none of the expressions in it gives
 *   anything, as fixed fields alone make no such thing; or when the field that it needs is left out (`value` of an
 *   identifier or a channel, `partnerProgramName` of a program).
 * What holds no expression stays as it is, empty or not.
 */
export function compileTemplate(template: Template, scope: Scope): Render {
  switch (template.kind) {
    case 'literal': {
      const value = template.value
      return () => value
    }
    case 'expression':
      return compileExpression(template.expression, scope)
    case 'text':
      return compileText(template.parts, scope)
    case 'list':
      return compileList(template.items, scope)
    case 'object':
      return compileTyped(template, scope) ?? compileObject(template, scope)
  }
}

function compileExpression(expression: Expression, scope: Scope): Render {
  const { column, filters } = expression
  const read = scope.read(column)
  const names = givesIdentifier(expression.path)
  const isMembership = givesMembership(expression.path)
  const refuse: Refuse = (value, why, hint) =>
    names && scope.takesForNothing(column, value) ? undefined : scope.refuse(column, value, why, hint)
  const doubt: Doubt = (value, why, hint) => scope.doubt(column, value, why, hint)
  if (filters.length === 0) {
    return (input) => {
      const value = plainCell(read(input))
      if (value === undefined) return undefined
      scope.given++
      return value
    }
  }
  const steps = filters.map((filter) => {
    if (filter.kind !== 'beside') return filter
    const readOther = scope.read(filter.column)
    const refuseOther: Refuse = (value, why, hint) => scope.refuse(filter.column, value, why, hint)
    return { ...filter, readOther, tell: { refuse, refuseOther, doubt } }
  })
  return (input) => {
    let value = plainCell(read(input))
    for (const step of steps) {
      if (step.kind === 'default') value ??= step.value
      else if (value !== undefined) {
        value =
          step.kind === 'read'
            ? step.read(value, refuse, doubt)
            : step.read(value, plainCell(step.readOther(input)), step.tell)
        if (isEmpty(value)) value = undefined
      }
    }
    if (isMembership && value !== undefined && scope.isNoPart(column, value)) return undefined
    if (value !== undefined) scope.given++
    return value
  }
}

function compileText(parts: readonly (string | Expression)[], scope: Scope): Render {
  const renders = parts.map((part) => (typeof part === 'string' ? part : compilePart(part, scope)))
  return (input) => {
    let text = ''
    let gave = false
    for (const render of renders) {
      if (typeof render === 'string') {
        text += render
        continue
      }
      const value = render(input)
      if (value === undefined) continue
      text += value
      gave = true
    }
    return gave ? text : undefined
  }
}

function compilePart(expression: Expression, scope: Scope): (input: Input) => string | undefined {
  const render = compileExpression(expression, scope)
  const names = givesIdentifier(expression.path)
  return (input) => {
    const value = render(input)
    if (value === undefined || (names && scope.isNoPart(expression.column, value))) return undefined
    return textOf(value) ?? scope.refuse(expression.column, value, 'is a list or an object; expected text within text')
  }
}

function compileList(items: readonly Template[], scope: Scope): Render {
  const renders = items.map((item) => compileTemplate(item, scope))
  if (renders.length === 1) {
    const [render] = renders as [Render]
    return (input) => {
      const value = render(input)
      return value === undefined ? undefined : [value]
    }
  }
  // Gathered here, and copied when it is known how many there are: a list that grows takes many times its size.
  const given: Json[] = []
  return (input) => {
    let count = 0
    for (const render of renders) {
      const value = render(input)
      if (value !== undefined) given[count++] = value
    }
    return count === 0 ? undefined : given.slice(0, count)
  }
}

/** An identifier or a channel, which most objects of a row are: names that are known make it in a fraction of the time. */
function compileTyped({ fields, needs, inList }: ObjectTemplate, scope: Scope): Render | undefined {
  const [first, second, ...others] = fields
  if (first?.name !== 'type' || first.value.kind !== 'literal' || needs !== 'value') return undefined
  if (second?.name !== 'value' || others.length > 0) return undefined
  const type = first.value.value
  const render = compileTemplate(second.value, scope)
  return (input) => {
    const givenBefore = scope.given
    const value = render(input)
    return value === undefined || (inList && scope.given === givenBefore) ? undefined : { type, value }
  }
}

function compileObject(template: ObjectTemplate, scope: Scope): Render {
  const fields = template.fields.map(({ name, value }) => ({ name, render: compileTemplate(value, scope) }))
  const needed = fields.find((field) => field.name === template.needs)
  const make = objectMaker(fields.map(({ name }) => name))
  const values: (Json | undefined)[] = fields.map(() => undefined)
  return (input) => {
    const givenBefore = scope.given
    // Looked at first: what is wrong in the rest of an object that is left out is no matter.
    const neededValue = needed?.render(input)
    if (needed !== undefined && neededValue === undefined) return undefined
    for (let at = 0; at < fields.length; at++) {
      const field = fields[at] as (typeof fields)[number]
      values[at] = field === needed ? neededValue : field.render(input)
    }
    return template.inList && scope.given === givenBefore ? undefined : make(values)
  }
}
