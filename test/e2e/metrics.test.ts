import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { freePort } from '../support/free-port.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { place, readReport, readSummary, run, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { until } from '../support/wait.ts'

interface Lanes {
  readonly lanes: Readonly<Record<string, { readonly requests: number; readonly throttled: number }>>
}

/** The value of each line of Prometheus' text, by its name with its labels. */
async function scrape(url: string, headers: Record<string, string> = {}): Promise<ReadonlyMap<string, number>> {
  const reply = await fetch(`${url}/metrics`, { headers })
  expect(reply.headers.get('content-type')).toContain('text/plain')
  const lines = (await reply.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]))
}

function sum(values: ReadonlyMap<string, number>, name: string, ...labels: readonly string[]): number {
  return Array.from(values)
    .filter(([key]) => key.startsWith(`${name}{`) && labels.every((label) => key.includes(label)))
    .reduce((total, [, value]) => total + value, 0)
}

/** Takes what is sent to a collector, by its path. */
async function startCollector() {
  const bodies = new Map<string, string>()
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const path = request.url ?? ''
      bodies.set(path, (bodies.get(path) ?? '') + Buffer.concat(pieces).toString('latin1'))
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, close: () => void server.close() }
}

describe.runIf(hasRedis)('metrics', () => {
  test('of a worker, and of a home, are what summary.json says in the end; traces hold each request', async ({
    onTestFinished,
  }) => {
    const faults = { http503: 0.1, throttled429RetryAfter: 0.05, lostAfter: 0.03 }
    const simulator = await startSimulator({ latencyMs: 2, faults, seed: 5 })
    onTestFinished(() => simulator.close())
    const redis = await startRedis()
    onTestFinished(() => redis.close())
    const collector = await startCollector()
    onTestFinished(collector.close)
    const where = place(simulator.url, redis.url)
    const [workerPort, consolePort] = [await freePort(), await freePort()]
    const worker = start({ ...where, env: { ...where.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } }, [
      'worker',
      '--metrics',
      String(workerPort),
    ])
    const console = { ...where, env: { ...where.env, ROLLCALL_CONSOLE_TOKEN: 'the-token' } }
    start(console, ['console', '--port', String(consolePort)])
    const at = { worker: `http://127.0.0.1:${workerPort}`, console: `http://127.0.0.1:${consolePort}` }
    for (const url of Object.values(at)) await until(`${url} is well`, () => isWell(url))

    write(where, 'plan.yaml', membersPlan.replace('${mobile}', '${mobile | phone IN}'))
    write(where, 'members.csv', `${membersCsv(150)}M-200,Wrong,abc,G-200\n`)
    const ended = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml', '--no-workers'])
    expect(ended.status, ended.stderr).toBe(3)

    const { lanes } = readSummary(where) as unknown as Lanes
    const lines = readReport(where, 'results.csv')
    const ofWorker = await scrape(at.worker)
    const ofHome = await scrape(at.console, { authorization: 'Bearer the-token' })
    for (const values of [ofWorker, ofHome]) {
      for (const [lane, { requests, throttled }] of Object.entries(lanes)) {
        expect(sum(values, 'rollcall_requests_total', `lane="${lane}"`)).toBe(requests)
        expect(sum(values, 'rollcall_requests_total', `lane="${lane}"`, 'result="throttled"')).toBe(throttled)
      }
      expect(lanes['register']?.throttled).toBeGreaterThan(0)
      expect(sum(values, 'rollcall_rows_total', 'outcome="registered"')).toBe(
        lines.filter(({ _register }) => _register === 'registered').length,
      )
      expect(sum(values, 'rollcall_in_flight_rows')).toBe(0)
    }
    // Each row and lane counts once: that of the row that was never sent, where that was found out.
    const outcomes = lines.flatMap(({ _register = '', _link = '' }) => [_register, _link]).filter((word) => word !== '')
    expect(sum(ofHome, 'rollcall_rows_total')).toBe(outcomes.length)
    const unsent = outcomes.filter((word) => word === 'invalid' || word === 'skipped').length
    expect(sum(ofWorker, 'rollcall_rows_total')).toBe(outcomes.length - unsent)
    const run1 = String(readSummary(where)['run'])
    for (const values of [ofWorker, ofHome]) expect([...values.keys()].join('\n')).not.toContain(run1)

    worker.child.kill('SIGINT')
    await worker.finished
    const traces = collector.bodies.get('/v1/traces') ?? ''
    const sent = Object.values(lanes).reduce((total, { requests }) => total + requests, 0)
    expect(traces.split(/request (?:register|link)/u).length - 1).toBe(sent)
    expect(traces).toContain(run1)
    expect(traces).not.toMatch(/91980\d/u)
    expect(collector.bodies.get('/v1/metrics')).toContain('rollcall_requests_total')
  })

  test('are refused at a place that is taken or is none, before anything is sent', async ({ onTestFinished }) => {
    const where = place('http://127.0.0.1:9', 'redis://127.0.0.1:9')
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as AddressInfo
    write(where, 'plan.yaml', membersPlan)
    write(where, 'members.csv', membersCsv(1))
    for (const [given, words] of [
      [`127.0.0.1:${port}`, 'another process listens there'],
      ['192.0.2.1:9464', 'this machine has no such address'],
      ['nowhere.invalid:9464', 'no machine is known by this name'],
      ['here', 'expected a host and a port'],
    ] as const) {
      const refused = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml', '--metrics', given])
      expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining(words)])
    }
  })
})

async function isWell(url: string): Promise<boolean> {
  return await fetch(`${url}/healthz`).then(
    ({ status }) => status === 200,
    () => false,
  )
}
