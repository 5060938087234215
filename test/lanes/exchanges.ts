import * as fc from 'fast-check'
import type { Exchange } from '../../src/capillary/exchange.ts'
import type { Json } from '../../src/model.ts'
import { reply } from '../capillary/replies.ts'

const words = fc.constantFrom(
  'createdId',
  'errors',
  'warnings',
  'sideEffects',
  'response',
  'linkCustomers',
  'customer',
  'linkToPartnerPrograms',
  'partnerProgramName',
  'partnerLinkStatus',
  'status',
  'code',
  'message',
  'item_status',
  'success',
  'customers',
  'entity',
  'type',
  'warning',
  'effect',
)
const values = fc.oneof(
  fc.boolean(),
  fc.constantFrom(0, 1, -1, 521, 2005, 8006, 4000, 400, 1000, '2005', 'true', 'already linked', 'Gold'),
  fc.constant(null),
)
const { json: nested } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 6 },
    values,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(words, tie('json'), { maxKeys: 5 }),
  ),
}))
const body = fc.oneof(
  nested.map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string(),
  fc.constant('<html>'),
)
const status = fc.oneof(
  fc.constantFrom(200, 201, 302, 400, 401, 403, 404, 413, 429, 461, 500, 502, 503, 520),
  fc.integer({ min: 100, max: 999 }),
)
/** Anything that may come of a request: replies in the API's words in any arrangement, pages, nonsense, and none. */
export const exchange: fc.Arbitrary<Exchange> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(status, body, fc.string())
      .map(([code, text, wait]) => reply(code, text, { 'retry-after': wait })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      code: fc.string(),
      message: fc.string(),
      maybeSent: fc.boolean(),
      latencyMs: fc.nat(),
    }),
  },
)
