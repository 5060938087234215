import { classifyReply } from '../../capillary/classify-reply.ts'
import { classifyNoReply } from '../../capillary/classify-status.ts'
import { errorsIn } from '../../capillary/describe-status.ts'
import { describeWarnings } from '../../capillary/describe-warnings.ts'
import type { Envelope, LinkStatus, LinkedCustomer } from '../../capillary/envelope.ts'
import type { Exchange } from '../../capillary/exchange.ts'
import { readEnvelope } from '../../capillary/read-envelope.ts'
import type { Existing, Refusal, ReplyClass } from '../../capillary/refusal.ts'
import type { AgainVerdict, Answer, FinalVerdict, OnExists, RetryVerdict } from '../../capillary/verdict.ts'
import type { ProgramOutcome } from '../../model.ts'
import { judgePartnerCustomer, rejectPrograms } from './judge-partner-customer.ts'
import { matchCustomers } from './match-partner-reply.ts'
import type { PartnerCall, PartnerRow } from './partner-call.ts'

export interface PartnerContext {
  readonly call: PartnerCall
  /** For each row: an earlier attempt of it may have been carried out. */
  readonly ambiguous: readonly boolean[]
  readonly onExists: OnExists
  /** For each row: the programs that had their answer in earlier attempts, and are no longer in the request. */
  readonly done?: readonly (readonly ProgramOutcome[])[]
}

/** An answer whose rows are done or to be tried again. */
export type PartnerAnswer =
  | { readonly kind: 'rows'; readonly verdicts: readonly (FinalVerdict | RetryVerdict | AgainVerdict)[] }
  | Exclude<Answer, { kind: 'rows' }>

/** What came of a call of the partner program for its rows, in the order in which they were sent. Never throws. */
export function classifyPartner(
  exchange: Exchange,
  rows: readonly PartnerRow[],
  context: PartnerContext,
): PartnerAnswer {
  if (exchange.kind !== 'reply') return concludeRequest(classifyNoReply(exchange), rows, context)
  const { requestId } = exchange
  const envelope = readEnvelope(exchange.text)
  if (envelope.kind === 'link' && envelope.customers.length > 0) {
    const answer = judgeRows(rows, matchCustomers(rows, envelope.customers), context, envelope, requestId)
    if (exchange.status !== 429 || answer.kind !== 'rows') return answer
    // What is too fast is not carried out, but for what says that it was.
    const verdicts = answer.verdicts.map((verdict) => (isDone(verdict) ? verdict : AGAIN))
    if (verdicts.some(isDone)) return { kind: 'rows', verdicts }
  }
  return concludeRequest(
    classifyReply(exchange, envelope, errorsIn(envelope), context.call.codes),
    rows,
    context,
    requestId,
  )
}

/**
 * A warning of the request may be about any of its rows, so each row shows it; and so may an error beside answers that all
 * say that it was done.
 */
function judgeRows(
  rows: readonly PartnerRow[],
  customers: readonly (LinkedCustomer | undefined)[],
  context: PartnerContext,
  said: Extract<Envelope, { kind: 'link' }>,
  requestId?: string,
): PartnerAnswer {
  const errors = describeWarnings(said.customers.some(isRefused) ? [] : said.errors, context.call.codes)
  const warnings = [
    ...describeWarnings(said.warnings, context.call.codes),
    ...errors.map((error) => ({ ...error, lossy: true })),
  ]
  const verdicts = rows.map((row, at) => {
    const ambiguous = context.ambiguous[at] ?? false
    const done = context.done?.[at] ?? []
    const { call, onExists } = context
    return judgePartnerCustomer(row, customers[at], { call, ambiguous, onExists, done, warnings, requestId })
  })
  return { kind: 'rows', verdicts }
}

function isDone(verdict: FinalVerdict | RetryVerdict | AgainVerdict): boolean {
  return verdict.kind === 'final' && (verdict.status === 'ok' || verdict.status === 'warned')
}

const AGAIN: AgainVerdict = { kind: 'again' }

function isRefused({ status, programs }: LinkedCustomer): boolean {
  return status.passed === false || programs.some((program) => program.status.passed === false)
}

/** A reply about the request as a whole. One of several rows may be at fault; a row that stands alone is. */
function concludeRequest(
  answer: ReplyClass,
  rows: readonly PartnerRow[],
  context: PartnerContext,
  requestId?: string,
): PartnerAnswer {
  switch (answer.kind) {
    case 'retry':
    case 'throttled':
    case 'halt':
      return answer
    case 'exists':
    case 'refusal': {
      const [row, ...others] = rows
      if (row === undefined || others.length > 0) {
        return { kind: 'refused', reason: answer.message, code: answer.code, hint: answer.hint, requestId }
      }
      return { kind: 'rows', verdicts: [judgeLoneRow(row, answer, context, requestId)] }
    }
  }
}

function judgeLoneRow(
  row: PartnerRow,
  answer: Existing | Refusal,
  { call, ambiguous, onExists, done }: PartnerContext,
  requestId?: string,
): FinalVerdict | RetryVerdict {
  const context = { call, ambiguous: ambiguous[0] ?? false, onExists, done: done?.[0] ?? [], warnings: [], requestId }
  // "Already linked" without a program's name says it surely of a row that asked for one program only.
  if (answer.kind === 'exists' && row.programs.length === 1) {
    const status: LinkStatus = { passed: false, code: answer.code, message: answer.message }
    return judgePartnerCustomer(row, { customer: undefined, status, programs: [] }, context)
  }
  return rejectPrograms(row, answer, context)
}
