import { expect } from 'vitest'
import type { LinkRequest } from '../../../src/lanes/link/link-request.ts'
import type { Json } from '../../../src/model.ts'
import { classifyLink } from './classify-link.ts'
import type { LinkContext } from './classify-link.ts'
import type { Exchange } from '../../../src/capillary/exchange.ts'
import { reply } from '../../capillary/replies.ts'

export const clean: LinkContext = { ambiguous: [false], onExists: 'ok' }
export const echo: LinkContext = { ambiguous: [true], onExists: 'ok' }
export const strict: LinkContext = { ambiguous: [false], onExists: 'reject' }

export const program = (name: string) => ({
  partnerProgramName: name,
  customerPartnerReference: { partnerMembershipId: name },
})
export const row = (customer: Record<string, Json>, ...names: readonly string[]): LinkRequest => {
  return { customer, linkToPartnerPrograms: (names.length === 0 ? ['Gold'] : names).map(program) }
}
export const status = (passed: Json, code: Json, message: string) => ({ status: passed, code, message })
export const fine = status(true, 200, 'Success')
export const found = status(true, 1000, 'Customer successfully retrieved')
export const link = (name: string, of: Json | undefined = fine): Json => {
  return of === undefined ? { partnerProgramName: name } : { partnerProgramName: name, partnerLinkStatus: of }
}
export const bare = (name: string): Json => ({ partnerProgramName: name })
export const customer = (identifiers: Record<string, Json>, ...programs: readonly Json[]): Json => ({
  customer: { ...identifiers, status: found },
  linkToPartnerPrograms: programs.length === 0 ? [link('Gold')] : programs,
})
export const linked = (...customers: readonly Json[]) => reply(200, { linkCustomers: customers, warnings: [] })
export const one = (...programs: readonly Json[]) => linked(customer({ id: 5, mobile: '915550001' }, ...programs))
export const already = status(false, 2005, 'Customer is already linked with the partner program')

/** The verdict of a request with one row. */
export function verdictOf(exchange: Exchange, rows: LinkRequest = row({ mobile: '5550001' }), context = clean) {
  const verdict = classifyLink(exchange, [rows], context)
  if (verdict.kind !== 'rows') throw new Error(`a verdict for the request: ${JSON.stringify(verdict)}`)
  expect(verdict.verdicts).toHaveLength(1)
  return verdict.verdicts[0]
}
