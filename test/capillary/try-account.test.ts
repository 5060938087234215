import { once } from 'node:events'
import { type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { tryAccount } from '../../src/capillary/try-account.ts'
import { NO_PROXIES } from '../../src/proxy/proxies.ts'

/** A host that answers everything alike, and repeats what it was sent. */
async function startHost(answer: (request: IncomingMessage, body: string) => { status: number; text: string }) {
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      const { status, text } = answer(request, body)
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const OAUTH = { kind: 'oauth', key: 'the-key-of-all', secret: 'a-secret-of-length' } as const
const BASIC = { kind: 'basic', username: 'till.one', password: 'a-password-of-length' } as const

test.each([
  { status: 200, text: '{"data":{"accessToken":"t-1","ttlSeconds":300}}', kind: 'accepted' },
  { status: 401, text: '{"errors":[{"code":1,"message":"no: BODY"}]}', kind: 'refused' },
  { status: 503, text: '<html>BODY</html>', kind: 'unanswered' },
  { status: 429, text: '{"message":"slow down: BODY"}', kind: 'unanswered' },
])('a token endpoint that answers $status has $kind them, and no word shows them', async ({ status, text, kind }) => {
  const baseUrl = await startHost((_request, body) => ({
    status,
    text: text.replace('BODY', JSON.stringify(body).slice(1, -1)),
  }))
  const trial = await tryAccount({ baseUrl, credentials: OAUTH, proxies: NO_PROXIES })
  expect(trial.kind).toBe(kind)
  expect(trial.message).not.toMatch(/the-key-of-all|a-secret-of-length|t-1/)
  expect(Math.abs((trial.apiTime ?? 0) - Date.now())).toBeLessThan(60_000)
})

test.each([
  { status: 404, text: '{"errors":[{"code":8015,"message":"not found"}]}', kind: 'accepted' },
  { status: 401, text: '{"errors":[{"code":1,"message":"no: BODY"}]}', kind: 'refused' },
  { status: 502, text: 'BODY', kind: 'unanswered' },
])('with Basic a look-up tells: $status means $kind', async ({ status, text, kind }) => {
  const baseUrl = await startHost(({ headers }) => ({
    status,
    text: text.replace('BODY', headers.authorization ?? ''),
  }))
  const trial = await tryAccount({ baseUrl, credentials: BASIC, proxies: NO_PROXIES })
  expect(trial.kind).toBe(kind)
  expect(trial.message).not.toMatch(/till\.one|Basic [A-Za-z0-9]|a-password/)
})

test('where nobody answers, nothing is said of them', async () => {
  const trial = await tryAccount({ baseUrl: 'http://127.0.0.1:1', credentials: OAUTH, proxies: NO_PROXIES })
  expect(trial).toMatchObject({ kind: 'unanswered', apiTime: undefined })
})
