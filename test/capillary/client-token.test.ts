import { describe, expect, test } from 'vitest'
import { clientOf, request } from './test-client.ts'
import { giveTokens, send, startServer } from './test-server.ts'

const never = new AbortController().signal

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
    ['ttlSeconds', { ttlSeconds: 100 }, 95_000],
    ['expiresIn', { expiresIn: '100' }, 95_000],
    ['the default of 300 s', {}, 285_000],
  ])('lives as long as the reply says: %s', async (_name, lifetime, usableMs) => {
    await using server = await startServer((_, response) => send(response, 200, {}), giveTokens(lifetime))
    let clock = 5
    const client = clientOf(server.url, { now: () => clock })
    await client.send(request)
    clock += usableMs
    await client.send(request)
    expect(server.calls.map(({ headers }) => headers['x-cap-api-oauth-token'])).toEqual(['t1', 't2'])
  })

  test('that ended is renewed once, however many requests it failed, and each of them may go again', async () => {
    let served = 0
    await using server = await startServer(({ headers }, response) => {
      served += 1
      const isOver = headers['x-cap-api-oauth-token'] === 't1' && served > 1
      send(response, isOver ? 401 : 200, isOver ? { errors: [{ code: 401, message: 'expired' }] } : { createdId: 1 })
    })
    const client = clientOf(server.url)
    await client.send(request)
    const exchanges = await Promise.all(Array.from({ length: 8 }, () => client.send(request)))
    for (const exchange of exchanges)
      expect(exchange).toMatchObject({ kind: 'unauthorized', of: 'token', message: 'HTTP 401: expired' })
    expect(client.isReady()).toBe(false)
    expect(await client.clear(never, 1_000)).toBe('open')
    expect(client.isReady()).toBe(true)
    expect(await client.send(request)).toMatchObject({ kind: 'reply', status: 200 })
    expect(server.tokens).toHaveLength(2)
    expect(server.calls).toHaveLength(10)
  })

  test('is waited for no longer than told, and by nobody who stops', async () => {
    const given = Promise.withResolvers<void>()
    const give = giveTokens()
    await using server = await startServer(
      (_, response) => send(response, 200, {}),
      async (arrival, response) => {
        await given.promise
        await give(arrival, response)
      },
    )
    const client = clientOf(server.url)
    expect(await client.clear(never, 20)).toBe('wait')
    const stop = new AbortController()
    const waiting = client.clear(stop.signal, 60_000)
    stop.abort()
    await expect(waiting).rejects.toThrow('aborted')
    given.resolve()
    await expect.poll(() => client.clear(never, 20)).toBe('open')
    expect(server.tokens).toHaveLength(1)
  })

  test.each([
    [
      '401',
      401,
      { data: null, errors: [{ code: 310094, message: 'access forbidden for the-key the-secret' }] },
      { status: 401, code: 310094 },
    ],
    ['400 with errors', 400, { errors: [{ code: 1, message: 'bad' }] }, { status: 400, code: 1 }],
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
      expect(await clientOf(server.url).clear(never, 1_000)).toMatchObject({ kind: 'denied' })
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

  test('whose request broke half-way was not followed by a request', async () => {
    await using server = await startServer(
      (_, response) => send(response, 200, {}),
      (_, response) => void response.destroy(),
    )
    const exchange = await clientOf(server.url).send(request)
    expect(exchange).toMatchObject({ kind: 'fault', maybeSent: false, message: expect.stringMatching(/^No token: /) })
  })
})
