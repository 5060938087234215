import type { ApiRequest } from '../../capillary/exchange.ts'
import type { Json, Parameters } from '../../model.ts'

/** One element of `linkCustomers`. Headers and query belong to the whole request: rows share a batch only where they are equal. */
export type LinkRequest = {
  readonly customer: Readonly<Record<string, Json>>
  readonly linkToPartnerPrograms: readonly Json[]
  readonly headers?: Parameters
  readonly query?: Parameters
}

/** The API takes at most this many customers in one link request (capillary-facts.md, section 1). */
export const MAX_CUSTOMERS = 50

/** `POST /v2/partnerProgram/linkCustomer` for rows whose headers and query are equal: the first row's are sent. */
export function linkRequest(rows: readonly LinkRequest[]): ApiRequest {
  const linkCustomers = rows.map(({ customer, linkToPartnerPrograms }) => ({ customer, linkToPartnerPrograms }))
  const { headers, query } = rows[0] ?? {}
  return { method: 'POST', path: '/v2/partnerProgram/linkCustomer', body: { linkCustomers }, headers, query }
}
