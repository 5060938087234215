import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { classifyNoReply } from '../../src/capillary/classify-status.ts'
import type { Fault } from '../../src/capillary/exchange.ts'
import { refuseUnknownHost } from '../../src/capillary/known-host.ts'
import { readProxies } from '../../src/proxy/proxies.ts'
import { makeCertificates } from '../broker/servers.ts'
import { type Way, startProxy } from '../proxy/proxy-server.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasProgram } from '../support/programs.ts'
import { clientOf, request } from './test-client.ts'

const HOST = 'https://api.example.test'

describe.skipIf(!hasProgram('openssl'))('an API behind a proxy', () => {
  test('is reached through it, over connections that are kept', async () => {
    const { authority, certificate, key } = makeCertificates(temporaryFolder())
    const trusted = getCACertificates('default')
    setDefaultCACertificates([...trusted, readFileSync(authority, 'utf8')])
    onTestFinished(() => setDefaultCACertificates(trusted))
    const api = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (arrival, response) => {
      response.end(arrival.url?.includes('token') === true ? '{"data":{"accessToken":"t1"}}' : '{"createdId":7}')
    })
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => api.closeAllConnections())
    onTestFinished(() => void api.close())
    await using proxy = await startProxy({ to: (api.address() as AddressInfo).port })
    const address = proxy.url.replace('//', '//user:p%40ss@')
    const client = clientOf(HOST, { proxies: readProxies({ https_proxy: address }) })

    for (const _ of [1, 2, 3]) expect(await client.send(request)).toMatchObject({ kind: 'reply', status: 200 })

    expect(proxy.asked).toEqual([{ what: 'CONNECT api.example.test:443', login: 'user:p@ss' }])
  })
})

describe('a proxy that does not let us through', () => {
  test.each<[Way, string, RegExp, 'retry' | 'halt']>([
    [{ answer: '502 Bad Gateway' }, 'ERR_PROXY_TUNNEL', /does not let us through: HTTP 502 Bad Gateway/, 'retry'],
    [{ answer: '407 Proxy Authentication Required' }, 'PROXY_REFUSED', /let us through: HTTP 407 Proxy/, 'halt'],
    ['cut', 'ERR_PROXY_TUNNEL', /does not let us through: /, 'retry'],
    ['silent', 'ERR_PROXY_TUNNEL', /does not let us through: .*timed out/, 'retry'],
  ])('is named, and nothing was sent: %j', async (way, code, words, verdict) => {
    await using proxy = await startProxy(way)
    const proxies = readProxies({ HTTPS_PROXY: proxy.url.replace('//', '//user:hush@') })
    const client = clientOf(HOST, { proxies, timeouts: { connectMs: 500, replyMs: 20_000 } })
    const fault = await client.send(request)
    expect(fault).toMatchObject({ kind: 'fault', code, maybeSent: false })
    const { message } = fault as Fault
    expect(message).toMatch(words)
    expect(message).toContain(`The proxy ${proxy.url} `)
    expect(message).not.toContain('hush')
    expect(classifyNoReply(fault as Fault).kind).toBe(verdict)
  })

  test('or is not there is named as well', async () => {
    const client = clientOf(HOST, { proxies: readProxies({ HTTPS_PROXY: 'http://user:hush@127.0.0.1:1' }) })
    expect(await client.send(request)).toMatchObject({
      kind: 'fault',
      code: 'ECONNREFUSED',
      maybeSent: false,
      message: expect.stringMatching(/ECONNREFUSED .*, on the way through the proxy http:\/\/127\.0\.0\.1:1$/),
    })
  })
})

test('a host that is not known here is none that does not exist where a proxy looks it up', async () => {
  const behind = readProxies({ HTTPS_PROXY: 'http://127.0.0.1:1' })
  await refuseUnknownHost('https://api.example.test', behind)
  const beside = readProxies({ HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'example.test' })
  // Some machines look names up elsewhere, and get no answer rather than a no.
  await expect(refuseUnknownHost('https://api.example.test', beside).catch(String)).resolves.toSatisfy(
    (said) => said === undefined || String(said).includes('names a host that does not exist: api.example.test'),
  )
})
