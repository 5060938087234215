import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunRecord } from '../../src/run/run-record.ts'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, placeOn, run, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'

let redis: RedisServer | undefined
let simulator: Simulator
let where: Place
/** By file: a run that ended long ago, one that ended just now, and one that halted long ago. */
const runs: Record<string, string> = {}

beforeAll(async () => {
  redis = hasRedis ? await startRedis() : undefined
  simulator = await startSimulator({ credentials: { oauth: { key: 'key', secret: 'secret' } } })
  where = await placeOn(simulator.url, redis)
  write(where, 'plan.yaml', membersPlan)
  await importFile('old', 2)
  await importFile('new', 3)
  await importFile('halted', 4, { ...where, env: { ...where.env, ROLLCALL_SECRET: 'another' } })
  for (const name of ['old', 'halted']) change(name, { finishedAt: daysAgo(31) })
}, 180_000)
afterAll(async () => {
  await simulator.close()
  await redis?.close()
})

test('--dry-run says what would go, and deletes nothing', async () => {
  const { status, stdout } = await run(where, ['prune', '--dry-run'])
  expect(status).toBe(0)
  expect(stdout).toMatch(
    new RegExp(`^${runs['old']} {2}finished {2}[\\d.]+ kB\n1 run would be deleted, [\\d.]+ kB\\.\n$`),
  )
  expect(left()).toEqual(['old', 'new', 'halted'])
})

test('a run that a rerun still needs stays, and it is said why', async () => {
  change('halted', { rerunOf: runs['old'] })
  const { stdout } = await run(where, ['prune'])
  expect(stdout).toContain(`${runs['old']}  kept: run ${runs['halted']} is over the same file and stays`)
  expect(left()).toEqual(['old', 'new', 'halted'])
  change('halted', { rerunOf: undefined })
})

test('--keep spares the latest runs, whatever their age', async () => {
  const { stdout } = await run(where, ['prune', '--keep', '3', '--older-than', '0d', '--all'])
  expect(stdout).toBe('Nothing to delete.\n')
})

test('what is finished and old goes; what is new or could go on stays', async () => {
  const { status, stdout } = await run(where, ['prune', '--older-than', '30d'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/\n1 run deleted, [\d.]+ kB freed\.\n$/)
  expect(left()).toEqual(['new', 'halted'])
})

test('with --all a halted run goes too, and nothing of it is sent later', async () => {
  const sent = simulator.stats().lanes.register.arrivals
  await run(where, ['prune', '--all'])
  expect(left()).toEqual(['new'])
  await importFile('later', 5)
  expect(simulator.stats().lanes.register.arrivals).toBe(sent + 5)
})

async function importFile(name: string, rows: number, place = where): Promise<void> {
  write(where, `${name}.csv`, membersCsv(rows))
  await run(place, ['import', `${name}.csv`, '--plan', 'plan.yaml'])
  runs[name] = readdirSync(join(where.home, 'runs')).find((id) => id.includes(`-${name}-`)) ?? ''
}

function change(name: string, to: Partial<RunRecord>): void {
  const path = join(where.home, 'runs', runs[name] ?? '', 'run.json')
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as RunRecord), ...to }))
}

function left(): string[] {
  const folders = readdirSync(join(where.home, 'runs'))
  return Object.keys(runs).filter((name) => folders.includes(runs[name] ?? ''))
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString()
}
