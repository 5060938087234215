import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, type Socket, createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { checkAddress } from '../../src/notify/check-address.ts'
import type { Notification } from '../../src/notify/notification.ts'
import { checkSmtpAddress, sendEmail } from '../../src/notify/send-email.ts'
import { sendHeartbeat } from '../../src/notify/send-heartbeat.ts'
import { sendSlack } from '../../src/notify/send-slack.ts'
import { sendWebhook, webhookHeaders } from '../../src/notify/send-webhook.ts'
import { listen } from './listener.ts'
import { startMailServer } from './mail-server.ts'

const notice: Notification = {
  id: 'run-1-finished',
  event: 'finished',
  title: 'members.csv: finished; 2 of 10 rows did not succeed.',
  lines: ['8 ok, 2 rejected', '2 × 8006 <Mobile> & more'],
  data: { run: 'run-1', rows: 10 },
}

const { signal } = new AbortController()

describe('a webhook', () => {
  test('is tried again with the same id and body, each attempt signed over its own time', async () => {
    const { url, posted } = await listen([503, 'hang up'])
    await sendWebhook({ url, secret: 'shared', signal }, notice)
    expect(posted).toHaveLength(3)
    for (const { method, headers, body } of posted) {
      const signed = `run-1-finished.${String(headers['webhook-timestamp'])}.${body}`
      const signature = `v1,${createHmac('sha256', 'shared').update(signed).digest('base64')}`
      expect([method, headers['webhook-id'], headers['webhook-signature']]).toEqual(['POST', notice.id, signature])
      expect(JSON.parse(body)).toEqual({
        event: 'finished',
        text: [notice.title, ...notice.lines].join('\n'),
        run: 'run-1',
        rows: 10,
      })
    }
  })

  test('signs as Standard Webhooks shows it: whsec_ and base64', () => {
    const key = Buffer.from('24 bytes or more of chance')
    const headers = webhookHeaders('msg_1', new Date(1_674_087_231_000), '{"a":1}', `whsec_${key.toString('base64')}`)
    const signature = createHmac('sha256', key).update('msg_1.1674087231.{"a":1}').digest('base64')
    expect(headers).toEqual({
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1674087231',
      'webhook-signature': `v1,${signature}`,
    })
  })

  test('without a secret is not signed', async () => {
    const { url, posted } = await listen()
    await sendWebhook({ url, signal }, notice)
    expect(posted[0]?.headers['webhook-signature']).toBeUndefined()
  })

  test.for([400, 302])('that answers with %i is not called again, and no redirect is followed', async (status) => {
    const { url, posted } = await listen([status])
    await expect(sendWebhook({ url, signal }, notice)).rejects.toThrow(`${url.host} answered with HTTP ${status}`)
    expect(posted).toHaveLength(1)
  })
})

test('Slack gets the text, with its own characters made harmless', async () => {
  const { url, posted } = await listen()
  await sendSlack(url, notice, { signal })
  expect(JSON.parse(posted[0]?.body ?? '')).toEqual({
    text: `*${notice.title}*\n8 ok, 2 rejected\n2 × 8006 &lt;Mobile&gt; &amp; more`,
  })
})

test('a heartbeat is a GET', async () => {
  const { url, posted } = await listen()
  await sendHeartbeat(url, { signal })
  expect(posted.map(({ method }) => method)).toEqual(['GET'])
})

describe('an e-mail', () => {
  test('is logged in for, sent again after a passing refusal, and says the same', async () => {
    const { port, logins, mails } = await startMailServer(1)
    const smtp = checkSmtpAddress('SMTP', `smtp://us%40er:p%3Ass@127.0.0.1:${port}`)
    await sendEmail({ smtp, from: 'rollcall@example.com', to: ['ops@example.com'] }, notice, signal)
    expect(logins).toEqual(['us@er p:ss', 'us@er p:ss'])
    expect(mails).toHaveLength(1)
    expect(mails[0]?.subject).toBe(notice.title)
    expect(mails[0]?.text).toBe([notice.title, ...notice.lines].join('\n'))
    expect(mails[0]?.raw).toContain('<run-1-finished@rollcall.invalid>')
  })
})

test('who listens and never answers is not waited for once we are to stop', { timeout: 20_000 }, async () => {
  const { port, url } = await listenMutely()
  const stop = new AbortController()
  const smtp = checkSmtpAddress('SMTP', `smtp://127.0.0.1:${port}`)
  const telling = [
    sendWebhook({ url, signal: stop.signal }, notice),
    sendSlack(url, notice, { signal: stop.signal }),
    sendHeartbeat(url, { signal: stop.signal }),
    sendEmail({ smtp, from: 'rollcall@example.com', to: ['ops@example.com'] }, notice, stop.signal),
  ]
  const told = Promise.all(telling.map((each) => each.catch(String)))
  stop.abort()
  const words = await told
  expect(words.map(String)).toEqual([
    ...Array.from({ length: 3 }, () => `CallError: ${url.host} did not answer before the stop`),
    `CallError: ${url.host} took no mail before the stop`,
  ])
})

async function listenMutely(): Promise<{ readonly port: number; readonly url: URL }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { port, url: new URL(`http://127.0.0.1:${port}`) }
}

describe('addresses', () => {
  test.for([
    'https://example.com/hook',
    'http://127.0.0.1:80/',
    'http://127.0.10.255/',
    'http://localhost/x',
    'http://[::1]:9/',
  ])('%s will do', (address) => expect(checkAddress('It', address).href).toContain('/'))
  test.for([
    'example.com',
    'http://example.com/secret',
    'http://127.0.0.1.example.com/secret',
    'ftp://example.com',
    '',
  ])('%s will not, and nothing behind the host is shown', (address) => {
    expect(() => checkAddress('The address of --notify', address)).toThrow(/^The address of --notify (?!.*secret)/)
  })
  test('a mail server has smtp or smtps', () => {
    expect(() => checkSmtpAddress('MAIL', 'https://mail.example.com')).toThrow(/MAIL is no address of a mail server/)
  })
})
