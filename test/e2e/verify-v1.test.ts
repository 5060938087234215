import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { type TestContext, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, latestRun, placeOn, run, write } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

const ROWS = 45

const plan = `
rows: { key: external_id }
limits: { register-v1: none, look-up-v1: 6000 }
register-v1:
  existing: update
  customer:
    external_id: \${external_id}
    mobile: \${mobile}
    firstname: \${name}
    extended_fields: { field: [{ name: city, value: "\${city}" }, { name: dob_date, value: "\${born | date dd.MM.yyyy}" }] }
`

const updatePlan = `
rows: { key: external_id }
limits: { update: none, look-up-v1: 6000 }
update:
  by: { mobile: "\${mobile}" }
  source: INSTORE
  body:
    profiles: [{ firstName: "\${name}" }]
    extendedFields: { city: "\${city}" }
`

function membersCsv(name: string, city: string): string {
  const rows = Array.from({ length: ROWS }, (_, at) => `M-${at + 1},91980${String(at + 1).padStart(7, '0')}`)
  return `external_id,mobile,name,city,born\n${rows.map((row) => `${row},${name},${city},03.02.1990`).join('\n')}\n`
}

test('members of a V1 run: ten a request, compared as leniently as V1 writes; who was merged, changed or deleted is found', async (context) => {
  const { where, simulator, id } = await imported(context, { csv: membersCsv('Asha', 'PUNE'), plan })

  const clean = await run(where, ['verify', id])

  expect(clean.status, clean.stdout + clean.stderr).toBe(0)
  expect(clean.stderr).toContain(`Looking up ${ROWS} members of run ${id}, which takes about 0 seconds at the limits.`)
  expect(clean.stdout).toContain(`all ${ROWS} members are as run ${id} recorded`)
  const lookUps = simulator.stats().lanes['look-up-v1'].arrivals
  expect(lookUps).toBeGreaterThanOrEqual(5)
  expect(lookUps).toBeLessThan(ROWS / 3)

  simulator.forget('externalId', 'M-7')
  await changeName(simulator, 'M-30')
  const { status } = await run(where, ['verify', id])

  expect(status).toBe(3)
  const found = readVerdicts(where)
  expect(found.filter(({ result }) => result !== 'verified').map(({ key, result }) => [key, result])).toEqual([
    ['M-7', 'missing'],
    ['M-30', 'differs'],
  ])
  expect(found[29]?.['verdict']).toBe('other values: firstname')

  const sample = await run(where, ['verify', id, '--sample', '12'])

  expect(sample.stderr).toContain(`Looking up 12 of the ${ROWS} members of run ${id}, chosen at random`)
  expect(sample.stdout).toContain(`12 members that were chosen at random of ${ROWS} are`)
  const rows = readVerdicts(where).map(({ row }) => Number(row))
  expect(rows).toHaveLength(12)
  expect(rows).toEqual(rows.toSorted((a, b) => a - b))
  const page = readFileSync(join(where.home, 'runs', id, 'report.html'), 'utf8')
  expect(page).toContain(`12 members, chosen at random of ${ROWS}, looked up`)
})

test('members of a run of updates have the values that it sent', async (context) => {
  const { where, simulator } = await imported(context, { csv: membersCsv('Asha', 'Pune'), plan })
  write(where, 'update.yaml', updatePlan)
  write(where, 'changed.csv', membersCsv('Asha', 'Mumbai'))
  expect((await run(where, ['import', 'changed.csv', '--plan', 'update.yaml'])).status).toBe(0)
  const id = basename(latestRun(where.home))
  expect((await run(where, ['verify', id])).status).toBe(0)
  await changeName(simulator, 'M-2')

  const { status, stdout } = await run(where, ['verify', id])

  expect(status).toBe(3)
  expect(stdout).toContain('other values: firstname')
  expect(readVerdicts(where).map(({ result }) => result)).toEqual(
    Array.from({ length: ROWS }, (_, at) => (at === 1 ? 'differs' : 'verified')),
  )
})

/** As somebody else might, in Member Care. */
async function changeName(simulator: Simulator, externalId: string): Promise<void> {
  const headers = { authorization: 'Basic c3RvcmUuc2VydmVyOjhhMTZhNmI3MDUwNWViMWYxZmY3Y2RjMGNkNTU1OWE3' }
  const body = JSON.stringify({ root: { customer: [{ external_id: externalId, firstname: 'Somebody' }] } })
  await fetch(`${simulator.url}/v1.1/customer/add`, { method: 'POST', headers, body })
}

function readVerdicts({ home }: Place): Record<string, string>[] {
  return parse(readFileSync(join(latestRun(home), 'verify.csv')), { columns: true })
}

async function imported(
  { onTestFinished }: TestContext,
  { csv, plan: text }: { readonly csv: string; readonly plan: string },
): Promise<{ readonly where: Place; readonly simulator: Simulator; readonly id: string }> {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  const redis = hasRedis ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = await placeOn(simulator.url, redis, onTestFinished)
  write(where, 'members.csv', csv)
  write(where, 'plan.yaml', text)
  await run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
  return { where, simulator, id: basename(latestRun(where.home)) }
}
