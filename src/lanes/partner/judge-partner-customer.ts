import { findCode } from '../../capillary/code-table.ts'
import { fieldOf, textOf } from '../../capillary/coerce.ts'
import { statusGiven } from '../../capillary/describe-warnings.ts'
import type { LinkStatus, LinkedCustomer, LinkedProgram } from '../../capillary/envelope.ts'
import type { Refusal } from '../../capillary/refusal.ts'
import type { FinalVerdict, OnExists, RetryVerdict } from '../../capillary/verdict.ts'
import type { Json, ProgramOutcome, Warning } from '../../model.ts'
import { OTHER_MEMBER_HINT, otherMember } from '../other-member.ts'
import { matchPrograms } from './match-partner-reply.ts'
import type { PartnerCall, PartnerRow } from './partner-call.ts'

export interface CustomerContext {
  readonly call: PartnerCall
  readonly ambiguous: boolean
  readonly onExists: OnExists
  /** The row's programs that had their answer in earlier attempts. */
  readonly done: readonly ProgramOutcome[]
  readonly warnings: readonly Warning[]
  readonly requestId?: string
}

/** A program has its answer, or is to be sent again. */
type ProgramVerdict =
  | { readonly kind: 'done'; readonly outcome: ProgramOutcome; readonly hint?: string; readonly confirmed?: boolean }
  | {
      readonly kind: 'left'
      readonly program: Json
      readonly reason: string
      readonly code?: number
      readonly ambiguous: boolean
      /** It is the member alone who is busy. */
      readonly ofMember?: boolean
    }

/** What one element of a reply means for its row. `linked` is undefined where the reply has none for the row. */
export function judgePartnerCustomer(
  row: PartnerRow,
  linked: LinkedCustomer | undefined,
  context: CustomerContext,
): FinalVerdict | RetryVerdict {
  if (linked === undefined) return sendAgain(row, context)
  const programs = row.programs
  const replied = matchPrograms(programs, linked.programs)
  const verdicts = programs.map((program, at) => {
    const name = nameOf(program, at)
    return judgeProgram(program, name, replied[at], linked, context)
  })
  const done = verdicts.filter((verdict) => verdict.kind === 'done')
  const left = verdicts.filter((verdict) => verdict.kind === 'left')
  const outcomes = [...context.done, ...done.map(({ outcome }) => outcome)]
  const [first] = left
  if (first === undefined) return concludeRow(outcomes, done, context, { row, customerId: linked.id })
  return {
    kind: 'retry',
    reason: first.reason,
    code: first.code,
    scope: 'row',
    ...((done.length > 0 || left.some(({ ofMember }) => ofMember)) && { ofRowAlone: true }),
    ambiguous: left.some(({ ambiguous }) => ambiguous),
    programsDone: outcomes,
    programsLeft: left.map(({ program }) => program),
    requestId: context.requestId,
  }
}

/** The row's part of a request that was refused as a whole, once the row stands alone. */
export function rejectPrograms(
  row: PartnerRow,
  refusal: Pick<Refusal, 'code' | 'message' | 'hint' | 'unsent'>,
  { call, done, warnings, requestId }: CustomerContext,
): FinalVerdict {
  const { code, message, hint, unsent } = refusal
  const programs = row.programs.map((program, at): ProgramOutcome => {
    return { program: nameOf(program, at), result: 'rejected', code, message }
  })
  const outcome = unsent === true ? 'invalid' : 'rejected'
  const isPartial = done.some(({ result }) => result === call.done)
  return {
    kind: 'final',
    result: isPartial ? 'partial' : outcome,
    status: isPartial ? 'rejected' : outcome,
    code,
    message,
    hint,
    programs: [...done, ...programs],
    warnings,
    sideEffects: [],
    requestId,
  }
}

function sendAgain(row: PartnerRow, context: CustomerContext): RetryVerdict {
  return {
    kind: 'retry',
    reason: 'The reply has no answer that is surely this row’s',
    scope: 'row',
    ambiguous: true,
    programsDone: context.done,
    programsLeft: row.programs,
    requestId: context.requestId,
  }
}

function nameOf(program: Json, at: number): string {
  return textOf(fieldOf(program, 'partnerProgramName')) ?? `program ${at + 1}`
}

/**
 * The boolean of the program's status is the verdict. Where the customer was not found, the customer's status is the
 * reason, whether the program has a status of its own or not; a program that went through for nobody is no answer.
 */
