import type { Json, Parameters } from '../../model.ts'

/** One element of `deLinkCustomers`. Headers and query belong to the whole request. */
export type UnlinkRequest = {
  readonly customer: Readonly<Record<string, Json>>
  readonly deLinkFromPartnerPrograms: readonly Json[]
  readonly headers?: Parameters
  readonly query?: Parameters
}
