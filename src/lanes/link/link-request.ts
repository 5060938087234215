import type { Json, Parameters } from '../../model.ts'

/** One element of `linkCustomers`. Headers and query belong to the whole request: rows share a batch only where they are equal. */
export type LinkRequest = {
  readonly customer: Readonly<Record<string, Json>>
  readonly linkToPartnerPrograms: readonly Json[]
  readonly headers?: Parameters
  readonly query?: Parameters
}
