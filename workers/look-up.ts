import { classifyLookup } from '../src/capillary/classify-lookup.ts'
import type { ApiRequest, Exchange } from '../src/capillary/exchange.ts'

/** How often one look-up is tried: the id is worth a few requests, and the row has its outcome without it. */
const ATTEMPTS = 4

/**
 * Finds a customer's id by the first look-up that knows the member; undefined where none does.
 * `send` paces the request, and gives nothing where no further request may leave.
 */
export async function lookUpCustomer(
  lookUps: readonly ApiRequest[],
  send: (request: ApiRequest) => Promise<Exchange | undefined>,
): Promise<string | undefined> {
  for (const request of lookUps) {
    for (let attempts = 0; attempts < ATTEMPTS;) {
      const exchange = await send(request)
      if (exchange === undefined) return undefined
      const verdict = classifyLookup(exchange)
      // Who is told to wait waits, and has not been answered yet.
      if (verdict.kind !== 'throttled') attempts += 1
      if (verdict.kind === 'found') return verdict.customerId
      if (verdict.kind === 'absent' || verdict.kind === 'halt') break
    }
  }
  return undefined
}
