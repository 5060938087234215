import { findCode } from '../../capillary/code-table.ts'
import { statusGiven } from '../../capillary/describe-warnings.ts'
import { fieldOf, textOf } from '../../capillary/coerce.ts'
import type { MatchedItem } from '../../capillary/v1/match-items.ts'
import type { V1Item } from '../../capillary/v1/read-v1-reply.ts'
import type { FinalVerdict, NextVerdict } from '../../capillary/verdict.ts'
import type { Warning } from '../../model.ts'
import type { LaneRow } from '../lane.ts'
import { leftOutWarnings, mismatchWarning } from './compare-account.ts'
import type { ItemContext } from './item-context.ts'
import { registeredWhen } from './registered-when.ts'
import { registerV1Codes } from './register-v1-codes.ts'
import { type RegisterV1Request, identifiersIn, newSearch } from './register-v1-request.ts'
import { ANOTHERS_ACCOUNT } from '../../words.ts'

/**
 * The API took the row: whether it registered a member or changed one, only the beginning of its message tells, and what
 * it refused under that success, its warnings (capillary-facts-2.md, A1, rules 2 and 3).
 */
export function acceptItem(
  row: LaneRow<RegisterV1Request>,
  match: MatchedItem,
  { now, requestId }: ItemContext,
): FinalVerdict | NextVerdict<RegisterV1Request> {
  const { request } = row
  const { item } = match
  const { did, rest } = readMessage(item.message)
  const became = whatBecame(row, item, { did, now })
  const verdictOf = (outcome: Became): FinalVerdict => {
    const warnings = [
      ...mismatchWarning(match, { created: outcome.result === 'registered' }),
      ...(outcome.warning === undefined ? [] : [outcome.warning]),
      ...describeItem(item, rest),
      ...(did === 'created' ? leftOutWarnings(identifiersIn(request.customer), match) : []),
    ]
    return {
      kind: 'final',
      result: outcome.result,
      status: statusGiven(warnings),
      customerId: item.id,
      ...whatToDo(warnings),
      ...(outcome.confirmed === true && { confirmed: true }),
      warnings,
      sideEffects: item.sideEffects,
      requestId,
    }
  }
  const verdict = verdictOf(became)
  const ifBefore = became.unproven === true ? verdictOf({ result: 'updated' }) : undefined
  const search = newSearch(request, { kind: 'accepted', verdict, ...(ifBefore !== undefined && { ifBefore }) })
  if ((item.id !== undefined && ifBefore === undefined) || search.left.length === 0) return verdict
  return { kind: 'next', request: { ...request, progress: { ...request.progress, search } } }
}

type Did = 'created' | 'changed' | undefined

/** The message of a success: what it says first, and the texts of the warnings behind it. */
function readMessage(message: string): { readonly did: Did; readonly rest: string } {
  const [, first = '', rest = ''] = /^([^,]*),?\s*(.*)$/s.exec(message) ?? []
  if (/^\s*customer\s+(registration|registered)\b/i.test(first)) return { did: 'created', rest }
  if (/^\s*customer\s+(successfully\s+)?updated\b/i.test(first)) return { did: 'changed', rest }
  return { did: undefined, rest: '' }
}

interface Became {
  readonly result: 'registered' | 'updated'
  readonly confirmed?: boolean
  readonly warning?: Warning
  /** Whether the member was there before, a look-up may yet show: the item does not say when it was registered. */
  readonly unproven?: boolean
}

function whatBecame(
  { request, ambiguous, firstSentAt, repeats }: LaneRow<RegisterV1Request>,
  { registeredOn }: V1Item,
  { did, now }: { readonly did: Did; readonly now: number },
): Became {
  if (did === 'created') return { result: 'registered' }
  const { progress, customer } = request
  const sent = textOf(fieldOf(customer, 'registered_on'))
  const when = registeredWhen(registeredOn, { sent, since: firstSentAt, now })
  if (progress?.doubt === true || ambiguous === true) {
    // Not there before it was sent, and there now: it was us, as far as anybody can tell.
    if (progress?.absent === true) return { result: 'registered', confirmed: true }
    if (when === 'before' || repeats === true) return { result: 'updated' }
    return { result: 'registered', confirmed: true, ...(when === undefined && { unproven: true }) }
  }
  if (did === 'changed')
    return progress?.absent === true ? { result: 'updated', warning: FOUND_LATE } : { result: 'updated' }
  if (progress?.absent === true || when === 'ours') return { result: 'registered' }
  return { result: when === 'before' ? 'updated' : 'registered', warning: UNSAID }
}

const FOUND_LATE: Warning = {
  message:
    `${ANOTHERS_ACCOUNT}: nobody had one of the row’s identifiers when it was looked for, and yet the API ` +
    'changed a member who was there',
  lossy: true,
  grave: true,
}
const UNSAID: Warning = {
  message: 'The API took the row, and does not say whether it registered a member or changed one',
  lossy: true,
}

/** The warnings of an item, in the API's words where it is clear which belong to which. */
function describeItem({ warnings }: V1Item, rest: string): readonly Warning[] {
  if (warnings.length === 0) return rest === '' ? [] : [{ message: rest, lossy: true }]
  const texts = warnings.length === 1 ? [rest] : rest.split(', ')
  return warnings.map(({ code, message }, at) => {
    const said = message || (texts.length === warnings.length ? texts[at] : undefined) || undefined
    const entry = code === undefined ? undefined : findCode(registerV1Codes, 'warning', code, said)
    return { code, message: said ?? entry?.meaning ?? 'A warning without words', lossy: entry?.class === 'lossy' }
  })
}

/** Code, message and hint of a row that is done with a loss: those of what was lost. */
function whatToDo(warnings: readonly Warning[]): Pick<FinalVerdict, 'code' | 'message' | 'hint'> {
  const lossy = warnings.filter((warning) => warning.lossy)
  const [first] = lossy
  if (first === undefined) return {}
  const hints = lossy.map(({ code, message, grave }) =>
    grave === true
      ? SEE_ACCOUNT
      : code === undefined
        ? undefined
        : findCode(registerV1Codes, 'warning', code, message)?.remedy,
  )
  const hint = [...new Set(hints.filter((each) => each !== undefined))].join(' ')
  return { code: first.code, message: first.message, hint: hint === '' ? undefined : hint }
}

/** What to do where somebody else's account may have been changed. */
export const SEE_ACCOUNT =
  'Open the account in Member Care and compare it with the row; if it is somebody else’s, restore it there.'
