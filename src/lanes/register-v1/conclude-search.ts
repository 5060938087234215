import { fieldOf, textOf } from '../../capillary/coerce.ts'
import { statusGiven } from '../../capillary/describe-warnings.ts'
import type { FinalVerdict, NextVerdict } from '../../capillary/verdict.ts'
import type { Warning } from '../../model.ts'
import type { LaneRow } from '../lane.ts'
import { SEE_ACCOUNT } from './accept-item.ts'
import { mismatchWarning } from './compare-account.ts'
import type { ItemContext } from './item-context.ts'
import { rejectRow } from './judge-item.ts'
import type { Found, RegisterV1Request, Said, Search } from './register-v1-request.ts'
import { registeredWhen } from './registered-when.ts'
import { ANOTHERS_ACCOUNT } from '../../words.ts'

/** What a search that is over means for its row: it is sent, or has its answer. */
export function concludeSearch(
  row: LaneRow<RegisterV1Request>,
  { found, said }: Search,
  context: ItemContext,
): FinalVerdict | NextVerdict<RegisterV1Request> {
  const { requestId } = context
  if (said?.kind === 'accepted') return accepted(row, said, found, context)
  const [first] = found
  if (first === undefined) {
    if (said !== undefined) return rejectRow({ ...said, requestId })
    const { search: _search, ...progress } = row.request.progress ?? {}
    return { kind: 'next', request: { ...row.request, progress: { ...progress, absent: true } } }
  }
  const { doubt = false, absent = false } = row.request.progress ?? {}
  if (!doubt) return thereAlready(first, found, said, context)
  const isOurs = absent || (row.repeats !== true && registered(row, registeredOnOf(found), context.now) !== 'before')
  // Where who is there is kept, or was refused, nobody was changed.
  if (!isOurs && (row.request.keep || said !== undefined)) return thereAlready(first, found, said, context)
  return confirm(first, found, { isOurs, requestId })
}

/** The API took the row, and did not say under which id, or when the account was registered. */
function accepted(
  row: LaneRow<RegisterV1Request>,
  { verdict, ifBefore }: Extract<Said, { kind: 'accepted' }>,
  found: readonly Found[],
  { now }: ItemContext,
): FinalVerdict {
  const ids = idsOf(found)
  const customerId = verdict.customerId ?? (ids.length === 1 ? ids[0] : undefined)
  const registeredOn = registeredOnOf(found.filter(({ id }) => id === customerId))
  const wasBefore = ifBefore !== undefined && registered(row, registeredOn, now) === 'before'
  return { ...(wasBefore ? ifBefore : verdict), customerId }
}

function registeredOnOf(found: readonly Found[]): string | undefined {
  return found.find(({ registeredOn }) => registeredOn !== undefined)?.registeredOn
}

function registered(
  { request, firstSentAt }: LaneRow<RegisterV1Request>,
  registeredOn: string | undefined,
  now: number,
): 'ours' | 'before' | undefined {
  const sent = textOf(fieldOf(request.customer, 'registered_on'))
  return registeredWhen(registeredOn, { sent, since: firstSentAt, now })
}

/** It was sent, its answer was lost, and it is there. */
function confirm(
  first: Found,
  found: readonly Found[],
  { isOurs, requestId }: Pick<ItemContext, 'requestId'> & { readonly isOurs: boolean },
): FinalVerdict {
  const warnings = [...accountWarnings(found), ...valueWarnings(found, isOurs)]
  return {
    kind: 'final',
    result: isOurs ? 'registered' : 'updated',
    status: statusGiven(warnings),
    customerId: first.id,
    ...grave(warnings),
    ...(isOurs && { confirmed: true }),
    warnings,
    sideEffects: [],
    requestId,
  }
}

/** Whether the values of a row whose answer was lost are there, too. */
function valueWarnings(found: readonly Found[], isOurs: boolean): readonly Warning[] {
  const unlike = [...new Set(found.flatMap((one) => one.unlike))]
  if (unlike.length > 0) {
    const message = `The reply was lost, and the member is there with other values than the row’s: ${unlike.join(', ')}`
    return [{ message, lossy: true }]
  }
  // Who was there before is there without the row as well: only its values show that it was carried out.
  const [first, ...others] = found.map(({ unshown = [] }) => unshown)
  const unshown = first?.filter((name) => others.every((names) => names.includes(name))) ?? []
  if (isOurs || unshown.length === 0) return []
  const message = `The reply was lost, and whether the member, who was there before, has the row’s values is not shown: ${unshown.join(', ')}`
  return [{ message, lossy: true }]
}

/** It was not sent, or the API refused it because somebody has one of its identifiers. */
function thereAlready(
  first: Found,
  found: readonly Found[],
  said: Exclude<Said, { kind: 'accepted' }> | undefined,
  { onExists, requestId }: ItemContext,
): FinalVerdict {
  const warnings = accountWarnings(found)
  if (said !== undefined && warnings.some((warning) => warning.grave)) {
    // Nothing was changed: somebody else has it.
    return rejectRow({ ...said, requestId })
  }
  const message = said?.message ?? `The member is there already, found by ${listOf(first.same.map(wordFor))}`
  return {
    kind: 'final',
    result: 'exists',
    status: onExists === 'ok' ? statusGiven(warnings) : 'rejected',
    customerId: first.id,
    code: said?.code,
    message,
    hint: said?.hint ?? 'Nothing was sent: the plan says `existing: keep`.',
    ...grave(warnings, COMPARE_FIRST),
    warnings,
    sideEffects: [],
    requestId,
  }
}

function accountWarnings(found: readonly Found[]): readonly Warning[] {
  const ids = idsOf(found)
  if (ids.length > 1) {
    const message = `${ANOTHERS_ACCOUNT}: the row’s identifiers are those of ${ids.length} members (${ids.join(', ')})`
    return [{ message, lossy: true, grave: true }]
  }
  const different = [...new Set(found.flatMap((one) => one.different))]
  const same = [...new Set(found.flatMap((one) => one.same))]
  const merged = found.some((one) => one.merged)
  return merged ? [MERGED] : mismatchWarning({ same, different }, { created: false })
}

const MERGED: Warning = {
  code: 91009,
  message: 'The member was merged before: this is the one that remained',
  lossy: true,
}

function grave(warnings: readonly Warning[], hint = SEE_ACCOUNT): Pick<FinalVerdict, 'message' | 'hint'> {
  const found = warnings.find((warning) => warning.grave)
  return found === undefined ? {} : { message: found.message, hint }
}

const COMPARE_FIRST =
  'Nothing was sent. Compare the account in Member Care with the row; if it is somebody else’s, correct the row’s identifier.'

function idsOf(found: readonly Found[]): readonly string[] {
  return [...new Set(found.flatMap(({ id }) => id ?? []))]
}

function wordFor(type: string): string {
  return { mobile: 'its mobile', email: 'its e-mail', externalId: 'its external id' }[type] ?? `its ${type}`
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? 'an identifier') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
