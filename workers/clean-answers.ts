import type { Answer, FinalVerdict, RetryVerdict } from '../src/capillary/verdict.ts'
import type { Lane, LaneRow } from '../src/lanes/lane.ts'
import type { Json, SideEffect } from '../src/model.ts'
import { withoutAnybody, withoutMember } from '../src/outside/member-words.ts'

/**
 * The lane, with what it reads out of replies cleaned before anybody sees it: the account's secrets are taken out of all
 * words, and members' data out of those that are about the host or the account, since these are told to everybody.
 */
export function withCleanAnswers(lane: Lane, conceal: (text: string) => string): Lane {
  return {
    ...lane,
    read: (exchange, rows, settings) => cleanAnswer(lane.read(exchange, rows, settings), rows, conceal),
  }
}

type Conceal = (text: string) => string

function cleanAnswer(answer: Answer, rows: readonly LaneRow[], conceal: Conceal): Answer {
  switch (answer.kind) {
    case 'rows':
      return { ...answer, verdicts: answer.verdicts.map((verdict) => cleanVerdict(verdict, conceal)) }
    case 'retry': {
      const cleaned = cleanRetry(answer, conceal)
      return answer.scope === 'row' ? cleaned : { ...cleaned, reason: withoutRows(cleaned.reason, rows) }
    }
    case 'halt':
      return withRequestId({ ...answer, reason: withoutRows(conceal(answer.reason), rows) }, conceal)
    case 'refused':
      return withRequestId({ ...answer, reason: conceal(answer.reason) }, conceal)
    case 'throttled':
      return withRequestId({ ...answer, reason: withoutRows(conceal(answer.reason), rows) }, conceal)
  }
}

type RowVerdict = Extract<Answer, { kind: 'rows' }>['verdicts'][number]

function cleanVerdict(verdict: RowVerdict, conceal: Conceal): RowVerdict {
  switch (verdict.kind) {
    case 'final':
      return cleanFinal(verdict, conceal)
    case 'retry':
      return cleanRetry(verdict, conceal)
    case 'next':
    case 'again':
      return verdict
  }
}

/** What is left to be sent again stays as it is: those are our own words. */
function cleanRetry(verdict: RetryVerdict, conceal: Conceal): RetryVerdict {
  const { programsDone } = verdict
  const cleaned = withRequestId({ ...verdict, reason: conceal(verdict.reason) }, conceal)
  return programsDone === undefined ? cleaned : { ...cleaned, programsDone: withMessages(programsDone, conceal) }
}

/** It comes in a header of the host's, or of whatever stands before it. */
function withRequestId<T extends { readonly requestId?: string }>(answer: T, conceal: Conceal): T {
  return answer.requestId === undefined ? answer : { ...answer, requestId: conceal(answer.requestId) }
}

function cleanFinal(verdict: FinalVerdict, conceal: Conceal): FinalVerdict {
  const { message, warnings, sideEffects, programs } = verdict
  return {
    ...withRequestId(verdict, conceal),
    ...(message !== undefined && { message: conceal(message) }),
    ...(programs !== undefined && { programs: withMessages(programs, conceal) }),
    warnings: withMessages(warnings, conceal),
    sideEffects: sideEffects.length === 0 ? sideEffects : sideEffects.map((effect) => cleanEffect(effect, conceal)),
  }
}

function withMessages<T extends { readonly message?: string }>(list: readonly T[], conceal: Conceal): readonly T[] {
  return list.map((item) => (item.message === undefined ? item : { ...item, message: conceal(item.message) }))
}

/** Its kind is our own word, and no secret of a few letters either. */
function cleanEffect(effect: SideEffect, conceal: Conceal): SideEffect {
  if (effect.kind === 'unknown') return { ...effect, type: conceal(effect.type), raw: concealIn(effect.raw, conceal) }
  const { kind: _kind, ...told } = effect
  const texts = Object.entries(told).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, conceal(value)] as const] : [],
  )
  return { ...effect, ...Object.fromEntries(texts) }
}

function concealIn(value: Json, conceal: Conceal): Json {
  if (typeof value === 'string') return conceal(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: Json) => concealIn(item, conceal))
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [conceal(name), concealIn(item, conceal)]))
}

/** Words of the host's that everybody is told, without what they say of members. */
export function withoutRows(reason: string, rows: readonly LaneRow[]): string {
  const ownGone = rows.reduce(
    (cleaned, { request }) => withoutMember(cleaned, JSON.parse(JSON.stringify(request))),
    reason,
  )
  // A reply may be another row's.
  return withoutAnybody(ownGone)
}
