import type { LinkRequest, ProgramOutcome } from '../model.ts'
import { classifyNoReply } from './classify-status.ts'
import { describeWarnings } from './describe-warnings.ts'
import type { Envelope, Issue, LinkStatus, LinkedCustomer } from './envelope.ts'
import type { Exchange } from './exchange.ts'
import { judgeLinkedCustomer, rejectLink } from './judge-linked-customer.ts'
import { matchCustomers } from './match-link-reply.ts'
import { readEnvelope } from './read-envelope.ts'
import type { FinalVerdict, LinkVerdict, OnExists, RetryVerdict } from './verdict.ts'
import { weigh } from './weigh.ts'
import type { Existing, Refusal, Weighed } from './weighed.ts'

export interface LinkContext {
  /** For each row: an earlier attempt of it may have been carried out. */
  readonly ambiguous: readonly boolean[]
  readonly onExists: OnExists
  /** For each row: the programs that had their answer in earlier attempts, and are no longer in the request. */
  readonly done?: readonly (readonly ProgramOutcome[])[]
}

/** What came of `POST /v2/partnerProgram/linkCustomer` for its rows, in the order in which they were sent. Never throws. */
export function classifyLink(exchange: Exchange, rows: readonly LinkRequest[], context: LinkContext): LinkVerdict {
  if (exchange.kind !== 'reply') return concludeRequest(classifyNoReply(exchange), rows, context)
  const { requestId } = exchange
  const envelope = readEnvelope(exchange.text)
  if (envelope.kind === 'link' && envelope.customers.length > 0) {
    return judgeRows(rows, matchCustomers(rows, envelope.customers), context, envelope.warnings, requestId)
  }
  return concludeRequest(weigh(exchange, envelope, errorsIn(envelope), 'link'), rows, context, requestId)
}

/** A warning of the request may be about any of its rows, so each row shows it. */
function judgeRows(
  rows: readonly LinkRequest[],
  customers: readonly (LinkedCustomer | undefined)[],
  context: LinkContext,
  issues: readonly Issue[],
  requestId?: string,
): LinkVerdict {
  const warnings = describeWarnings(issues, 'link')
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
  weighed: Weighed,
  rows: readonly LinkRequest[],
  context: LinkContext,
  requestId?: string,
): LinkVerdict {
  switch (weighed.kind) {
    case 'retry':
    case 'throttled':
    case 'halt':
      return weighed
    case 'exists':
    case 'refusal': {
      const [row, ...others] = rows
      if (row === undefined || others.length > 0) {
        return { kind: 'refused', reason: weighed.message, code: weighed.code, hint: weighed.hint, requestId }
      }
      return { kind: 'rows', verdicts: [judgeLoneRow(row, weighed, context, requestId)] }
    }
  }
}

function judgeLoneRow(
  row: LinkRequest,
  weighed: Existing | Refusal,
  { ambiguous, onExists, done }: LinkContext,
  requestId?: string,
): FinalVerdict | RetryVerdict {
  const context = { ambiguous: ambiguous[0] ?? false, onExists, done: done?.[0] ?? [], warnings: [], requestId }
  // "Already linked" without a program's name says it surely of a row that asked for one program only.
  if (weighed.kind === 'exists' && row.linkToPartnerPrograms.length === 1) {
    const status: LinkStatus = { passed: false, code: weighed.code, message: weighed.message }
    return judgeLinkedCustomer(row, { customer: undefined, status, programs: [] }, context)
  }
  return rejectLink(row, weighed, context)
}
