import type { Exchange } from '../../../src/capillary/exchange.ts'
import type { Answer } from '../../../src/capillary/verdict.ts'
import type { LaneRow } from '../../../src/lanes/lane.ts'
import { registerV1Lane } from '../../../src/lanes/register-v1/register-v1-lane.ts'
import type { Progress, RegisterV1Request } from '../../../src/lanes/register-v1/register-v1-request.ts'
import type { Json } from '../../../src/model.ts'
import { reply } from '../../capillary/replies.ts'

type Fields = { readonly [name: string]: Json }

/** A row of `register-v1` with these identifiers, and how far it has come. */
export function row(
  customer: Fields,
  { keep = false, ...more }: Partial<LaneRow> & { readonly keep?: boolean; readonly progress?: Progress } = {},
): LaneRow<RegisterV1Request> {
  const { progress, ...rest } = more
  return { ...rest, request: { customer, keep, ...(progress !== undefined && { progress }) } }
}

/** `customers.customer`, in the envelope of V1. */
export function v1Reply(items: readonly Json[], status: Fields = { success: 'true', code: 200, message: 'Success' }) {
  return reply(200, { response: { status, customers: { customer: items } } })
}

const status = (success: string, code: string, message: string, warnings: readonly string[]): Json => ({
  success,
  code,
  message,
  warnings: { warning: warnings },
})

/** Items of success: a member who was registered, or one who was there and was changed. */
export const registered = (fields: Fields, warnings: readonly string[] = [], more = ''): Json => ({
  user_id: 700,
  ...fields,
  item_status: status('true', '1000', `Customer registration successful${more}`, warnings),
})
export const updated = (fields: Fields, warnings: readonly string[] = [], more = ''): Json => ({
  user_id: 700,
  ...fields,
  item_status: status('true', '1000', `Customer successfully updated${more}`, warnings),
})
export const retrieved = (fields: Fields, warnings: readonly string[] = []): Json => ({
  user_id: 700,
  ...fields,
  item_status: status('true', '1000', 'Customer successfully retrieved', warnings),
})
export const refused = (code: number, message = 'no', fields: Fields = {}): Json => ({
  ...fields,
  item_status: status('false', String(code), message, []),
})

/** What the lane reads out of an exchange for its rows. */
export function read(
  exchange: Exchange,
  rows: readonly LaneRow<RegisterV1Request>[],
  onExists: 'ok' | 'reject' = 'ok',
): Answer {
  return registerV1Lane.read(exchange, rows, { onExists })
}

/** The verdicts of an answer that has one for each row. */
export function verdicts(answer: Answer): readonly unknown[] {
  if (answer.kind !== 'rows') throw new Error(`no verdicts: ${JSON.stringify(answer)}`)
  return answer.verdicts
}

/** The row as it is after a verdict that sends it on. */
export function after(rowBefore: LaneRow<RegisterV1Request>, answer: Answer, at = 0): LaneRow<RegisterV1Request> {
  const verdict = answer.kind === 'rows' ? answer.verdicts[at] : answer
  if (verdict?.kind === 'next')
    return { request: verdict.request as RegisterV1Request, firstSentAt: rowBefore.firstSentAt }
  if (verdict?.kind === 'retry') {
    const request = (verdict.request ?? rowBefore.request) as RegisterV1Request
    return { ...rowBefore, request, ambiguous: rowBefore.ambiguous === true || verdict.ambiguous }
  }
  throw new Error(`the row does not go on: ${JSON.stringify(verdict)}`)
}
