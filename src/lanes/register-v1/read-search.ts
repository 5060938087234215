import type { Exchange } from '../../capillary/exchange.ts'
import { compared } from '../../capillary/v1/match-items.ts'
import { type LookedUp, readMembers } from '../../capillary/v1/look-up-members.ts'
import { fieldsOfCustomer, unlikeFields, unshownFields } from '../../capillary/v1/member-fields.ts'
import type { Answer, FinalVerdict, NextVerdict, RetryVerdict } from '../../capillary/verdict.ts'
import type { Identifier } from '../../model.ts'
import type { LaneRow } from '../lane.ts'
import { concludeSearch } from './conclude-search.ts'
import type { AddSettings } from './item-context.ts'
import { rejectRow } from './judge-item.ts'
import { type Found, type RegisterV1Request, type Search, identifiersIn, searchOf } from './register-v1-request.ts'

/** What came of looking for the members of rows, each by the identifier that is next. Never throws. */
export function readSearch(
  exchange: Exchange,
  rows: readonly LaneRow<RegisterV1Request>[],
  settings: AddSettings,
): Answer {
  const answer = readMembers(exchange, rows.map(askedBy))
  switch (answer.kind) {
    case 'each': {
      const { answers, requestId } = answer
      return {
        kind: 'rows',
        verdicts: rows.map((row, at) => afterLookUp(row, answers[at], { ...settings, requestId })),
      }
    }
    case 'tooMany':
      return { kind: 'rows', verdicts: rows.map(() => ({ kind: 'again' })), atMost: answer.atMost }
    case 'refusal': {
      const { message, code, hint } = answer
      if (rows.length > 1) return { kind: 'refused', reason: message, code, hint }
      return { kind: 'rows', verdicts: rows.map((row) => notLookedUp(row, answer)) }
    }
    case 'retry':
      // A look-up changes nothing: that it was lost leaves no doubt.
      return { ...answer, ambiguous: false }
    case 'throttled':
    case 'halt':
      return answer
  }
}

/** What a row is looked for by next. */
export function askedBy(row: LaneRow<RegisterV1Request>): Identifier {
  const [identifier] = searchOf(row.request, row.ambiguous === true)?.left ?? []
  if (identifier === undefined) throw new Error('a row that is not looked for has no look-up')
  return identifier
}

function afterLookUp(
  row: LaneRow<RegisterV1Request>,
  answer: LookedUp | undefined,
  context: AddSettings & { readonly requestId?: string },
): FinalVerdict | NextVerdict<RegisterV1Request> | RetryVerdict {
  const { request, ambiguous } = row
  const search = searchOf(request, ambiguous === true)
  if (search === undefined || answer === undefined) throw new Error('a look-up is of rows that are looked for')
  const progress = { ...request.progress, doubt: request.progress?.doubt === true || ambiguous === true }
  // What the API took is done, also where nobody can be found for it.
  const isTaken = search.said?.kind === 'accepted' && search.alone === true
  if (answer.kind === 'unclear' && !isTaken) {
    const again = { ...request, progress: { ...progress, search: { ...search, alone: true } } }
    const { reason, code } = answer
    return { kind: 'retry', reason, code, scope: 'row', ambiguous: false, request: again, requestId: context.requestId }
  }
  // That the API will not say who is there is no leave to send the row.
  if (answer.kind === 'refused' && search.found.length === 0)
    return { ...notLookedUp(row, answer), requestId: context.requestId }
  const after = answer.kind === 'found' ? withFound(search, answer, request) : withoutFirst(search)
  const next = { ...request, progress: { ...progress, search: after } }
  if (after.left.length > 0) return { kind: 'next', request: next }
  return concludeSearch({ ...row, request: next }, after, context)
}

function withoutFirst(search: Search): Search {
  return { ...search, left: search.left.slice(1) }
}

/** Identifiers that the account has as well need not be asked by. */
function withFound(search: Search, answer: Extract<LookedUp, { kind: 'found' }>, request: RegisterV1Request): Search {
  const { item, merged } = answer
  const [asked] = search.left
  const { same = [], different = [] } = compared(identifiersIn(request.customer), item) ?? {}
  // An account that shows another value than the one that was asked by is somebody else's, or was given a new one.
  const isFoundBy = asked !== undefined && !merged && !different.includes(asked.type)
  const [wanted, shown] = [fieldsOfCustomer(request.customer), fieldsOfCustomer(item.shown)]
  const found: Found = {
    id: item.id,
    same: [...new Set([...(isFoundBy ? [asked.type] : []), ...same])],
    different: merged ? different.filter((type) => type !== asked?.type) : different,
    unlike: unlikeFields(wanted, shown),
    unshown: unshownFields(wanted, shown),
    registeredOn: item.registeredOn,
    merged,
  }
  const left = search.left.slice(1).filter(({ type }) => !found.same.includes(type))
  return { ...search, left, found: [...search.found, found] }
}

/** The API would not say whether the member is there: then the row is not sent, or stays as it was answered. */
function notLookedUp(
  { request, ambiguous }: LaneRow<RegisterV1Request>,
  { code, message, hint }: { readonly code?: number; readonly message: string; readonly hint?: string },
): FinalVerdict {
  const { search, doubt } = request.progress ?? {}
  if (search?.said?.kind === 'accepted') return search.said.verdict
  if (search?.said !== undefined) return rejectRow(search.said)
  const wasSent = doubt === true || ambiguous === true
  const result = wasSent ? 'failed' : 'rejected'
  return {
    kind: 'final',
    result,
    status: result,
    code,
    message: wasSent
      ? `No final answer: the reply was lost, and whether the member is there could not be found out: ${message}`
      : `Not sent, as whether the member is there could not be found out: ${message}`,
    hint,
    warnings: [],
    sideEffects: [],
  }
}
