import type { Json } from '../model.ts'
import type { Place } from './plan-problem.ts'
import type { Watch } from './watch.ts'

/** What a plan says of one value of a request, parsed. */
export type Template =
  /** Holds no expression anywhere: comes out as it is. */
  | { readonly kind: 'literal'; readonly value: Json }
  /** One expression alone: keeps the type that its last filter gives. */
  | { readonly kind: 'expression'; readonly expression: Expression }
  /** Expressions with text around them: always a string. */
  | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'list'; readonly items: readonly Template[] }
  | ObjectTemplate

export interface ObjectTemplate {
  readonly kind: 'object'
  readonly fields: readonly TemplateField[]
  /** Stands in a list, so that there may be one more or one less of it. */
  readonly inList: boolean
  /** The field without which the object means nothing to the API. */
  readonly needs?: string
}

export interface TemplateField {
  readonly name: string
  readonly value: Template
}

/** `${column | filter …}`. The column `.` is the whole record. */
export interface Expression {
  readonly column: string
  readonly filters: readonly Filter[]
  readonly at: Place
  readonly path: string
}

/**
 * `default` fills a value that is empty; every other filter reads one that is not, and `beside` with what stands in another
 * column of the row.
 */
export type Filter =
  | { readonly kind: 'default'; readonly value: Json }
  | {
      readonly kind: 'read'
      readonly read: (value: Json, refuse: Refuse, doubt: Doubt) => Json | undefined
      /** They see all values that it reads. */
      readonly watches?: readonly Watch[]
    }
  | {
      readonly kind: 'beside'
      readonly column: string
      /** `other`: absent where that column is empty. */
      readonly read: (value: Json, other: Json | undefined, tell: TellBeside) => Json | undefined
    }

/** Whom a filter tells what it cannot read: of its own value, or of the one in the column beside it. */
export interface TellBeside {
  readonly refuse: Refuse
  readonly refuseOther: Refuse
  readonly doubt: Doubt
}

/** A filter that cannot be made of what the plan says, in words for the plan's author. */
export interface FilterMistake {
  readonly mistake: string
}

/**
 * Called by a filter that cannot read a value: the row becomes invalid. `why` goes on from the value, as in
 * `is not a date: …`; `hint` says what may be done about it.
 */
export type Refuse = (value: Json, why: string, hint?: string) => undefined

/** Called by a filter that reads a value which may not be meant so: it is sent, and `check` says why it may be wrong. */
export type Doubt = (value: Json, why: string, hint?: string) => void

/** Every expression in a template, in the order in which they are written. */
export function expressionsIn(template: Template): readonly Expression[] {
  switch (template.kind) {
    case 'literal':
      return []
    case 'expression':
      return [template.expression]
    case 'text':
      return template.parts.filter((part) => typeof part !== 'string')
    case 'list':
      return template.items.flatMap(expressionsIn)
    case 'object':
      return template.fields.flatMap((field) => expressionsIn(field.value))
  }
}
