import { classifyReply } from '../../capillary/classify-reply.ts'
import { classifyNoReply } from '../../capillary/classify-status.ts'
import { describeWarnings } from '../../capillary/describe-warnings.ts'
import type { Envelope, Issue, LinkStatus, LinkedCustomer } from '../../capillary/envelope.ts'
import type { Exchange } from '../../capillary/exchange.ts'
import { readEnvelope } from '../../capillary/read-envelope.ts'
import type { Existing, Refusal, ReplyClass } from '../../capillary/refusal.ts'
import type { Answer, FinalVerdict, OnExists, RetryVerdict } from '../../capillary/verdict.ts'
import type { ProgramOutcome } from '../../model.ts'
import { judgeLinkedCustomer, rejectLink } from './judge-linked-customer.ts'
import { linkCodes } from './link-codes.ts'
import type { LinkRequest } from './link-request.ts'
import { matchCustomers } from './match-link-reply.ts'

export interface LinkContext {
  /** For each row: an earlier attempt of it may have been carried out. */
  readonly ambiguous: readonly boolean[]
  readonly onExists: OnExists
  /** For each row: the programs that had their answer in earlier attempts, and are no longer in the request. */
  readonly done?: readonly (readonly ProgramOutcome[])[]
}

/** An answer whose rows are done or to be tried again. */
type LinkAnswer =
  | { readonly kind: 'rows'; readonly verdicts: readonly (FinalVerdict | RetryVerdict)[] }
  | Exclude<Answer, { kind: 'rows' }>

/** What came of `POST /v2/partnerProgram/linkCustomer` for its rows, in the order in which they were sent. Never throws. */
export function classifyLink(exchange: Exchange, rows: readonly LinkRequest[], context: LinkContext): LinkAnswer {
  if (exchange.kind !== 'reply') return concludeRequest(classifyNoReply(exchange), rows, context)
  const { requestId } = exchange
  const envelope = readEnvelope(exchange.text)
  if (envelope.kind === 'link' && envelope.customers.length > 0) {
    return judgeRows(rows, matchCustomers(rows, envelope.customers), context, envelope.warnings, requestId)
  }
  return concludeRequest(classifyReply(exchange, envelope, errorsIn(envelope), linkCodes), rows, context, requestId)
}

/** A warning of the request may be about any of its rows, so each row shows it. */
function judgeRows(
  rows: readonly LinkRequest[],
  customers: readonly (LinkedCustomer | undefined)[],
  context: LinkContext,
  issues: readonly Issue[],
  requestId?: string,
): LinkAnswer {
  const warnings = describeWarnings(issues, linkCodes)
  const verdicts = rows.map((row, at) => {
    const ambiguous = context.ambiguous[at] ?? false
    const done = context.done?.[at] ?? []
    return judgeLinkedCustomer(row, customers[at], { ambiguous, onExists: context.onExists, done, warnings, requestId })
  })
  return { kind: 'rows', verdicts }
}

function errorsIn(envelope: Envelope): readonly Issue[] {
  switch (envelope.kind) {
    case 'single':
      return envelope.item.errors
    case 'link':
      return envelope.errors
    case 'bulk':
      return envelope.items.flatMap(({ errors }) => errors)
    case 'v1':
      return [...envelope.items.flatMap(({ errors }) => errors), ...envelope.errors]
    case 'none':
      return []
  }
}

/** A reply about the request as a whole. One of several rows may be at fault; a row that stands alone is. */
function concludeRequest(
  answer: ReplyClass,
  rows: readonly LinkRequest[],
  context: LinkContext,
  requestId?: string,
): LinkAnswer {
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
  row: LinkRequest,
  answer: Existing | Refusal,
  { ambiguous, onExists, done }: LinkContext,
  requestId?: string,
): FinalVerdict | RetryVerdict {
  const context = { ambiguous: ambiguous[0] ?? false, onExists, done: done?.[0] ?? [], warnings: [], requestId }
  // "Already linked" without a program's name says it surely of a row that asked for one program only.
  if (answer.kind === 'exists' && row.linkToPartnerPrograms.length === 1) {
    const status: LinkStatus = { passed: false, code: answer.code, message: answer.message }
    return judgeLinkedCustomer(row, { customer: undefined, status, programs: [] }, context)
  }
  return rejectLink(row, answer, context)
}
