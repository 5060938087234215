import { classifyReply } from '../../capillary/classify-reply.ts'
import { classifyNoReply } from '../../capillary/classify-status.ts'
import type { Codes } from '../../capillary/code-table.ts'
import { describeWarnings, statusGiven } from '../../capillary/describe-warnings.ts'
import type { Envelope, Issue, Item } from '../../capillary/envelope.ts'
import type { Exchange, Reply } from '../../capillary/exchange.ts'
import { readEnvelope } from '../../capillary/read-envelope.ts'
import type { Existing, Refusal, ReplyClass } from '../../capillary/refusal.ts'
import type { FinalVerdict, HaltVerdict, OnExists, RetryVerdict, ThrottledVerdict } from '../../capillary/verdict.ts'
import { registerCodes } from './register-codes.ts'

export interface RegisterContext {
  /** An earlier attempt of this row may have been carried out. */
  readonly ambiguous: boolean
  readonly onExists: OnExists
  /** What the reply's codes mean; those of registration unless told. */
  readonly codes?: Codes
}

export type RegisterVerdict = FinalVerdict | RetryVerdict | ThrottledVerdict | HaltVerdict

const mergeCodes: readonly (number | undefined)[] = [8050, 8051, 8069]

/** What came of `POST /v2/customers` for its row. Never throws. */
export function classifyRegister(exchange: Exchange, context: RegisterContext): RegisterVerdict {
  if (exchange.kind !== 'reply') return conclude(classifyNoReply(exchange), nothing, context)
  const envelope = readEnvelope(exchange.text)
  const item = soleItem(envelope)
  const answer = classifyReply(exchange, envelope, item.errors, context.codes ?? registerCodes)
  if (item.accepted && answer.kind !== 'exists') return accept(item, exchange, context)
  return conclude(answer, item, context, exchange)
}

const nothing: Item = { accepted: false, errors: [], warnings: [], sideEffects: [] }

function soleItem(envelope: Envelope): Item {
  switch (envelope.kind) {
    case 'single':
      return envelope.item
    case 'bulk':
      return envelope.items.length === 1 ? (envelope.items[0] ?? nothing) : nothing
    case 'v1':
      return envelope.items.length === 1 ? (envelope.items[0] ?? nothing) : { ...nothing, errors: envelope.errors }
    case 'link':
      return { ...nothing, errors: envelope.errors }
    case 'none':
      return nothing
  }
}

/** Errors beside a created id: the member is in, and something of the row is not. */
function accept(item: Item, { requestId }: Reply, { codes = registerCodes }: RegisterContext): FinalVerdict {
  const dropped = describeWarnings(item.errors, codes).map((warning) => ({ ...warning, lossy: true }))
  const warnings = [...describeWarnings(item.warnings, codes), ...dropped]
  const merged = item.warnings.some(({ code }) => mergeCodes.includes(code))
  return {
    kind: 'final',
    result: merged ? 'merged' : 'registered',
    status: merged ? 'warned' : statusGiven(warnings),
    customerId: item.id,
    ...(dropped[0] && { code: dropped[0].code, message: dropped[0].message }),
    ...(item.id === undefined && { needsLookup: true }),
    warnings,
    sideEffects: item.sideEffects,
    requestId,
  }
}

function conclude(answer: ReplyClass, item: Item, context: RegisterContext, reply?: Reply): RegisterVerdict {
  switch (answer.kind) {
    case 'exists':
      return settleExisting(answer, item, context, reply)
    case 'refusal':
      return reject(answer, item, context, reply)
    case 'retry':
    case 'throttled':
    case 'halt':
      return answer
  }
}

/**
 * The member is there. After a lost reply that is our own echo, since nothing else tells the two apart: the API has
 * no idempotency key (capillary-facts.md, section 7).
 */
function settleExisting(existing: Existing, item: Item, context: RegisterContext, reply?: Reply): FinalVerdict {
  const warnings = describeWarnings(item.warnings, context.codes ?? registerCodes)
  const customerId = item.id ?? idIn(existing.message)
  const base = {
    kind: 'final',
    customerId,
    ...(customerId === undefined && { needsLookup: true }),
    warnings,
    sideEffects: item.sideEffects,
    requestId: reply?.requestId,
  } as const
  const status = statusGiven(warnings)
  const { code, message, hint } = existing
  if (context.ambiguous) {
    const confirmation = `Confirmed after a lost reply: ${message}${code === undefined ? '' : ` (${code})`}`
    return { ...base, result: 'registered', status, message: confirmation, confirmed: true }
  }
  return { ...base, result: 'exists', status: context.onExists === 'ok' ? status : 'rejected', code, message, hint }
}

/** The customer's id in "… already exists with id 123 for same source"; ids of other things are left alone. */
function idIn(message: string): string | undefined {
  return /(?<!(?:external|card|account|program|e?mail|mobile)[\s_-]*)\b(?:(?:user|customer)_?)?id\b["'\s:=#(]*([1-9]\d*)\b/i.exec(
    message,
  )?.[1]
}

function reject(refusal: Refusal, item: Item, { codes = registerCodes }: RegisterContext, reply?: Reply): FinalVerdict {
  const { code, message, hint, unsent } = refusal
  const outcome = unsent === true ? 'invalid' : 'rejected'
  return {
    kind: 'final',
    result: outcome,
    status: outcome,
    customerId: item.id,
    code,
    message,
    hint,
    warnings: describeWarnings(otherErrors(item.errors, refusal).concat(item.warnings), codes),
    sideEffects: item.sideEffects,
    requestId: reply?.requestId,
  }
}

/** A reply may hold several errors; those that do not make it to the row's code are shown among its warnings. */
function otherErrors(errors: readonly Issue[], { code, message }: Refusal): readonly Issue[] {
  return errors.filter((issue) => issue.code !== code || (issue.message !== '' && issue.message !== message))
}
