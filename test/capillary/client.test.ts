import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createClient } from '../../src/capillary/client.ts'
import type { Client, ClientOptions } from '../../src/capillary/client.ts'
import { registerRequest } from '../../src/capillary/requests.ts'
import { giveTokens, send, startServer } from './test-server.ts'

const oauth = { kind: 'oauth', key: 'the-key', secret: 'the-secret' } as const
const request = registerRequest({ body: { profiles: [{ firstName: 'Zoë' }] } })
const open: Client[] = []

function clientOf(baseUrl: string, options: Partial<ClientOptions> = {}): Client {
  const client = createClient({ baseUrl, credentials: oauth, ...options })
  open.push(client)
  return client
}

afterEach(() => {
  for (const client of open.splice(0)) client.close()
})

describe('a reply', () => {
  test('brings status, text, request id and the headers that verdicts need', async () => {
    await using server = await startServer((_, response) => {
      send(response, 503, 'later', { 'Retry-After': '7', 'X-Cap-Requestid': 'abc', 'X-Other': 'no' })
    })
    const exchange = await clientOf(server.url).send(request)
    expect(exchange).toMatchObject({ kind: 'reply', status: 503, text: 'later', requestId: 'abc' })
    expect(exchange).toMatchObject({
      headers: { 'retry-after': '7', date: expect.any(String) },
      latencyMs: expect.any(Number),
    })
    expect(exchange).not.toHaveProperty('headers.x-other')
  })

  test('to a request as the API wants it: path, query, headers, JSON in UTF-8', async () => {
    await using server = await startServer((_, response) => send(response, 200, {}))
    const query = { source: 'INSTORE', identifierValue: 'a+b@example.com' }
    await clientOf(`${server.url}/base/`).send({
      ...request,
      query,
      headers: { 'USER-CONTEXT-ENTITY-SOURCE': 'IMPORT' },
    })
    const [call] = server.calls
    expect(call).toMatchObject({
      method: 'POST',
      url: '/base/v2/customers?source=INSTORE&identifierValue=a%2Bb%40example.com',
    })
    expect(call?.headers).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
      'user-context-entity-source': 'IMPORT',
    })
    expect(JSON.parse(call?.body ?? '')).toEqual(request.body)
    expect(server.tokens[0]).toMatchObject({ method: 'POST', url: '/base/v3/oauth/token/generate' })
  })

  test('to a GET has no body and no content type', async () => {
    await using server = await startServer((_, response) => send(response, 200, {}))
    await clientOf(server.url).send({ method: 'GET', path: '/v2/customers/lookup' })
    expect(server.calls[0]).toMatchObject({ method: 'GET', body: '', url: '/v2/customers/lookup' })
    expect(server.calls[0]?.headers['content-type']).toBeUndefined()
  })

  test.each([302, 404, 429, 500])('of HTTP %i comes back as it is, once asked for', async (status) => {
    await using server = await startServer((_, response) => send(response, status, 'x', { location: '/elsewhere' }))
    expect(await clientOf(server.url).send(request)).toMatchObject({ kind: 'reply', status })
    expect(server.calls).toHaveLength(1)
  })
})

describe('Basic credentials', () => {
  test('go into the header, hashed, and ask for no token', async () => {
    await using server = await startServer((_, response) => send(response, 401, ''))
    const credentials = { kind: 'basic', username: 'store.server', password: 'server123' } as const
    expect(await clientOf(server.url, { credentials }).send(request)).toMatchObject({ kind: 'reply', status: 401 })
    expect(server.arrivals).toHaveLength(1)
    expect(server.calls[0]?.headers.authorization).toBe(
      'Basic c3RvcmUuc2VydmVyOjhhMTZhNmI3MDUwNWViMWYxZmY3Y2RjMGNkNTU1OWE3',
    )
  })

  test('are not overruled by a plan’s headers', async () => {
    await using server = await startServer((_, response) => send(response, 200, {}))
    await clientOf(server.url).send({
      ...request,
      headers: { 'X-CAP-API-OAUTH-TOKEN': 'mine', 'Content-Type': 'text/plain' },
    })
    expect(server.calls[0]?.headers).toMatchObject({
      'x-cap-api-oauth-token': 't1',
      'content-type': 'application/json',
    })
  })
})

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

