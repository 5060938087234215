import { existsSync, readFileSync, readdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, type Running, kill, placeOn, run, start, write } from '../support/cli.ts'
import { endDetached } from '../support/detached.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const TOKEN = 'a-token-of-the-test'

let simulator: Simulator
let redis: RedisServer | undefined
let where: Place
let console: Running
let base: string

beforeAll(async () => {
  simulator = await startSimulator({ latencyMs: 5 })
  redis = hasRedis ? await startRedis() : undefined
  where = await placeOn(simulator.url, redis)
  ;[console, base] = await openConsole(where)
})

afterAll(async () => {
  await kill(console)
  endDetached(where.home)
  for (const clear of leftovers) await clear()
  await simulator.close()
  await redis?.close()
})

/** Consoles end with the file, whichever test started them. */
const leftovers: (() => void | Promise<void>)[] = []

async function openConsole(at: Place): Promise<[Running, string]> {
  let printed = ''
  const running = start(
    { ...at, later: (clear) => leftovers.push(clear), env: { ...at.env, ROLLCALL_CONSOLE_TOKEN: TOKEN } },
    ['console', '--port', '0'],
  )
  running.child.stdout?.on('data', (text: string) => (printed += text))
  await until('the console prints its address', () => /http:\/\/127\.0\.0\.1:\d+/u.test(printed))
  return [running, /http:\/\/127\.0\.0\.1:\d+/u.exec(printed)?.[0] ?? '']
}

interface Asked {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- what the console answers is what is looked at
  readonly body: any
  readonly headers: Headers
}

