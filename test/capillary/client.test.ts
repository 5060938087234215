import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { clientOf, request } from './test-client.ts'
import { giveTokens, send, startServer } from './test-server.ts'

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
    await using server = await startServer((_, response) => send(response, 200, {}))
    const credentials = { kind: 'basic', username: 'store.server', password: 'server123' } as const
    expect(await clientOf(server.url, { credentials }).send(request)).toMatchObject({ kind: 'reply', status: 200 })
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

  test('a 401 whose body says that it was carried out is a reply', async () => {
    await using server = await startServer((_, response) => send(response, 401, { createdId: 7, errors: [] }))
    expect(await clientOf(server.url, basic).send(request)).toMatchObject({ kind: 'reply', status: 401 })
    expect(server.calls).toHaveLength(1)
  })

  test('another protocol that nobody asked for: maybe sent', async () => {
    await using server = await startServer((_, response) => {
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: other\r\n\r\n')
    })
    const exchange = await clientOf(server.url, basic).send(request)
    expect(exchange).toMatchObject({ kind: 'fault', message: expect.stringContaining('HTTP 101'), maybeSent: true })
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

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['gzip, br', (text: Buffer) => brotliCompressSync(gzipSync(text))],
  ] as const)(
    'a reply that was packed all the same (%s) is read, and is too long where it unpacks into too much',
    async (encoding, pack) => {
      await using server = await startServer(({ body }, response) => {
        const packed = pack(Buffer.from(body.includes('large') ? ' '.repeat(4_097) : '{"createdId":5}'))
        response.writeHead(200, { 'content-encoding': encoding, 'content-length': packed.length }).end(packed)
      })
      const client = clientOf(server.url, { ...basic, maxReplyBytes: 4096 })
      expect(await client.send(request)).toMatchObject({ kind: 'reply', text: '{"createdId":5}' })
      expect(await client.send({ ...request, body: 'large' })).toMatchObject({
        kind: 'fault',
        code: 'REPLY_TOO_LARGE',
        maybeSent: true,
      })
    },
  )

  test('a reply that says it was packed and was not: maybe sent, and why is said', async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('garbage')
    })
    expect(await clientOf(server.url, basic).send(request)).toMatchObject({
      kind: 'fault',
      code: 'REPLY_UNREADABLE',
      message: 'The reply is packed, and cannot be unpacked: incorrect header check',
      maybeSent: true,
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
    expect(await clientOf(server.url, basic).send(request, { signal: stop.signal })).toMatchObject({
      kind: 'fault',
      code: 'ABORTED',
      maybeSent: true,
    })
  })

  test('a stop before anything: nothing is sent', async () => {
    await using server = await startServer((_, response) => send(response, 200, {}))
    expect(await clientOf(server.url).send(request, { signal: AbortSignal.abort() })).toMatchObject({
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
    const [stopped, other] = [
      client.send(request, { signal: stop.signal }),
      client.send(request, { signal: new AbortController().signal }),
    ]
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
