import type { Json } from '../../model.ts'
import type { Answer } from '../answer.ts'
import type { FaultName } from '../faults.ts'
import { hash } from '../identifiers.ts'
import type { JsonRecord } from '../read-json.ts'
import { asRecord } from '../read-json.ts'
import type { Item } from './item.ts'
import { V1_ERRORS } from './texts.ts'

/** A request that is refused as a whole, without items (capillary-facts-2.md, A1). */
export function v1Refusal(status: number, code: number, message = V1_ERRORS[code] ?? `Error ${code}`): Answer {
  const body = { response: { status: { code, message, success: false, warnings: { warning: [] } } } }
  return { status, body: JSON.stringify(body) }
}

/** The envelope of V1 around its items, or what a fault makes of it. */
export function v1Reply(
  items: readonly Item[],
  { fault, businessStatus }: { readonly fault: FaultName | undefined; readonly businessStatus: number },
): Answer {
  const good = fault === 'v1AllFailed' ? 0 : items.filter(({ ok }) => ok).length
  const shown = tamper(items, fault)
  const envelope = {
    response: {
      status: topStatus(items.length, good, fault),
      ...(shown !== undefined && { customers: { customer: shown } }),
    },
  }
  const isWhole =
    shown !== undefined && shown.length === items.length && shown.every((json, at) => json === items[at]?.json)
  return {
    status: good === 0 && !claimsSuccess(fault) ? businessStatus : 200,
    body: JSON.stringify(fault === 'v1Loose' ? loosened(envelope) : envelope),
    delivered() {
      if (isWhole) for (const item of items) item.told?.()
    },
  }
}

function claimsSuccess(fault: FaultName | undefined): boolean {
  return fault === 'v1Top200' || fault === 'v1Top201'
}

function topStatus(total: number, good: number, fault: FaultName | undefined): JsonRecord {
  const counts = { total: String(total), success_count: String(good) }
  const partly = 'Some requests have failed due to errors'
  if (fault === 'v1Top201') return { success: 'true', code: 201, message: partly, ...counts }
  if (good === total || fault === 'v1Top200') return { success: 'true', code: 200, message: 'Success', ...counts }
  if (good > 0) return { success: 'false', code: 201, message: partly, ...counts }
  return { success: 'false', code: 500, message: 'All requests have failed due to errors', ...counts }
}

function tamper(items: readonly Item[], fault: FaultName | undefined): readonly JsonRecord[] | undefined {
  const all = items.map(({ json }) => json)
  switch (fault) {
    case 'v1None':
      return undefined
    case 'v1AllFailed':
      return [{}]
    case 'v1Fewer':
      return all.toSpliced(hash(JSON.stringify(all)) % Math.max(1, all.length), 1)
    case 'v1Reordered':
      return [...all.slice(1), ...all.slice(0, 1)]
    case 'v1Empty':
      return items.some(({ ok }) => ok) ? all.map((json, at) => (at % 2 === 0 ? {} : json)) : [{}]
    case 'v1Bare':
      return all.map(({ user_id, item_status }) => ({
        ...(user_id !== undefined && { user_id }),
        ...(item_status !== undefined && { item_status }),
      }))
    case 'v1HidesExternalId':
      return all.map((json) => ('external_id' in json ? { ...json, external_id: null } : json))
    default:
      return all
  }
}

/** The same, as an XML document that became JSON may look. */
function loosened(envelope: Json): Json {
  return asRecord(loose(envelope))?.['response'] ?? {}
}

function loose(value: Json, name = ''): Json {
  if (Array.isArray(value)) {
    const list: readonly Json[] = value
    if (list.length === 0) return ''
    const [only] = list
    return list.length === 1 && only !== undefined ? loose(only, name) : list.map((entry) => loose(entry, name))
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => [key, loose(inner, key)] as const)
    return Object.fromEntries(entries)
  }
  if (name === 'success') return value === 'true' || value === true
  if (name === 'code' || name === 'user_id') return typeof value === 'number' ? String(value) : Number(value)
  return value
}
