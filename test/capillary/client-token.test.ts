import { describe, expect, test } from 'vitest'
import { clientOf, request } from './test-client.ts'
import { giveTokens, send, startServer } from './test-server.ts'

describe('the token', () => {
  test('is fetched once for all requests in flight', async () => {
    await using server = await startServer((_, response) => send(response, 200, {}))
    const client = clientOf(server.url)
    await Promise.all(Array.from({ length: 20 }, () => client.send(request)))
    expect(server.tokens.map(({ body }) => JSON.parse(body))).toEqual([{ key: 'the-key', secret: 'the-secret' }])
    expect(server.calls).toHaveLength(20)
    expect(new Set(server.calls.map(({ headers }) => headers['x-cap-api-oauth-token']))).toEqual(new Set(['t1']))
  })

  test.each([
    ['ttlSeconds', { ttlSeconds: 100 }, 80_000],
    ['expiresIn', { expiresIn: '100' }, 80_000],
    ['the default of 300 s', {}, 240_000],
  ])('is renewed at 80 %% of its life: %s', async (_name, lifetime, usableMs) => {
    await using server = await startServer((_, response) => send(response, 200, {}), giveTokens(lifetime))
    let clock = 5
    const client = clientOf(server.url, { now: () => clock })
    await client.send(request)
    clock += usableMs - 1
    await client.send(request)
    clock += 1
    await client.send(request)
    expect(server.calls.map(({ headers }) => headers['x-cap-api-oauth-token'])).toEqual(['t1', 't1', 't2'])
  })

  test('is renewed once on a 401, however many requests it failed', async () => {
    await using server = await startServer(({ headers }, response) => {
      send(response, headers['x-cap-api-oauth-token'] === 't1' ? 401 : 200, { createdId: 1 })
    })
    const client = clientOf(server.url)
    const exchanges = await Promise.all(Array.from({ length: 8 }, () => client.send(request)))
    expect(exchanges.map((exchange) => exchange.kind === 'reply' && exchange.status)).toEqual(
      Array.from({ length: 8 }, () => 200),
    )
    expect(server.tokens).toHaveLength(2)
    expect(server.calls).toHaveLength(16)
  })

  test('a request that a 401 failed is sent again only where that may be', async () => {
    await using server = await startServer(({ headers }, response) => {
      send(response, headers['x-cap-api-oauth-token'] === 't1' ? 401 : 200, { createdId: 1 })
    })
    const client = clientOf(server.url)
    const asked: number[] = []
    const mayRepeat = (answer: boolean) => () => Promise.resolve(asked.push(server.calls.length) > 0 && answer)
    expect(await client.send(request, { mayRepeat: mayRepeat(false) })).toMatchObject({
      kind: 'fault',
      code: 'ABORTED',
      maybeSent: false,
    })
    expect(asked).toEqual([1])
    expect(server.calls).toHaveLength(1)
    expect(await client.send(request, { mayRepeat: mayRepeat(true) })).toMatchObject({ kind: 'reply', status: 200 })
    // The token was renewed meanwhile: nothing is sent twice.
    expect(server.calls).toHaveLength(2)
    expect(asked).toEqual([1])
  })

  test('a 401 with a fresh token too is the reply', async () => {
    await using server = await startServer((_, response) => send(response, 401, 'no'))
    expect(await clientOf(server.url).send(request)).toMatchObject({ kind: 'reply', status: 401 })
    expect(server.calls).toHaveLength(2)
    expect(server.tokens).toHaveLength(2)
  })

  test.each([
    [
      '401',
      401,
      { data: null, errors: [{ code: 310094, message: 'access forbidden for the-key the-secret' }] },
      { status: 401, code: 310094 },
    ],
    ['400 with errors', 400, { errors: [{ code: 1, message: 'bad' }] }, { status: 400, code: 1 }],
    ['403 with a page', 403, '<html>', { status: 403 }],
    ['404, a wrong host', 404, '<html>', { status: 404 }],
    ['a redirect', 302, '', { status: 302 }],
    ['200 with errors', 200, { data: null, errors: [{ code: 2, message: 'inactive' }] }, { status: 200, code: 2 }],
    ['401 with a flat answer', 401, { code: 3, message: 'who?' }, { status: 401, code: 3 }],
  ])(
    'that is refused denies the request, and says nothing of the credentials: %s',
    async (_name, status, body, expected) => {
      await using server = await startServer(
        (_, response) => send(response, 200, {}),
        (_, response) => send(response, status, body),
      )
      const exchange = await clientOf(server.url).send(request)
      expect(exchange).toMatchObject({
        kind: 'denied',
        ...expected,
        message: expect.stringContaining(`HTTP ${status}`),
      })
      expect(JSON.stringify(exchange)).not.toMatch(/the-key|the-secret/)
      expect(server.calls).toHaveLength(0)
    },
  )

  test.each([
    ['a page', 503, '<html>'],
    ['a page under 200', 200, '<html>'],
    ['no token', 200, { data: {} }],
    ['408', 408, ''],
    ['500 with errors', 500, { errors: [{ code: 9, message: 'down' }] }],
  ])('that cannot be had for now is a fault: %s', async (_name, status, body) => {
    await using server = await startServer(
      (_, response) => send(response, 200, {}),
      (_, response) => send(response, status, body),
    )
    const exchange = await clientOf(server.url).send(request)
    expect(exchange).toMatchObject({
      kind: 'fault',
      code: 'TOKEN_UNAVAILABLE',
      maybeSent: false,
      message: expect.stringContaining(`HTTP ${status}`),
    })
  })

  test('that is throttled gives the 429', async () => {
    await using server = await startServer(
      (_, response) => send(response, 200, {}),
      (_, response) => send(response, 429, '', { 'retry-after': '3' }),
    )
    expect(await clientOf(server.url).send(request)).toMatchObject({
      kind: 'reply',
      status: 429,
      headers: { 'retry-after': '3' },
    })
  })

  test('is asked for again after a fault', async () => {
    let asked = 0
    const give = giveTokens()
    await using server = await startServer(
      (_, response) => send(response, 200, {}),
      (arrival, response) => {
        asked += 1
        return asked === 1 ? send(response, 503, '') : give(arrival, response)
      },
    )
    const client = clientOf(server.url)
    expect(await client.send(request)).toMatchObject({ kind: 'fault' })
    expect(await client.send(request)).toMatchObject({ kind: 'reply', status: 200 })
  })

  test('whose request broke half-way was not followed by a request', async () => {
    await using server = await startServer(
      (_, response) => send(response, 200, {}),
      (_, response) => void response.destroy(),
    )
    const exchange = await clientOf(server.url).send(request)
    expect(exchange).toMatchObject({ kind: 'fault', maybeSent: false, message: expect.stringMatching(/^No token: /) })
  })
})