async function ask(
  path: string,
  { method = 'GET', body, headers = {} }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
  of = base,
): Promise<Asked> {
  const isForm = body instanceof FormData
  const reply = await fetch(`${of}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
  })
  const text = await reply.text()
  return { status: reply.status, body: text.startsWith('{') ? JSON.parse(text) : text, headers: reply.headers }
}

function form(fields: Readonly<Record<string, string>>, { file = membersCsv(30), plan = membersPlan } = {}): FormData {
  const data = new FormData()
  data.set('file', new Blob([file]), 'members.csv')
  data.set('plan', new Blob([plan]), 'plan.yaml')
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

async function isIn(id: string, state: string): Promise<boolean> {
  return (await ask(`/api/runs/${id}`)).body.state === state
}

describe('who may ask', () => {
  test('without the token, only whether it is well', async () => {
    for (const path of ['/', '/api/runs', '/metrics', '/api/openapi.json', '/nowhere']) {
      expect((await fetch(`${base}${path}`)).status, path).toBe(401)
    }
    expect((await fetch(`${base}/healthz`)).status).toBe(200)
    expect((await ask('/api/runs', { headers: { authorization: `Bearer ${TOKEN}x` } })).status).toBe(401)
  })

  test('the address with the token gives a cookie, and the cookie is enough', async () => {
    const welcome = await fetch(`${base}/?token=${TOKEN}`, { redirect: 'manual' })
    expect(welcome.status).toBe(302)
    const cookie = welcome.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/u)
    expect(welcome.headers.get('location')).not.toContain(TOKEN)
    const [pair = ''] = cookie.split(';')
    expect((await fetch(`${base}/api/runs`, { headers: { cookie: pair } })).status).toBe(200)
  })

  test('what changes something comes from the console’s own pages, or from no page', async () => {
    const elsewhere = { method: 'POST', body: {} }
    expect(
      (await ask('/api/runs/latest/pause', { ...elsewhere, headers: { origin: 'http://elsewhere.example' } })).status,
    ).toBe(403)
    expect((await ask('/api/runs/latest/pause', { ...elsewhere, headers: { origin: 'null' } })).status).toBe(403)
    expect(
      (await ask('/api/runs/latest/pause', { ...elsewhere, headers: { 'sec-fetch-site': 'cross-site' } })).status,
    ).toBe(403)
    expect((await ask('/api/runs/nobody/pause', { ...elsewhere, headers: { origin: base } })).status).toBe(404)
  })

  test('other hosts than loopback are refused without a token of one’s own', async () => {
    const refused = await run(where, ['console', '--port', '0', '--host', '0.0.0.0'])
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain('ROLLCALL_CONSOLE_TOKEN')
  })

  test('a port that is taken is said', async () => {
    const refused = await run(where, ['console', '--port', new URL(base).port])
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringMatching(/Port \d+ is taken/u)])
  })
})

test('tells who works, and what waits', async () => {
  const { status, body } = await ask('/api/workers')
  expect(status).toBe(200)
  expect(body).toMatchObject({ broker: redis === undefined ? 'embedded' : 'redis', workers: [], queues: [] })
})

describe('a run', () => {
  test('is started from an upload, paused, resumed, looked at and rerun', async () => {
    const slow = membersPlan.replace('register: none', 'register: 1200')
    const bad = membersCsv(120).replace('91980', 'x')
    const strict = slow.replace('${mobile}', '${mobile | phone IN}')
    const started = await ask('/api/runs', { method: 'POST', body: form({}, { file: bad, plan: strict }) })
    expect(started).toMatchObject({ status: 201, body: { run: expect.stringContaining('members') } })
    const { run: id } = started.body
    expect((await ask('/api/runs')).body.runs[0]).toMatchObject({ run: id, state: 'running', file: 'members.csv' })

    await until('some are registered', () => simulator.stats().registrations >= 5)
    expect((await ask(`/api/runs/${id}/pause`, { method: 'POST' })).status).toBe(202)
    await until('the run is paused', () => isIn(id, 'paused'))
    expect((await ask(`/api/runs/${id}`)).body.finished_at).toEqual(expect.any(String))
    expect((await ask(`/api/runs/${id}/resume`, { method: 'POST' })).status).toBe(202)
    await until('it is at work again', () => isIn(id, 'running'))
    expect((await ask(`/api/runs/${id}`)).body.finished_at).toBeNull()
    expect((await ask('/api/runs')).body.runs[0]).toMatchObject({ run: id, state: 'running', finishedAt: null })
    expect(
      (await ask(`/api/runs/${id}/pace`, { method: 'POST', body: { lane: 'register', rpm: 30_000 } })).status,
    ).toBe(202)
    await until('the run is finished', () => isIn(id, 'finished'))

    expect((await ask(`/api/runs/${id}/overview`)).body).toMatchObject({
      kind: 'import',
      verdict: 'finished; 1 of 120 rows did not succeed.',
      tone: 'bad',
      open: 0,
      notRead: 0,
    })
    const invalid = await ask(`/api/runs/${id}/rows?status=invalid`)
    expect(invalid.body).toEqual({
      rows: [
        {
          row: 1,
          line: 2,
          key: 'M-1',
          status: 'invalid',
          code: null,
          message: expect.any(String),
          hint: expect.any(String),
        },
      ],
      next: null,
    })
    const pages = [await ask(`/api/runs/${id}/rows?limit=100`), await ask(`/api/runs/${id}/rows?limit=100&after=100`)]
    expect(pages.map(({ body }) => [body.rows.length, body.next])).toEqual([
      [100, 100],
      [20, null],
    ])
    expect((await ask(`/api/runs/${id}/rows?q=M-119`)).body.rows).toMatchObject([{ row: 119 }])
    expect((await ask(`/api/runs/${id}/rows?status=&code=&q=&after=&limit=`)).body).toEqual(pages[0]?.body)
    expect((await ask(`/api/runs/${id}/rows?q=%00`)).status).toBe(400)
    expect((await ask(`/api/runs/${id}/rows/2`)).body).toMatchObject({ row: 2, key: 'M-2', status: 'ok' })
    expect((await ask(`/api/runs/${id}/files/rejects.csv`)).body).toContain('M-1,')
    expect((await ask(`/api/runs/${id}/files/summary.json`)).body).toMatchObject({ run: id, invalid: 1 })
    expect(await ask(`/api/runs/${id}/files/results.jsonl`)).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining(`rollcall report ${id} --format jsonl --home ${where.home}\` writes it`) },
    })

    expect(
      (await ask(`/api/runs/${id}/rerun/estimate`, { method: 'POST', body: { only: ['invalid'] } })).body,
    ).toMatchObject({ rows: 1 })
    const nothing = { error: expect.stringContaining('Nothing to send') }
    const one = { method: 'POST', body: { code: 12_345 } } as const
    expect(await ask(`/api/runs/${id}/rerun`, one)).toMatchObject({ status: 409, body: nothing })
    expect((await ask(`/api/runs/${id}/rerun/estimate`, one)).body).toMatchObject({
      rows: 0,
      lanes: {},
      message: expect.stringContaining('Nothing to send'),
    })
    const again = await ask(`/api/runs/${id}/rerun`, { method: 'POST', body: { only: ['invalid'] } })
    expect(again).toMatchObject({ status: 202, body: { run: expect.any(String) } })
    await until('the rerun is finished', () => isIn(again.body.run, 'finished'))
    for (const act of ['pause', 'resume', 'cancel'])
      expect([act, (await ask(`/api/runs/${again.body.run}/${act}`, { method: 'POST' })).status]).toEqual([act, 409])
    expect((await ask(`/api/runs/${id}/rerun`, { method: 'POST', body: { only: ['all'] } })).status).toBe(400)
    const same = { file: bad, plan: strict }
    expect(await ask('/api/runs', { method: 'POST', body: form({}, same) })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('This very file was imported under this plan already') },
    })
    const once = await ask('/api/runs', { method: 'POST', body: form({ again: 'true', limit: '3' }, same) })
    expect(once.status).toBe(201)
    await until('it is imported again', () => isIn(once.body.run, 'finished'))
  })

  test('goes on when the console that started it is killed, and the next console sees it', async () => {
    const slow = membersPlan.replace('register: none', 'register: 1200')
    const file = membersCsv(200).replaceAll('M-', 'K-').replaceAll('91980', '91981')
    const { run: id } = (await ask('/api/runs', { method: 'POST', body: form({}, { file, plan: slow }) })).body
    await kill(console)
    ;[console, base] = await openConsole(where)
    expect(await isIn(id, 'running')).toBe(true)
    expect(await listen(id)).toMatchObject({ state: 'running', lanes: { register: { limitRpm: 1200 } } })
    await until('the run is finished', () => isIn(id, 'finished'))
    expect((await ask(`/api/runs/${id}`)).body).toMatchObject({ rows: 200, ok: 200 })
  })
})

