import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createAgents } from '../../src/proxy/agents.ts'
import { nameOfProxy, proxyFor, readProxies } from '../../src/proxy/proxies.ts'
import { startProxy } from './proxy-server.ts'

describe('which way a request goes', () => {
  const proxies = {
    HTTP_PROXY: 'http://plain.test:1',
    HTTPS_PROXY: 'secure.test:2',
    NO_PROXY: 'corp.example.com, .other.example, *.third.example 10.0.0.0/8,host.example:8443,2001:db8::1',
  }

  test.each([
    ['https://eu.api.capillarytech.com/v2', 'http://secure.test:2'],
    ['http://example.com', 'http://plain.test:1'],
    ['https://corp.example.com', undefined],
    ['https://API.corp.example.com', undefined],
    ['https://notcorp.example.com', 'http://secure.test:2'],
    ['https://other.example', undefined],
    ['https://a.other.example', undefined],
    ['https://a.third.example', undefined],
    ['https://third.example', 'http://secure.test:2'],
    ['https://10.255.1.2', undefined],
    ['https://11.0.0.1', 'http://secure.test:2'],
    ['https://host.example:8443', undefined],
    ['https://host.example', 'http://secure.test:2'],
    ['https://[2001:db8::1]', undefined],
    ['http://localhost:80', undefined],
    ['http://sub.localhost', undefined],
    ['https://127.8.9.1:1', undefined],
    ['http://[::1]:1', undefined],
  ])('%s', (address, way) => {
    const proxy = proxyFor(new URL(address), readProxies(proxies))
    expect(proxy && nameOfProxy(proxy)).toBe(way)
  })

  test('is straight where nothing is set, or nothing but spaces', () => {
    for (const env of [{}, { HTTPS_PROXY: ' ', https_proxy: '' }]) {
      expect(proxyFor(new URL('https://example.com'), readProxies(env))).toBeUndefined()
    }
    expect(proxyFor(new URL('https://example.com'), readProxies({ ...proxies, NO_PROXY: '*' }))).toBeUndefined()
  })

  test('goes by the names in lower case first', () => {
    const both = { ...proxies, https_proxy: 'http://lower.test:3', no_proxy: 'only.example' }
    const proxy = proxyFor(new URL('https://corp.example.com'), readProxies(both))
    expect(proxy && nameOfProxy(proxy)).toBe('http://lower.test:3')
  })
})

test.each([
  ['socks5://user:hush@proxy.test:1080', 'HTTPS_PROXY begins with socks5://'],
  ['http://', 'HTTPS_PROXY is no address'],
  ['user:hush@:1:2', 'HTTPS_PROXY is no address'],
])('a proxy %s is refused, without what is secret of it', (value, words) => {
  expect(() => readProxies({ HTTPS_PROXY: value })).toThrow(words)
  expect(() => readProxies({ HTTPS_PROXY: value })).not.toThrow(/hush/)
})

test("Node's agents go the same way as we say", async () => {
  await using proxy = await startProxy('cut')
  const server = createServer((_, response) => void response.end('straight'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const names = [
    'a.example',
    'b.a.example',
    'other.example',
    '127.0.0.1',
    '127.1.2.3',
    'localhost',
    'x.localhost',
    '10.1.2.3',
  ]
  for (const bypass of [
    '',
    '*',
    'a.example',
    '.a.example',
    '*.a.example',
    `other.example:${port}`,
    '10.0.0.0/8 b.a.example',
  ]) {
    const proxies = readProxies({ HTTP_PROXY: proxy.url, NO_PROXY: bypass })
    const agent = createAgents(proxies, { tunnelMs: 1_000 })
    for (const name of names) {
      const url = new URL(`http://${name}:${port}/`)
      const came = await fetchBy(url, agent.http)
      expect([name, bypass, came]).toEqual([name, bypass, proxyFor(url, proxies) ? 'from the proxy' : 'straight'])
    }
    agent.http.destroy()
  }
})

/** Every name is this machine. Nobody answers at other addresses; the proxy always does. */
function fetchBy(url: URL, agent: ReturnType<typeof createAgents>['http']): Promise<string> {
  return new Promise((resolve) => {
    const request = get(url, { agent, lookup: lookUp as never }, (response) => {
      response.setEncoding('utf8').on('data', resolve)
    })
    request.on('error', () => resolve('straight'))
    request.setTimeout(300, () => request.destroy())
  })
}

function lookUp(_name: string, { all }: { all?: boolean }, found: (...answers: unknown[]) => void): void {
  if (all === true) found(null, [{ address: '127.0.0.1', family: 4 }])
  else found(null, '127.0.0.1', 4)
}
