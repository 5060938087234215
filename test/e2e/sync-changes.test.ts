import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { placeOn, readReport, run } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { syncPlace } from '../sync/sync-place.ts'

const plan = `
rows: { key: id }
limits: { register-v1: none, look-up-v1: none, update: none, link: none, tier: none }
register-v1:
  existing: keep
  customer:
    external_id: \${id}
    mobile: \${mobile}
    firstname: \${name}
    extended_fields: { field: [{ name: city, value: "\${city}" }] }
update:
  by: { externalId: "\${id}" }
  source: INSTORE
  body: { profiles: [{ firstName: "\${name}" }], extendedFields: { city: "\${city}" } }
link:
  customer: { externalId: "\${id}" }
  linkToPartnerPrograms:
    - { partnerProgramName: Goldstar, customerPartnerReference: { partnerMembershipId: "\${id}" } }
tier:
  customer: { externalId: "\${id}" }
  partnerProgramUpdates:
    - { partnerProgramName: Goldstar, updateType: UPGRADE, updateDetails: { updatedTierName: "\${tier}" } }
`

/** Members, each with what has changed of it. */
function csvOf(changes: Readonly<Record<number, Readonly<Record<string, string>>>> = {}): string {
  const rows = Array.from({ length: 8 }, (_, at) => {
    const member = { id: `M-${at + 1}`, mobile: `9198000000${10 + at}`, name: 'Asha', city: 'Pune', tier: 'Silver' }
    return Object.values({ ...member, ...changes[at + 1] }).join(',')
  })
  return `id,mobile,name,city,tier\n${rows.join('\n')}\n`
}

test('of members who have changed, each change goes to the lane that can make it, and what none can is told', async ({
  onTestFinished,
}) => {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  const redis = hasRedis ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const sync = syncPlace(await placeOn(simulator.url, redis, onTestFinished), 'guards: { changed: off }\n', plan)
  sync.land('1.csv', csvOf())
  expect((await sync.run()).status).toBe(0)
  expect(readReport(sync.where, 'results.csv').map((row) => row['_register'])).toEqual(Array(8).fill('registered'))
  const before = simulator.stats().lanes

  sync.land(
    '2.csv',
    csvOf({
      1: { city: 'Agra' },
      2: { tier: 'Gold' },
      3: { mobile: '919811111111' },
      4: { mobile: '919822222222', name: 'Usha' },
      5: { name: 'Usha', tier: 'Gold' },
    }),
  )
  const tried = await sync.run(['--dry-run'])
  expect(tried.stdout).toContain('of members who have changed: update 3, tier 2.')
  // `check` says the same of any file, before anything is sent of it.
  const compared = await run(sync.where, ['check', join(sync.inbox, '2.csv'), '--sync', sync.sync])
  expect(compared.stdout, compared.stderr).toContain('8 rows: 0 new, 5 changed, 3 unchanged; 0 gone.')
  expect(compared.stdout).toContain('It would send something of 4; of members who have changed: update 3, tier 2.')
  expect(compared.stdout).toContain('Rows that ask for a change of a member who is there: update 8.')
  const { status, stdout, stderr } = await sync.run()

  expect(status, stdout + stderr).toBe(0)
  const told = readReport(sync.where, 'results.csv').map((row) => [row['_status'], row['_register'], row['_link']])
  expect(told).toEqual([
    ['ok', 'updated', 'skipped'],
    ['ok', 'skipped', 'updated'],
    ['skipped', 'skipped', 'skipped'],
    ['warned', 'updated', 'skipped'],
    ['ok', 'updated', 'updated'],
    ...Array.from({ length: 3 }, () => ['skipped', 'skipped', 'skipped']),
  ])
  const messages = readReport(sync.where, 'results.csv').map((row) => row['_message'])
  expect(messages[2]).toContain('who is there is kept as they are')
  expect(messages[3]).toContain('an identifier has changed, which no lane changes')
  const { lanes } = simulator.stats()
  expect(lanes.update.arrivals - before.update.arrivals).toBe(3)
  expect(lanes['register-v1'].arrivals).toBe(before['register-v1'].arrivals)
  expect(lanes.link.arrivals).toBe(before.link.arrivals)
  expect(simulator.profile('externalId', 'M-1')?.fields).toMatchObject({ 'extendedFields.city': 'Agra' })
  expect(simulator.profile('externalId', 'M-5')?.fields).toMatchObject({ firstName: 'Usha' })
})