/** The first event that the console tells of a run. */
async function listen(id: string): Promise<object> {
  const leave = new AbortController()
  const reply = await fetch(`${base}/api/events`, {
    headers: { authorization: `Bearer ${TOKEN}` },
    signal: leave.signal,
  })
  expect(reply.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  for await (const piece of reply.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece
    const events = [...text.matchAll(/event: run\ndata: (.*)\n\n/gu)].map(
      ([, data = '']) => JSON.parse(data) as { run: string },
    )
    const event = events.find((each) => each.run === id)
    if (event !== undefined) {
      leave.abort()
      return event
    }
  }
  throw new Error('the stream ended without an event')
}

test('a form of texts starts an import too, and what is paused is ended for good', async () => {
  const body = new FormData()
  body.set('file', membersCsv(300).replaceAll('M-', 'T-').replaceAll('91980', '91982'))
  body.set('plan', membersPlan.replace('register: none', 'register: 60'))
  for (const empty of ['limit', 'priority']) body.set(empty, '')
  const started = await ask('/api/runs', { method: 'POST', body })
  expect(started.status).toBe(201)
  const { run: id } = started.body
  // At once, too.
  expect(await ask(`/api/runs/${id}`)).toMatchObject({ status: 200, body: { run: id, state: 'running', file: 'file' } })
  expect((await ask(`/api/runs/${id}/pause`, { method: 'POST' })).status).toBe(202)
  await until('the run is paused', () => isIn(id, 'paused'))
  expect(await ask(`/api/runs/${id}/cancel`, { method: 'POST' })).toMatchObject({ status: 202, body: { run: id } })
  await until('the run is cancelled', () => isIn(id, 'cancelled'))
})

test('an import beside one that has the embedded broker is refused as a conflict, in words', async () => {
  const at = await placeOn(simulator.url, undefined, (clear) => leftovers.push(clear))
  const slow = membersPlan.replace('register: none', 'register: 600')
  write(at, 'plan.yaml', slow)
  write(at, 'members.csv', membersCsv(600))
  const first = start(at, ['import', 'members.csv', '--plan', 'plan.yaml'])
  await until('it is under way', () => first.stderr().includes('a minute'))
  const [, other] = await openConsole(at)

  const refused = await ask('/api/runs', { method: 'POST', body: form({}, { plan: slow }) }, other)

  expect(refused).toMatchObject({ status: 409, body: { error: expect.stringContaining('embedded broker') } })
  expect(readdirSync(join(at.home, 'console/started'))).toEqual([])
  await kill(first)
})

describe('what is wrong', () => {
  test('with a file or a plan is said, and nothing of it is kept', async () => {
    const uploads = join(where.home, 'console/uploads')
    const before = existsSync(uploads) ? readdirSync(uploads).length : 0
    const noPlan = new FormData()
    noPlan.set('file', new Blob(['a']), 'a.csv')
    expect(await ask('/api/runs', { method: 'POST', body: noPlan })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('`plan`') },
    })
    const wrong = await ask('/api/runs', {
      method: 'POST',
      body: form({}, { plan: membersPlan.replace('${name}', '${nobody}') }),
    })
    expect(wrong).toMatchObject({ status: 400, body: { error: expect.stringContaining('nobody') } })
    expect(wrong.body.error).not.toContain(where.home)
    expect((await ask('/api/runs', { method: 'POST', body: { file: 'x' } })).status).toBe(400)
    expect(readdirSync(uploads).length).toBe(before)
  })

  test('is found by a check as `check --json` prints it', async () => {
    const checked = await ask('/api/check', { method: 'POST', body: form({ limit: '10' }) })
    expect(checked).toMatchObject({ status: 200, body: { file: 'members.csv', rows: 10, ready: 10 } })
  })

  test('with a name leads nowhere else', async () => {
    for (const path of [
      '/api/runs/..%2f..%2fetc',
      '/api/runs/latest/files/..%2f..%2frun.json',
      '/api/runs/latest/files/ledger.db',
      '/api/syncs/none',
      '/api/runs/nobody/rows',
      '/api/runs/latest/rows/999999',
    ]) {
      expect((await ask(path)).status, path).toBe(404)
    }
    expect(await ask('/api/runs/latest/rows?limit=5000')).toMatchObject({
      status: 400,
      body: { error: 'limit is "5000": expected number to be <=1000' },
    })
  })

  test('is refused in words whose commands can be pasted', async () => {
    const { body } = await ask('/api/syncs/none')
    expect(body.error).toContain(`rollcall sync list --home ${where.home}\` lists them.`)
  })

  test('about a row of a run whose plan is gone is told without what was sent', async () => {
    const { body: listed } = await ask('/api/runs')
    const { run: id } = listed.runs.find(
      ({ state, rows }: { state: string; rows: number }) => state === 'finished' && rows > 1,
    )
    const plan = join(where.home, 'runs', id, 'plan.yaml')
    renameSync(plan, `${plan}.away`)
    const told = await ask(`/api/runs/${id}/rows/1`)
    const shown = await run(where, ['show', id, '--row', '1'])
    renameSync(`${plan}.away`, plan)
    expect(told).toMatchObject({ status: 200, body: { row: 1, missing: expect.stringContaining('plan.yaml is gone') } })
    expect(told.body.lanes[0].outcome.result).toBe('registered')
    expect(told.body.lanes[0]).not.toHaveProperty('request')
    expect(shown.stdout, shown.stderr).toContain('plan.yaml is gone')
  })

  test('or changes something stands in the audit log, for the owner’s eyes', () => {
    const log = join(where.home, 'console/audit.jsonl')
    const acts = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { path: string; status: number })
    expect(acts.length).toBeGreaterThan(5)
    expect(acts).toContainEqual(expect.objectContaining({ path: '/api/runs', status: 201 }))
    expect(statSync(log).mode & 0o077).toBe(0)
  })
})

test('the description names every route, with its schemas', async () => {
  const { body } = await ask('/api/openapi.json')
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining(['/api/runs', '/api/runs/{run}/rows', '/api/syncs/{name}/run', '/api/events']),
  )
  expect(body.paths['/api/runs/{run}/rows'].get.parameters.map(({ name }: { name: string }) => name)).toEqual([
    'run',
    'status',
    'code',
    'q',
    'after',
    'limit',
    'masked',
  ])
})
