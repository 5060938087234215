import type { Json, Parameters } from '../../model.ts'

/** One element of `customersPartnerUpdates`. Headers and query belong to the whole request. */
export type TierRequest = {
  readonly customer: Readonly<Record<string, Json>>
  readonly partnerProgramUpdates: readonly Json[]
  readonly headers?: Parameters
  readonly query?: Parameters
}
