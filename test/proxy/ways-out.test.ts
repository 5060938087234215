import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { sendHeartbeat } from '../../src/notify/send-heartbeat.ts'
import { sendSlack } from '../../src/notify/send-slack.ts'
import { sendWebhook } from '../../src/notify/send-webhook.ts'
import { readProxies } from '../../src/proxy/proxies.ts'
import { openRemote } from '../../src/remote/remote.ts'
import { accessOf } from '../remote/access.ts'
import { temporaryFolder } from '../support/cli.ts'
import { startProxy } from './proxy-server.ts'

const SIGNAL = new AbortController().signal
const NOTICE = { id: 'n-1', event: 'run.finished', title: 'done', lines: [], data: {} }

test.each([
  ['https://files.example.test/members.csv', 'CONNECT files.example.test:443'],
  ['s3://bucket/members.csv', /^CONNECT (?:bucket\.)?s3\.eu-west-1\.amazonaws\.com:443$/],
])('%s is fetched through the proxy', async (address, what) => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'a')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'b')
  vi.stubEnv('AWS_REGION', 'eu-west-1')
  onTestFinished(() => void vi.unstubAllEnvs())
  await using proxy = await startProxy({ answer: '407 Proxy Authentication Required' })
  const access = { ...accessOf(temporaryFolder()), proxies: readProxies({ HTTPS_PROXY: proxy.url }) }
  const remote = openRemote({ access, backoffMs: 1 })
  onTestFinished(() => remote.close())

  const fetching = remote.fetch(address, join(temporaryFolder(), 'members.csv'), SIGNAL)

  await expect(fetching).rejects.toThrow('does not let us through (407 Proxy Authentication Required)')
  for (const asked of proxy.asked) expect(asked.what).toMatch(what)
  expect(proxy.asked.length).toBeGreaterThan(0)
})

test('webhooks and heartbeats are called through the proxy, and again where that may help', async () => {
  const url = new URL('https://hooks.example.test/services/secret')
  await using proxy = await startProxy({ answer: '407 Proxy Authentication Required' })
  await using busy = await startProxy({ answer: '503 Service Unavailable' }, { answer: '407 Who are you' })
  const proxies = readProxies({ HTTPS_PROXY: proxy.url })
  const { signal } = new AbortController()
  const calls = [
    sendWebhook({ url, proxies, signal }, NOTICE),
    sendSlack(url, NOTICE, { proxies, signal }),
    sendHeartbeat(url, { proxies: readProxies({ HTTPS_PROXY: busy.url }), signal }),
  ]
  for (const words of await Promise.all(calls.map((call) => call.catch(String)))) {
    expect(words).toContain('hooks.example.test could not be called: the proxy does not let us through (407 ')
  }
  expect([proxy, busy].map(({ asked }) => asked.map(({ what }) => what))).toEqual([CONNECT_TWICE, CONNECT_TWICE])
})

const CONNECT_TWICE = ['CONNECT hooks.example.test:443', 'CONNECT hooks.example.test:443']
