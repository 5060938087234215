import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { SimulatorOptions } from '../../src/simulator/options.ts'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { place, readReport, readSummary, run, start, write } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const registerPlan = `
rows: { key: external_id }
limits: { register: 12000 }
register:
  body:
    profiles:
      - identifiers: [{ type: externalId, value: "\${external_id}" }]
        source: INSTORE
`

const linkPlan = `
rows: { key: external_id }
limits: { link: none }
link:
  customer: { externalId: "\${external_id}" }
  linkToPartnerPrograms:
    - partnerProgramName: Goldstar
      customerPartnerReference: { partnerMembershipId: "\${membership}" }
`

async function setup(options: SimulatorOptions) {
  const simulator = await startSimulator(options)
  onTestFinished(() => simulator.close())
  return { simulator, where: place(simulator.url) }
}

function members(count: number, idOf = (row: number) => `C${row}`): string {
  return `external_id\n${Array.from({ length: count }, (_, at) => idOf(at + 1)).join('\n')}\n`
}

test('an outage stops the lane and not the run, costs no row anything, and is told on the screen', async () => {
  const { simulator, where } = await setup({ latencyMs: 5 })
  write(where, 'plan.yaml', registerPlan)
  write(where, 'members.csv', members(600))
  const running = start(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
  await until('the first members', () => simulator.stats().customers > 100)
  simulator.setOutage(true)
  await until('the word of it', () => running.stderr().includes('does not answer'))
  await delay(3_000)
  simulator.setOutage(false)
  const { status, stderr } = await running.finished
  expect(status, stderr).toBe(0)
  expect(stderr).toContain('The host answers again on the register lane')
  expect(readReport(where, 'results.csv').every((row) => row['_status'] === 'ok')).toBe(true)
  expect(simulator.stats().customers).toBe(600)
})

test('a stop waits for a host that hangs no longer than ten seconds, and the rows may have been carried out', async () => {
  const { simulator, where } = await setup({ slowMs: 20_000, faults: { slow: 1 } })
  write(where, 'plan.yaml', registerPlan)
  write(where, 'members.csv', members(3))
  const running = start(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
  await until('the requests', () => simulator.stats().lanes.register.arrivals === 3)
  const stoppedAt = performance.now()
  running.child.kill('SIGINT')
  const { status, stderr } = await running.finished
  expect(status, stderr).toBe(4)
  expect(performance.now() - stoppedAt).toBeLessThan(15_000)
})

test('an outage longer than the plan allows halts the run, and no row is burnt', async () => {
  const { simulator, where } = await setup({ latencyMs: 5 })
  write(where, 'plan.yaml', `${registerPlan}outage: 3s\n`)
  write(where, 'members.csv', members(300))
  const running = start(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
  await until('the first members', () => simulator.stats().customers > 50)
  simulator.setOutage(true)
  const halted = await running.finished
  expect(halted.status, halted.stderr).toBe(4)
  expect(halted.stdout).toContain('halted. The host has not answered on the register lane since')
  expect(halted.stdout).toContain('rollcall resume')
  expect(readSummary(where)).toMatchObject({ state: 'halted', rejected: 0, failed: 0 })
  simulator.setOutage(false)
  const resumed = await run(where, ['resume', 'latest'])
  expect(resumed.status, resumed.stderr).toBe(0)
  expect(readReport(where, 'results.csv').map((row) => row['_status'])).toEqual(Array.from({ length: 300 }, () => 'ok'))
})

test('a host that answers none of the last rows halts the run with what they are, and how to end it without them', async () => {
  const { simulator, where } = await setup({ faults: { http504: 1 } })
  write(where, 'plan.yaml', `${registerPlan}outage: 1s\n`)
  write(where, 'members.csv', members(2))
  const halted = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
  expect(halted.status, halted.stderr).toBe(4)
  expect(halted.stdout).toMatch(
    /on the register lane since \S+Z\. What came last: .+ HTTP 504 .*\. 2 rows are left: row 1 \(line 2\), row 2 \(line 3\)\./,
  )
  const { run: id } = readSummary(where)
  expect(halted.stdout).toContain(`rollcall show ${String(id)} --row 1`)
  const shown = await run(where, ['show', 'latest', '--row', '1'])
  expect(shown.stdout).toContain('HTTP 504')
  simulator.setFaults({})

  const cancelled = await run(where, ['cancel', 'latest'])

  expect(cancelled.status, cancelled.stderr).toBe(0)
  expect(readSummary(where)).toMatchObject({ state: 'cancelled', rows: 2, failed: 0 })
  expect(readReport(where, 'results.csv').map((row) => row['_status'])).toEqual(['', ''])
  expect(simulator.stats().customers).toBe(0)
})

test.for(hasRedis ? ['embedded', 'redis'] : ['embedded'])(
  'a row that the host never answers ends as failed when its run is resumed, on %s',
  async (kind) => {
    const simulator = await startSimulator({ latencyMs: 5 })
    onTestFinished(() => simulator.close())
    const redis = kind === 'redis' ? await startRedis() : undefined
    onTestFinished(() => redis?.close())
    const where = place(simulator.url, redis?.url)
    write(where, 'plan.yaml', `${registerPlan}outage: 8s\nretry: { attempts: 2 }\n`)
    write(
      where,
      'members.csv',
      members(20, (row) => (row === 20 ? 'PAGE-504-20' : `C${row}`)),
    )
    const halted = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
    expect(halted.status, halted.stderr).toBe(4)
    expect(halted.stdout).toContain('1 row is left: row 20 (line 21).')
    expect(halted.stdout).toContain('Resumed, the run calls it failed where it gets no answer again.')
    const resumed = await run(where, ['resume', 'latest'])
    expect(resumed.status, resumed.stderr).toBe(3)
    expect(readSummary(where)).toMatchObject({ state: 'finished', rows: 20, ok: 19, failed: 1 })
    const last = readReport(where, 'results.csv').at(-1)
    expect(last).toMatchObject({ _status: 'failed', _message: expect.stringContaining('No final answer: ') })
    expect(simulator.stats().customers).toBe(19)
  },
)

test('seven rows that poison their request are rejected alone, for few requests more', async () => {
  const rows = 2_000
  const { simulator, where } = await setup({ latencyMs: 2, knowsEveryone: true })
  const poison = new Set([3, 77, 78, 500, 999, 1_500, 2_000])
  const lines = Array.from({ length: rows }, (_, at) => `C${at + 1},${poison.has(at + 1) ? 'POISON-' : 'G'}${at + 1}`)
  write(where, 'plan.yaml', linkPlan)
  write(where, 'links.csv', `external_id,membership\n${lines.join('\n')}\n`)
  const { status, stderr } = await run(where, ['import', 'links.csv', '--plan', 'plan.yaml'])
  expect(status, stderr).toBe(3)
  const results = readReport(where, 'results.csv')
  expect(results.filter((row) => row['_link'] === 'rejected').map((row) => Number(row['_row']))).toEqual([...poison])
  expect(results.filter((row) => row['_link'] === 'linked')).toHaveLength(rows - poison.size)
  const { linksMade, linksMadeTwice, lanes } = simulator.stats()
  expect({ linksMade, linksMadeTwice }).toEqual({ linksMade: rows - poison.size, linksMadeTwice: 0 })
  expect(lanes.link.arrivals).toBeLessThanOrEqual(rows / 50 + poison.size * 2 * Math.log2(50) + 40)
})

test('a mapping that is wrong halts the run before it burns the file', async () => {
  const { where } = await setup({ latencyMs: 2 })
  write(where, 'plan.yaml', `${registerPlan}stop_when: { rejected: 50%, after: 100 }\n`)
  write(
    where,
    'members.csv',
    members(2_000, (row) => `SIM-8014-${row}`),
  )
  const { status, stdout } = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
  expect(status).toBe(4)
  expect(stdout).toMatch(/halted\. \d+ of the first \d+ rows were rejected/)
  expect(readSummary(where)['rejected']).toBeLessThan(600)
})

test('credentials that are refused halt the run with the reason and the remedy, and no row is burnt', async () => {
  const { simulator, where } = await setup({ credentials: { oauth: { key: 'another', secret: 'one' } } })
  write(where, 'plan.yaml', registerPlan)
  write(where, 'members.csv', members(50))
  const { status, stdout, stderr } = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
  expect(status).toBe(4)
  expect(stdout).toMatch(/halted\. The API gave no token for these credentials: .*[^.]\.\n/)
  expect(stdout).toContain('Check the credentials in the environment')
  expect(stdout + stderr).not.toContain('"secret"')
  expect(simulator.stats().registrations).toBe(0)
  expect(readSummary(where)).toMatchObject({ rejected: 0, failed: 0, invalid: 0 })
})

test('a run that halts with --json says why, and how to go on, on standard error', async () => {
  const { where } = await setup({ credentials: { oauth: { key: 'another', secret: 'one' } } })
  write(where, 'plan.yaml', registerPlan)
  write(where, 'members.csv', members(5))
  const { status, stdout, stderr } = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml', '--json'])
  expect(status).toBe(4)
  expect(JSON.parse(stdout)).toMatchObject({ state: 'halted' })
  expect(stderr).toContain('halted.')
  expect(stderr).toContain('Check the credentials in the environment')
  expect(stderr).toContain(`rollcall resume ${JSON.parse(stdout).run}`)
})

test('a throttled lane waits as long as it is told, and loses no row', async () => {
  // So few that the slowest machine asks for more.
  const { simulator, where } = await setup({ latencyMs: 5, limits: { register: 10 }, windowMs: 2_000 })
  write(where, 'plan.yaml', registerPlan)
  write(where, 'members.csv', members(60))
  const { status, stderr } = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
  expect(status, stderr).toBe(0)
  expect(stderr).toContain('too fast (429)')
  expect(simulator.stats().customers).toBe(60)
  const { lanes } = readSummary(where) as { lanes: { register: { throttled: number } } }
  expect(lanes.register.throttled).toBe(simulator.stats().lanes.register.throttled)
})
