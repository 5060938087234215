import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readEnvironment } from '../../src/cli/environment.ts'
import { type RunningConsole, startConsole } from '../../src/console/start-console.ts'
import { temporaryFolder } from '../support/cli.ts'
import { until } from '../support/wait.ts'

/** As `openssl rand -base64` and people make them: with what addresses and cookies read otherwise. */
const TOKEN = 'a+token/of; the==test&=%2B'
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
    ['https in the place of http', { host: 'localhost', origin: 'https://localhost' }],
    ['a file', { origin: 'null' }],
    ['another site, as a browser of before tells', { referer: 'http://evil.example/form.html' }],
    ['a site beside ours', { 'sec-fetch-site': 'same-site' }],
    ['a form elsewhere', { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }],
  ])('posts from %s, and is refused though it has the cookie', async (_which, headers) => {
    for (const path of ['/api/runs', '/api/runs/latest/cancel', '/api/syncs/nightly/run']) {
      const cookie = { authorization: '', cookie: `rollcall_console=${encodeURIComponent(TOKEN)}` }
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

async function follow(
  address: string | URL,
): Promise<{ readonly status: number; readonly cookie: string; readonly to: string }> {
  const { status, headers } = await fetch(address, { redirect: 'manual' })
  return { status, cookie: headers.get('set-cookie') ?? '', to: headers.get('location') ?? '' }
}

describe('the address that is printed', () => {
  test('lets in whatever the token holds, and the cookie is enough from then on', async () => {
    const { status, cookie, to } = await follow(console.url)
    expect([status, to]).toEqual([302, '/'])
    expect(cookie).toMatch(/^[^;]+; HttpOnly; SameSite=Strict; Path=\/; Max-Age=\d+$/u)
    const [pair = ''] = cookie.split(';')
    expect((await fetch(new URL('/api/runs', base), { headers: { cookie: pair } })).status).toBe(200)
  })

  test('leads to the page that was asked for, and to nobody else', async () => {
    const token = `token=${encodeURIComponent(TOKEN)}`
    expect(await follow(new URL(`/runs/x?status=failed&${token}`, base))).toMatchObject({ to: '/runs/x?status=failed' })
    expect(await follow(`${base.origin}//evil.example/?${token}`)).toMatchObject({ to: '/evil.example/' })
  })

  test('is asked for in words where a browser comes without it', async () => {
    const reply = await fetch(new URL('/runs/x', base), { headers: { accept: 'text/html,*/*' } })
    expect([reply.status, reply.headers.get('content-type')]).toEqual([401, expect.stringContaining('text/html')])
    expect(await reply.text()).toContain('open the address that the console printed')
  })

  test('is for pages: a program sends the token as a bearer', async () => {
    for (const path of ['/api/runs', '/api', '/metrics', '/assets/main.js'])
      expect([path, (await follow(new URL(`${path}?token=${encodeURIComponent(TOKEN)}`, base))).status]).toEqual([
        path,
        401,
      ])
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
    const long = [`${'a'.repeat(5_000)}.csv`, `${'会'.repeat(200)}.csv`, `${'😀'.repeat(200)}.csv`]
    for (const name of ['../../evil.csv', '..\\..\\evil.csv', '/etc/evil.csv', '.bashrc', ...long]) {
      expect([name, await upload(10, name)]).toEqual([name, 400])
    }
    expect(readdirSync(home).toSorted()).toEqual(['console', 'secret.txt'])
    expect(kept()).toEqual([])
  })
})

async function send(fields: readonly (readonly [name: string, value: string | Blob])[]): Promise<string> {
  const body = new FormData()
  for (const [name, value] of fields) body.append(name, value)
  const headers = { authorization: `Bearer ${TOKEN}` }
  const reply = await fetch(new URL('/api/check', base), { method: 'POST', headers, body })
  return `${reply.status} ${((await reply.json()) as { error: string }).error}`
}

test('a request that is too large is refused, whatever it says of its length', async () => {
  const reply = await fetch(new URL('/api/syncs/none/run', base), {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: Readable.toWeb(Readable.from(Array.from({ length: 200 }, () => ' '.repeat(10_000)))) as ReadableStream,
    duplex: 'half',
  })
  expect(reply.status).toBe(413)
})

describe('what a form holds', () => {
  const file = ['file', new Blob(['id\n1\n'])] as const
  const plan = ['plan', new Blob(['rows: {}'])] as const

  test.each([
    ['a number that is none', [file, plan, ['limit', 'x']], '400 limit is "x": expected number'],
    ['a number that is too small', [file, plan, ['limit', '0']], '400 limit is "0": expected number to be >0'],
    ['no such word', [file, plan, ['priority', 'low']], '400 priority is "low": expected one of "normal"|"high"'],
    [
      'a word that nobody knows',
      [file, plan, ['rows', '20']],
      '400 the request is {"rows":"20"}: Unrecognized key: "rows"',
    ],
    ['two files', [file, file, plan], '400 the form has several files as `file`: expected one `file`, one `plan`'],
    ['a number as a file', [file, plan, ['limit', new Blob(['5'])]], '400 the form has a file as "limit": expected'],
    ['no plan', [file], '400 the form has no `plan`: how to read the file'],
  ] as const)('is refused where it is %s', async (_what, fields, words) => {
    expect(await send(fields)).toContain(words)
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
