import type { Json, LaneRequest, Parameters } from '../../model.ts'

/** The request of a row: one element of the call's list, its programs under the call's own name for them. */
export type PartnerRequest = LaneRequest & {
  readonly customer: Readonly<Record<string, Json>>
  readonly headers?: Parameters
  readonly query?: Parameters
}

/** The API takes at most this many customers in one request (capillary-facts.md, section 1). */
export const MAX_CUSTOMERS = 50

/** The programs of a request, under the call's own name for them. */
export function programsIn(request: PartnerRequest, list: string): readonly Json[] {
  const programs = (request as Readonly<Record<string, unknown>>)[list]
  return Array.isArray(programs) ? (programs as readonly Json[]) : []
}
