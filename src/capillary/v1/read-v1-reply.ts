import type { Identifier, Json, SideEffect } from '../../model.ts'
import { booleanOf, codeOf, fieldOf, idOf, isList, isRecord, textOf, wordsOf } from '../coerce.ts'
import type { Issue } from '../envelope.ts'
import { parseJson } from '../parse-json.ts'
import { readWarnings } from '../read-issues.ts'
import { readSideEffects } from '../read-side-effects.ts'

/** One entry of `customers.customer`: the account as it is, which need not be what was sent. */
export interface V1Item {
  readonly id?: string
  /** The identifiers that it shows: `mobile`, `email`, `externalId`, `id`. */
  readonly identifiers: readonly Identifier[]
  /** Its own word on how it went; undefined where it has none, and then nobody knows. */
  readonly passed?: boolean
  readonly code?: number
  readonly message: string
  readonly warnings: readonly Issue[]
  readonly sideEffects: readonly SideEffect[]
  /** By the wall clock of the cluster, without an offset. */
  readonly registeredOn?: string
  /** All that it shows. */
  readonly shown: Json
}

/** A reply of V1. `status`: what it says of the request as a whole, which is no verdict on its items. */
export interface V1Reply {
  readonly status: { readonly passed?: boolean; readonly code?: number; readonly message: string }
  readonly items: readonly V1Item[]
}

/**
 * Reads a reply of the V1 customer APIs, in every form that their own documents show: with and without `response` around
 * it, a list or a single object, numbers as texts and the other way round, `customers` left out where there are none.
 * Undefined where the body is no such reply. Source: capillary-facts-2.md, A1.
 */
export function readV1Reply(text: string): V1Reply | undefined {
  const body = parseJson(text.trim())?.value
  const response = fieldOf(body, 'response') ?? body
  const status = fieldOf(response, 'status')
  const customers = fieldOf(response, 'customers')
  const found = fieldOf(customers, 'customer') ?? fieldOf(response, 'customer') ?? customers
  if (!isRecord(status) && found === undefined) return undefined
  return { status: readStatus(status), items: listOf(found).map(readItem) }
}

/** A container with a single entry may be that entry, and an empty one a text or an object without fields. */
function listOf(value: Json | undefined): readonly Json[] {
  if (isList(value)) return value
  return isRecord(value) && Object.keys(value).length > 0 ? [value] : []
}

function readItem(item: Json): V1Item {
  const status = fieldOf(item, 'item_status')
  const { passed, code, message } = readStatus(status)
  const id = idOf(fieldOf(item, 'user_id')) ?? idOf(fieldOf(item, 'id'))
  return {
    id,
    identifiers: identifiersIn(item, id),
    passed: isRecord(status) ? passed : undefined,
    code,
    message,
    warnings: readWarnings(fieldOf(status, 'warnings')),
    sideEffects: readSideEffects(fieldOf(item, 'side_effects')),
    registeredOn: textOf(fieldOf(item, 'registered_on')),
    shown: item,
  }
}

function readStatus(status: Json | undefined): V1Reply['status'] {
  const code = codeOf(fieldOf(status, 'code'))
  const passed = booleanOf(fieldOf(status, 'success')) ?? (code === undefined ? undefined : GOOD.has(code))
  return { passed, code, message: wordsOf(fieldOf(status, 'message')) ?? '' }
}

const GOOD: ReadonlySet<number> = new Set([200, 1000, 91009])

function identifiersIn(item: Json, id: string | undefined): readonly Identifier[] {
  const shown = V1_IDENTIFIERS.flatMap(([type, name]) => {
    const value = textOf(fieldOf(item, name))
    return value === undefined || NOBODY.test(value) ? [] : [{ type, value }]
  })
  return id === undefined ? shown : [...shown, { type: 'id', value: id }]
}

/** Types of identifiers, by the names that V1 has for them. */
export const V1_IDENTIFIERS = [
  ['mobile', 'mobile'],
  ['email', 'email'],
  ['externalId', 'external_id'],
] as const

const NOBODY = /^(none|null)$/i
