import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readEnvironment } from '../../src/cli/environment.ts'
import { type RunningConsole, startConsole } from '../../src/console/start-console.ts'
import { temporaryFolder } from '../support/cli.ts'
import { until } from '../support/wait.ts'

const TOKEN = 'a-token-of-the-test'
const STREAMS = 5

const home = temporaryFolder()
let console: RunningConsole
let base: URL

beforeAll(async () => {
  // A file that names in addresses must not lead to.
  writeFileSync(join(home, 'secret.txt'), 'nobody reads this')
  console = await startConsole({
    environment: readEnvironment({ home }),
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    command: { program: process.execPath, args: ['--eval', ''] },
    publicHosts: ['rollcall.example.com'],
    bounds: { upload: 100_000, streams: STREAMS },
  })
  base = new URL(console.url)
})

afterAll(() => console.close())

/** As a browser or an attacker may ask: with any headers, and a path that nobody has tidied up. */
async function ask(
  path: string,
  { headers = {}, method = 'GET' }: { headers?: Readonly<Record<string, string>>; method?: string } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>()
  const authorized = { authorization: `Bearer ${TOKEN}`, ...headers }
  request({ host: base.hostname, port: base.port, path, method, headers: authorized }, (reply) => {
    let text = ''
    reply.setEncoding('utf8').on('data', (piece: string) => (text += piece))
    reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text }))
  })
    .on('error', reject)
    .end()
  return await promise
}

describe('a page elsewhere', () => {
  test.each([
    ['with its own name that leads here', { host: 'evil.example:4020' }, 403],
    ['with a name that begins as ours', { host: 'rollcall.example.com.evil.example' }, 403],
    ['with a name that ends as ours', { host: 'evil-localhost' }, 403],
    ['with another machine’s address', { host: '192.0.2.7' }, 403],
    ['with a host that is none', { host: 'local host' }, 400],
    ['with the name of the proxy in front', { host: 'rollcall.example.com' }, 200],
    ['with our own name', { host: 'localhost:1' }, 200],
  ])('asks %s', async (_how, headers, status) => {
    const reply = await ask('/api/runs', { headers })
    expect(reply.status).toBe(status)
  })

  test.each([
    ['another site', { origin: 'http://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['https in the place of http', { origin: 'https://127.0.0.1:1' }],
    ['a file', { origin: 'null' }],
    ['a site beside ours', { 'sec-fetch-site': 'same-site' }],
    ['a form elsewhere', { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }],
  ])('posts from %s, and is refused though it has the cookie', async (_which, headers) => {
    for (const path of ['/api/runs', '/api/runs/latest/cancel', '/api/syncs/nightly/run']) {
      const cookie = { authorization: '', cookie: `rollcall_console=${TOKEN}` }
      expect((await ask(path, { method: 'POST', headers: { ...cookie, ...headers } })).status, path).toBe(403)
    }
  })

  test('gets no answer that its scripts may read, and none that runs what it holds', async () => {
    const reply = await fetch(new URL('/api/runs', base), { headers: { authorization: `Bearer ${TOKEN}` } })
    expect(reply.headers.get('access-control-allow-origin')).toBeNull()
    expect(reply.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    const page = await fetch(new URL('/', base), { headers: { authorization: `Bearer ${TOKEN}` } })
    expect(page.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; script-src 'self'.*frame-ancestors 'none'/u,
    )
  })
})

test.each([
  '/api/runs/..%2f..%2fsecret.txt',
  '/api/runs/%2e%2e/files/secret.txt',
  '/api/runs/../../secret.txt',
  '/api/runs/latest/files/..%2f..%2f..%2fsecret.txt',
  '/api/runs/%00/rows',
  '/api/syncs/..%2f..%2f',
  '/api/syncs/%2e%2e',
  '/assets/..%2f..%2fpackage.json',
  '/assets/%2e%2e%2fmain.js',
  '//etc/passwd',
])('%s leads nowhere', async (path) => {
  const { status, text } = await ask(path)
  // Whatever is no address of the API is the page itself, which shows that there is nothing.
  if (status === 200) expect(text).toMatch(/^<!doctype html>/iu)
  else expect(status).toBe(404)
  expect(text).not.toMatch(/nobody reads this|root:|devDependencies/u)
})

/** What is kept of uploads. */
function kept(): readonly string[] {
  const folder = join(home, 'console/uploads')
  return existsSync(folder) ? readdirSync(folder) : []
}

describe('an upload', () => {
  const boundary = 'x-boundary'

  /** A form whose file has that many bytes, made as it is sent. */
  async function upload(bytes: number, name = 'members.csv'): Promise<number> {
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
    const tail = `\r\n--${boundary}--\r\n`
    const pieces = function* () {
      yield head
      for (let sent = 0; sent < bytes; sent += 10_000) yield 'a'.repeat(Math.min(10_000, bytes - sent))
      yield tail
    }
    const reply = await fetch(new URL('/api/check', base), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      body: Readable.toWeb(Readable.from(pieces())) as ReadableStream,
      duplex: 'half',
    })
    await reply.text()
    return reply.status
  }

  test('that is too big is refused, and nothing of it stays', async () => {
    expect(await upload(100_001)).toBe(413)
    expect(await upload(5_000_000)).toBe(413)
    await until('nothing is left of them', () => kept().length === 0)
  })

  test('that is no form is refused', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    for (const type of ['text/plain', 'multipart/form-data', 'application/json']) {
      const reply = await fetch(new URL('/api/check', base), {
        method: 'POST',
        headers: { ...headers, 'content-type': type },
        body: 'nothing',
      })
      expect([type, reply.status]).toEqual([type, 400])
    }
    expect(kept()).toEqual([])
  })

  test('lands nowhere else, whatever it is called', async () => {
    for (const name of ['../../evil.csv', '..\\..\\evil.csv', '/etc/evil.csv', '.bashrc', `${'a'.repeat(5_000)}.csv`]) {
      expect([name, await upload(10, name)]).toEqual([name, 400])
    }
    expect(readdirSync(home).toSorted()).toEqual(['console', 'secret.txt'])
    expect(kept()).toEqual([])
  })
})

test('no more event streams are open at once than may be, and one that is left makes room', async () => {
  const leave = new AbortController()
  const open = () =>
    fetch(new URL('/api/events', base), { headers: { authorization: `Bearer ${TOKEN}` }, signal: leave.signal })
  const opened = await Promise.all(Array.from({ length: STREAMS }, open))
  expect(opened.map(({ status }) => status)).toEqual(opened.map(() => 200))
  const more = await Promise.all(Array.from({ length: 50 }, open))
  expect(new Set(more.map(({ status }) => status))).toEqual(new Set([409]))
  leave.abort()
  await until('there is room again', async () => {
    const one = new AbortController()
    const reply = await fetch(new URL('/api/events', base), {
      headers: { authorization: `Bearer ${TOKEN}` },
      signal: one.signal,
    })
    one.abort()
    return reply.status === 200
  })
})