function judgeProgram(
  program: Json,
  name: string,
  replied: LinkedProgram | undefined,
  linked: LinkedCustomer,
  context: CustomerContext,
): ProgramVerdict {
  const status = replied?.status
  if (status?.passed === true) {
    if (linked.status.passed === false) return { kind: 'left', program, reason: contradiction(name), ambiguous: true }
    return { kind: 'done', outcome: { program: name, result: context.call.done } }
  }
  if (linked.status.passed === false) return judgeFailure(program, name, linked.status, context)
  if (status?.passed === false) return judgeFailure(program, name, status, context)
  const reason = context.call.unsaid(name)
  return { kind: 'left', program, reason, ambiguous: true }
}

function contradiction(name: string): string {
  return `The reply says that the customer was not found, and that ${name} went through`
}

function judgeFailure(program: Json, name: string, status: LinkStatus, context: CustomerContext): ProgramVerdict {
  const { code } = status
  const entry = findCode(context.call.codes, 'error', code ?? 400, status.message)
  const message = messageOf(status, context.call.noun, entry?.meaning)
  if (entry?.class === 'retry') {
    const ofMember = entry.ofRowAlone === true
    return { kind: 'left', program, reason: message, code, ambiguous: entry.ambiguous === true, ofMember }
  }
  if (entry?.class === 'exists' && (context.ambiguous || context.onExists === 'ok')) {
    const outcome: ProgramOutcome = { program: name, result: context.call.done, already: true, code, message }
    return { kind: 'done', outcome, hint: entry.remedy, confirmed: context.ambiguous }
  }
  return { kind: 'done', outcome: { program: name, result: 'rejected', code, message }, hint: entry?.remedy }
}

/** A failure may say "Success" (capillary-facts.md, section 1): the words for people must not. */
function messageOf({ code, message }: LinkStatus, noun: string, meaning?: string): string {
  const soundsFine = code === 200 || code === 1000 || /^success/i.test(message ?? '')
  if (!soundsFine) return message ?? meaning ?? `The ${noun} was refused without a reason`
  const said = [message && `"${message}"`, code !== undefined && `code ${code}`].filter(Boolean).join(', ')
  return `The API says that the ${noun} failed (status false), although it adds ${said}`
}

function concludeRow(
  outcomes: readonly ProgramOutcome[],
  done: readonly Extract<ProgramVerdict, { kind: 'done' }>[],
  context: CustomerContext,
  { row, customerId }: { readonly row: PartnerRow; readonly customerId: string | undefined },
): FinalVerdict {
  const { call, requestId } = context
  const changed = outcomes.some(({ result, already }) => result === call.done && already !== true)
  const other = changed ? otherMember(row.customerId, customerId) : undefined
  const doubts = doubtsOf(outcomes, call)
  const warnings = [...(other === undefined ? [] : [other]), ...doubts, ...context.warnings]
  const base = { kind: 'final', customerId, programs: outcomes, warnings, sideEffects: [], requestId } as const
  const refused = outcomes.find(({ result }) => result !== call.done)
  if (refused !== undefined) {
    const hint = done.find(({ outcome }) => outcome === refused)?.hint ?? hintFor(refused, call)
    const result = outcomes.some((outcome) => outcome.result === call.done) ? 'partial' : 'rejected'
    return { ...base, result, status: 'rejected', code: refused.code, message: refused.message, hint }
  }
  const status = statusGiven(warnings)
  const [doubt] = doubts
  if (doubt !== undefined) {
    const { message, hint } = other === undefined ? doubt : { message: other.message, hint: OTHER_MEMBER_HINT }
    return { ...base, result: call.done, status, message, hint }
  }
  const confirmed = done.find((verdict) => verdict.confirmed === true)
  if (confirmed !== undefined) {
    const { code, message } = confirmed.outcome
    return {
      ...base,
      result: call.done,
      status,
      message: `Confirmed after a lost reply: ${message} (${code})`,
      confirmed: true,
    }
  }
  const [first] = outcomes
  if (first === undefined || !outcomes.every(({ already }) => already)) {
    const said = other && { message: other.message, hint: OTHER_MEMBER_HINT }
    return { ...base, result: call.done, status, ...said }
  }
  return { ...base, result: 'exists', status, code: first.code, message: first.message, hint: hintFor(first, call) }
}

/** What was found as asked for after a lost reply, and may have been so before: whether this run did it, nobody knows. */
function doubtsOf(outcomes: readonly ProgramOutcome[], call: PartnerCall): readonly Warning[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.already !== true || outcome.result !== call.done || call.unproven === undefined) return []
    return [{ code: outcome.code, message: call.unproven(outcome.program), lossy: true, hint: hintFor(outcome, call) }]
  })
}

function hintFor({ code, message }: ProgramOutcome, { codes }: PartnerCall): string | undefined {
  return code === undefined ? undefined : findCode(codes, 'error', code, message)?.remedy
}