describe('a fault', () => {
  const basic = { credentials: { kind: 'basic', username: 'u-name', password: 'p-word' } } as const

  test('a refused connection: surely not sent', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    server.close()
    await once(server, 'close')
    expect(await clientOf(`http://127.0.0.1:${port}`, basic).send(request)).toMatchObject({
      kind: 'fault',
      code: 'ECONNREFUSED',
      maybeSent: false,
    })
  })

  test('a host that does not speak TLS: surely not sent', async () => {
    await using server = await startServer((_, response) => send(response, 200, {}))
    const exchange = await clientOf(server.url.replace('http:', 'https:'), basic).send(request)
    expect(exchange).toMatchObject({ kind: 'fault', maybeSent: false })
    expect(server.arrivals).toHaveLength(0)
  })

  test('a name that nobody knows: surely not sent', async () => {
    expect(await clientOf('https://nobody.invalid', basic).send(request)).toMatchObject({
      kind: 'fault',
      maybeSent: false,
    })
  })

  test('a reset before the reply: maybe sent', async () => {
    await using server = await startServer((_, response) => void response.destroy())
    expect(await clientOf(server.url, basic).send(request)).toMatchObject({
      kind: 'fault',
      code: 'ECONNRESET',
      maybeSent: true,
    })
  })

  test('a reset after the headers and half of the body: maybe sent', async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"createdId":', () => response.destroy())
    })
    expect(await clientOf(server.url, basic).send(request)).toMatchObject({ kind: 'fault', maybeSent: true })
  })

  test('no reply in time: maybe sent', async () => {
    await using server = await startServer(() => undefined)
    const exchange = await clientOf(server.url, { ...basic, timeouts: { replyMs: 50 } }).send(request)
    expect(exchange).toMatchObject({ kind: 'fault', code: 'ETIMEDOUT', maybeSent: true })
    expect(server.calls).toHaveLength(1)
  })

  test('a body that never ends: maybe sent', async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(200)
      response.write('{')
    })
    expect(await clientOf(server.url, { ...basic, timeouts: { replyMs: 50 } }).send(request)).toMatchObject({
      kind: 'fault',
      code: 'ETIMEDOUT',
      maybeSent: true,
    })
  })

  test('a reply longer than any', async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(200)
      const more = (error?: Error | null) => {
        if (!error) response.write('x'.repeat(1024), more)
      }
      more()
    })
    const exchange = await clientOf(server.url, { ...basic, maxReplyBytes: 4096 }).send(request)
    expect(exchange).toMatchObject({ kind: 'fault', code: 'REPLY_TOO_LARGE', maybeSent: true })
  })

  test('a reply of exactly the greatest length is none', async () => {
    await using server = await startServer((_, response) => send(response, 200, 'x'.repeat(4096)))
    expect(await clientOf(server.url, { ...basic, maxReplyBytes: 4096 }).send(request)).toMatchObject({
      kind: 'reply',
      status: 200,
    })
  })

  test('a header that HTTP cannot carry: surely not sent', async () => {
    await using server = await startServer((_, response) => send(response, 200, {}))
    const exchange = await clientOf(server.url, basic).send({ ...request, headers: { 'x-name': 'a\nb' } })
    expect(exchange).toMatchObject({ kind: 'fault', code: 'ERR_INVALID_CHAR', maybeSent: false })
  })

  test('a stop while the reply is awaited: maybe sent', async () => {
    const stop = new AbortController()
    await using server = await startServer(() => stop.abort())
    expect(await clientOf(server.url, basic).send(request, stop.signal)).toMatchObject({
      kind: 'fault',
      code: 'ABORTED',
      maybeSent: true,
    })
  })

  test('a stop before anything: nothing is sent', async () => {
    await using server = await startServer((_, response) => send(response, 200, {}))
    expect(await clientOf(server.url).send(request, AbortSignal.abort())).toMatchObject({
      kind: 'fault',
      code: 'ABORTED',
      maybeSent: false,
    })
    expect(server.arrivals).toHaveLength(0)
  })

  test('a stop while the token is awaited leaves the token to the others', async () => {
    const stop = new AbortController()
    const asked = Promise.withResolvers<void>()
    const allowed = Promise.withResolvers<void>()
    const give = giveTokens()
    await using server = await startServer(
      (_, response) => send(response, 200, {}),
      async (arrival, response) => {
        asked.resolve()
        await allowed.promise
        await give(arrival, response)
      },
    )
    const client = clientOf(server.url)
    const [stopped, other] = [client.send(request, stop.signal), client.send(request, new AbortController().signal)]
    await asked.promise
    stop.abort()
    expect(await stopped).toMatchObject({ kind: 'fault', code: 'ABORTED', maybeSent: false })
    allowed.resolve()
    expect(await other).toMatchObject({ kind: 'reply', status: 200 })
    expect(server.tokens).toHaveLength(1)
  })

  test('tells nothing of the credentials, nor of what was sent', async () => {
    await using server = await startServer((_, response) => void response.destroy())
    for (const options of [basic, {}]) {
      const exchange = await clientOf(server.url, options).send(request)
      expect(exchange.kind).toBe('fault')
      expect(JSON.stringify(exchange)).not.toMatch(/u-name|p-word|the-key|the-secret|t1|Zoë/)
    }
  })
})

test('a closed client ends its connections', async () => {
  await using server = await startServer((_, response) => send(response, 200, {}))
  const client = clientOf(server.url)
  await client.send(request)
  client.close()
  client.close()
  expect(server.calls).toHaveLength(1)
})
