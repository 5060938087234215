import type { ResultRow } from '../ledger/ledger.ts'
import { warningRemedy } from '../lanes/catalogue.ts'
import { laneNames } from '../lanes/lanes.ts'
import { isReject } from '../ledger/rejects.ts'
import { isProgramDone, statusOrder } from '../ledger/row-status.ts'
import type { LaneName, Outcome, ProgramOutcome, SideEffect, Warning } from '../model.ts'

/** What the reports say of a row in words, over its lanes; empty where there is nothing to say. */
export interface Verdict {
  readonly customerId: string
  /** Requests sent for the row, on all lanes. */
  readonly attempts: number
  /** The lane that decided the status; undefined where none has an outcome. */
  readonly lane: LaneName | undefined
  /** Code, message, hint and request id of the lane that decided the status. */
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly requestId: string
  readonly warnings: string
  readonly sideEffects: string
  /** When the last lane ended; empty while one is open. */
  readonly finishedAt: string
}

/**
 * Sums up a row's lanes. The worst lane decides; of two that are equal the one that has something to say, and the
 * one that comes first on a row.
 */
export function verdictOf({ status, outcomes }: Pick<ResultRow, 'status' | 'outcomes'>): Verdict {
  const lanes = inOrder(outcomes)
  const deciding = decide(lanes)
  const isWarned = lanes.some(({ warnings }) => warnings.length > 0)
  return {
    customerId: lanes.find((outcome) => outcome.customerId !== undefined)?.customerId ?? '',
    attempts: lanes.reduce((sum, outcome) => sum + outcome.attempts, 0),
    lane: deciding?.lane,
    code: deciding?.code?.toString() ?? '',
    message: messageOf(lanes, deciding),
    hint: deciding?.hint ?? (isWarned && !isReject(deciding?.status) ? warningHints(lanes) : ''),
    requestId: deciding?.requestId ?? '',
    warnings: isWarned ? describeWarnings(lanes) : '',
    sideEffects: lanes.flatMap(({ sideEffects }) => sideEffects.map(describeSideEffect)).join('; '),
    finishedAt: status === undefined ? '' : lastOf(lanes.map((outcome) => outcome.finishedAt)),
  }
}

/** In the order in which a row goes through the lanes. Most rows are on one alone. */
function inOrder(outcomes: ResultRow['outcomes']): readonly Outcome[] {
  const lanes = Object.values(outcomes)
  return lanes.length < 2 ? lanes : laneNames.flatMap((lane) => outcomes[lane] ?? [])
}

function decide(lanes: readonly Outcome[]): Outcome | undefined {
  if (lanes.length < 2) return lanes[0]
  const worst = statusOrder.find((status) => lanes.some((outcome) => outcome.status === status))
  const candidates = lanes.filter((outcome) => outcome.status === worst)
  return candidates.find(({ code, message }) => code !== undefined || message !== undefined) ?? candidates[0]
}

function messageOf(lanes: readonly Outcome[], deciding: Outcome | undefined): string {
  const parts = deciding === undefined ? [] : [describeMessage(deciding)]
  const isSaid = parts[0]?.startsWith('Confirmed') === true
  for (const { lane, confirmed } of lanes) {
    if (confirmed === true && !(isSaid && lane === deciding?.lane))
      parts.push(`${lane === deciding?.lane ? '' : `${lane} `}confirmed after a lost reply`)
  }
  return parts.filter((part) => part !== '').join('; ')
}

function describeMessage({ message = '', programs = [] }: Outcome): string {
  const refused = programs.filter((program) => !isProgramDone(program))
  if (refused.every(({ program }) => message.includes(program))) return message
  if (programs.length === 1 && message !== '') return message
  const described = refused.map(describeProgram).join('; ')
  return message === '' || refused.some((program) => program.message === message)
    ? described
    : `${message}; ${described}`
}

function describeProgram({ program, result, code, message }: ProgramOutcome): string {
  return `${program}: ${withCode(code, message ?? result)}`
}

/** What to do about what is said of a row that is done. */
function warningHints(lanes: readonly Outcome[]): string {
  return [...new Set(lanes.flatMap(({ lane, warnings }) => warnings.flatMap((each) => hintOf(lane, each) ?? [])))].join(
    ' ',
  )
}

/** What costs nothing has a hint only where its lane gives it one. */
function hintOf(lane: LaneName, { code, message, lossy, hint }: Warning): string | undefined {
  return hint ?? (code === undefined || !lossy ? undefined : warningRemedy(lane, code, message))
}

function describeWarnings(lanes: readonly Outcome[]): string {
  return [...new Set(lanes.flatMap(({ warnings }) => warnings.map(describeWarning)))].join('; ')
}

function describeWarning({ code, message }: Warning): string {
  return withCode(code, message)
}

function withCode(code: number | undefined, message: string): string {
  return code === undefined ? message : `${code} ${message}`
}

function describeSideEffect(effect: SideEffect): string {
  switch (effect.kind) {
    case 'points':
      return `points ${effect.awarded}`
    case 'coupon':
      return `coupon ${effect.code}${effect.validTill === undefined ? '' : ` until ${dayOf(effect.validTill)}`}`
    case 'alternate_currency':
      return `alternate_currency ${effect.name} ${effect.awarded}`
    case 'unknown':
      return effect.type
  }
}

function dayOf(time: string): string {
  return /^\d{4}-\d{2}-\d{2}/u.exec(time)?.[0] ?? time
}

function lastOf(times: readonly string[]): string {
  return times.reduce((last, time) => (time > last ? time : last), '')
}
