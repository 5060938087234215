import type { Identifier } from '../../model.ts'
import { classifyReply } from '../classify-reply.ts'
import { classifyNoReply } from '../classify-status.ts'
import { findCode } from '../code-table.ts'
import { v1Codes } from '../codes/v1-codes.ts'
import type { ApiRequest, Exchange, Reply } from '../exchange.ts'
import { readEnvelope } from '../read-envelope.ts'
import type { Refusal, ReplyClass } from '../refusal.ts'
import { batchLimitIn } from './batch-limit.ts'
import { compared, isSame, matchItems } from './match-items.ts'
import { V1_IDENTIFIERS, type V1Item, readV1Reply } from './read-v1-reply.ts'

/**
 * `GET /v1.1/customer/get`: the members with these values of one type of identifier, comma-separated, each with its id.
 * Their transactions and notes, which are heavy, are left out. Source: capillary-facts-2.md, A2.
 */
export function lookUpMembers(type: string, values: readonly string[]): ApiRequest {
  const [, name = type] = V1_IDENTIFIERS.find(([known]) => known === type) ?? []
  const rest = { format: 'json', user_id: 'true', transactions: 'false', notes: 'false' }
  return { method: 'GET', path: '/v1.1/customer/get', query: { [name]: values.join(','), ...rest } }
}

/** Whether members can be looked up by it: commas stand between values. */
export function isAskable({ value }: Identifier): boolean {
  return !value.includes(',')
}

/** What a look-up says of one identifier. */
export type LookedUp =
  /** `merged`: the account was taken in by another one, which this is (91009). */
  | { readonly kind: 'found'; readonly item: V1Item; readonly merged: boolean }
  | { readonly kind: 'absent'; readonly code?: number; readonly message: string; readonly hint?: string }
  /** The API said no, and not that nobody has it. */
  | { readonly kind: 'refused'; readonly code?: number; readonly message: string; readonly hint?: string }
  /** The reply has no answer that is surely this one's, or one that may pass. */
  | { readonly kind: 'unclear'; readonly reason: string; readonly code?: number }

/** What came of looking up several: an answer for each, in their order, or one for all of them. */
export type LookUpAnswer =
  | { readonly kind: 'each'; readonly answers: readonly LookedUp[]; readonly requestId?: string }
  /** More than one request may ask for. `atMost`: how many it may, where the reply says so believably. */
  | { readonly kind: 'tooMany'; readonly atMost: number }
  | Exclude<ReplyClass, { kind: 'exists' }>

/** What came of `lookUpMembers` for the identifiers that it asked by. Never throws. */
export function readMembers(exchange: Exchange, asked: readonly Identifier[]): LookUpAnswer {
  if (exchange.kind !== 'reply') return unlessExists(classifyNoReply(exchange))
  const reply = readV1Reply(exchange.text)
  if (reply === undefined || reply.items.length === 0 || exchange.status === 429) return concludeWhole(exchange, asked)
  const refused = [reply.status, ...reply.items].find(({ code, passed }) => code === 1060 && passed !== true)
  if (refused !== undefined && asked.length > 1) {
    return { kind: 'tooMany', atMost: batchLimitIn(refused.message, asked.length) }
  }
  return { kind: 'each', answers: answersIn(reply.items, asked), requestId: exchange.requestId }
}

function concludeWhole(exchange: Reply, asked: readonly Identifier[]): LookUpAnswer {
  const reply = readV1Reply(exchange.text)
  const { code, message } = reply?.status ?? {}
  // What sums up items says nothing without them.
  if (reply !== undefined && exchange.status !== 429 && (code === undefined || SUMS_UP.has(code))) {
    const answers = asked.map(() => unclear('The reply has no answer for any row'))
    return { kind: 'each', answers, requestId: exchange.requestId }
  }
  if (code === 1060 && asked.length > 1) return { kind: 'tooMany', atMost: batchLimitIn(message ?? '', asked.length) }
  const envelope = readEnvelope(exchange.text)
  const errors = envelope.kind === 'v1' || envelope.kind === 'link' ? envelope.errors : []
  const issues = envelope.kind === 'single' ? envelope.item.errors : errors
  return unlessExists(classifyReply(exchange, envelope, issues, v1Codes))
}

/** What stands at the top of a reply about items. */
const SUMS_UP: ReadonlySet<number> = new Set([200, 201, 500])

/** A look-up that says that somebody exists has not answered the question. */
function unlessExists(answer: ReplyClass): Exclude<ReplyClass, { kind: 'exists' }> {
  return answer.kind === 'exists' ? ({ ...answer, kind: 'refusal' } satisfies Refusal) : answer
}

function answersIn(items: readonly V1Item[], asked: readonly Identifier[]): readonly LookedUp[] {
  const wanted = asked.map((identifier) => [identifier])
  const matches = matchItems(wanted, items)
  const spare = items.filter((item) => {
    const isTaken = matches.some((match) => match?.item === item)
    return item.passed === false && !isTaken && !wanted.some((one) => isSame(compared(one, item)))
  })
  const missing = matches.filter((match) => match === undefined).length
  // Where as many were not found as are left over, it does not matter which is which.
  const rest = items.length === asked.length && spare.length === missing ? spare[0] : undefined
  return matches.map((match) => {
    const item = match?.item ?? rest
    if (item === undefined) return unclear('The reply has no answer that is surely this row’s')
    return judge(item, { sure: asked.length === 1 || (match?.same.length ?? 0) > 0 || match === undefined })
  })
}

function judge(item: V1Item, { sure }: { readonly sure: boolean }): LookedUp {
  const { passed, code, message, warnings } = item
  if (passed === undefined) return unclear('The reply does not say whether the member is there')
  if (passed && item.id === undefined && code !== undefined && NOBODY_HAS.has(code)) {
    return unclear(`The reply says of a member that was found: ${message || `code ${code}`}`)
  }
  const merged = code === SURVIVOR || warnings.some((warning) => warning.code === SURVIVOR)
  if (passed || (item.id !== undefined && code !== undefined && NOT_LOYAL.has(code))) {
    if (sure || merged) return { kind: 'found', item, merged }
    return unclear('The reply’s answer does not show whom it is about')
  }
  const entry = code === undefined ? undefined : findCode(v1Codes, 'error', code, message)
  const words = message || (entry?.meaning ?? 'The API refused to say')
  if (code === undefined || entry === undefined || entry.class === 'retry' || code === FAILED) {
    return { ...unclear(words), code }
  }
  return { kind: NOBODY_HAS.has(code) ? 'absent' : 'refused', code, message: words, hint: entry.remedy }
}

/** What failed, and not whom it was about. */
const FAILED = 500
/** Nobody has the identifier, or nobody can have one like it. */
const NOBODY_HAS: ReadonlySet<number> = new Set([400, 816, 1001, 1002, 1003, 1011, 1012, 1042, 1104, 8015, 8109])
/** Another account took this one in: the survivor is shown. */
const SURVIVOR = 91009
/** There, and not in the loyalty program. */
const NOT_LOYAL: ReadonlySet<number> = new Set([1013, 1020])

function unclear(reason: string): Extract<LookedUp, { kind: 'unclear' }> {
  return { kind: 'unclear', reason }
}
