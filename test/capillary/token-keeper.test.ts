import { describe, expect, test } from 'vitest'
import type { Fault, Reply } from '../../src/capillary/exchange.ts'
import { TokenKeeper } from '../../src/capillary/token-keeper.ts'
import type { Json } from '../../src/model.ts'
import { fault, reply } from './replies.ts'

const keeperOf = (answer: Reply | Fault) => new TokenKeeper({ ask: () => Promise.resolve(answer), now: () => 0 })
const given = (status: number, body: Json) => keeperOf(reply(status, body)).get()

const refused = 'The API gave no token for these credentials: HTTP'
const unavailable = 'No token: the token endpoint answered HTTP'

describe('a token', () => {
  test.each<readonly [string, Json]>([
    ['under data', { data: { accessToken: 't1' } }],
    ['without data', { accessToken: 't1' }],
    ['with a byte order mark before it', '\uFEFF{"data":{"accessToken":"t1"}}'],
  ])('is found %s', async (_where, body) => {
    expect(await given(200, body)).toMatchObject({ kind: 'token', token: 't1' })
  })

  test('counts only where the endpoint says that all is well', async () => {
    const body = { data: { accessToken: 't1' } }
    expect(await given(300, body)).toMatchObject({ kind: 'denied', status: 300 })
    expect(await given(401, body)).toMatchObject({ kind: 'denied', status: 401 })
    expect(await given(500, body)).toMatchObject({ kind: 'fault' })
  })
})

describe('why there is no token', () => {
  test.each<readonly [string, number, Json, object]>([
    [
      'in the words of the first error',
      401,
      { errors: [{ code: 7, message: 'key unknown' }], message: 'x' },
      { kind: 'denied', code: 7, message: `${refused} 401: key unknown` },
    ],
    [
      'in the words of the reply',
      403,
      { errors: [{ code: 7 }], message: 'not here' },
      { kind: 'denied', code: 7, message: `${refused} 403: not here` },
    ],
    ['by the status alone', 404, '<html>', { kind: 'denied', code: undefined, message: `${refused} 404` }],
    ['by a passing status', 503, '', { kind: 'fault', message: `${unavailable} 503` }],
    [
      'by a passing status with words',
      408,
      { message: 'too slow' },
      { kind: 'fault', message: `${unavailable} 408: too slow` },
    ],
    ['by a reply without one', 200, { data: {} }, { kind: 'fault', message: `${unavailable} 200` }],
  ])('is told %s', async (_how, status, body, expected) => {
    expect(await given(status, body)).toMatchObject({ latencyMs: 5, ...expected })
  })

  test('is told by the fault of the connection, and that nothing was sent', async () => {
    expect(await keeperOf(fault('ECONNRESET', true)).get()).toMatchObject({
      kind: 'fault',
      code: 'ECONNRESET',
      message: 'No token: it broke',
      maybeSent: false,
    })
  })
})
