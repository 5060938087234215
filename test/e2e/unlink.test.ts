import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { latestRun, placeOn, readReport, readSummary, run, start, write } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const linkPlan = `
rows: { key: id }
limits: { link: none, balance: none }
link:
  customer: { externalId: "\${id}" }
  linkToPartnerPrograms:
    - { partnerProgramName: Goldstar, customerPartnerReference: { partnerMembershipId: "\${id}" } }
`
const plan = `
rows: { key: id }
limits: { unlink: none }
unlink:
  customer: { externalId: "\${id}" }
  deLinkFromPartnerPrograms: [{ partnerProgramName: Goldstar }]
`

test('links are taken out only where that is allowed, and how many is said before', async ({ onTestFinished }) => {
  const simulator = await startSimulator({ knowsEveryone: true })
  onTestFinished(() => simulator.close())
  const redis = hasRedis ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = await placeOn(simulator.url, redis, onTestFinished)
  write(where, 'members.csv', 'id\nM-1\nM-2\nSIM-unlink-2003-3\n')
  write(where, 'linked.csv', 'id\nM-1\nM-2\n')
  write(where, 'link.yaml', linkPlan)
  write(where, 'plan.yaml', plan)
  expect((await run(where, ['import', 'linked.csv', '--plan', 'link.yaml'])).status).toBe(0)

  const linking = latestRun(where.home)
  const verified = await run(where, ['verify', 'latest'])
  expect(verified.stdout, verified.stderr).toMatch(
    /all 2 members are as run .* recorded; what came of link, no look-up/,
  )
  expect(readFileSync(join(linking, 'report.html'), 'utf8')).toContain('what came of link, no look-up tells.')

  const refused = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])

  expect(refused.status).toBe(2)
  expect(refused.stderr).toContain('takes members out of partner programs, which nothing undoes')
  expect(simulator.stats().lanes.unlink.arrivals).toBe(0)

  const allowed = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml', '--allow-unlink'])

  expect(allowed.status, allowed.stderr).toBe(3)
  expect(allowed.stderr).toContain('3 rows will take members out of partner programs. Nothing undoes that.')
  expect(readReport(where, 'results.csv').map((row) => row['_link'])).toEqual(['unlinked', 'unlinked', 'rejected'])

  const again = await run(where, ['rerun', 'latest'])
  expect([again.status, again.stderr.includes('--allow-unlink')]).toEqual([2, true])
  expect(simulator.stats().lanes.unlink.arrivals).toBe(3)
  const allowedAgain = await run(where, ['rerun', 'latest', '--allow-unlink'])
  expect(allowedAgain.stderr).toContain('1 row will take members out of partner programs.')
})

test('whom a lost reply leaves in doubt is warned of: whether the run took the member out is not known', async ({
  onTestFinished,
}) => {
  const simulator = await startSimulator({ knowsEveryone: true })
  onTestFinished(() => simulator.close())
  const redis = hasRedis ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = await placeOn(simulator.url, redis, onTestFinished)
  write(where, 'members.csv', 'id\nM-1\nM-2\n')
  write(where, 'linked.csv', 'id\nM-1\n')
  write(where, 'link.yaml', linkPlan)
  write(where, 'plan.yaml', plan)
  expect((await run(where, ['import', 'linked.csv', '--plan', 'link.yaml'])).status).toBe(0)
  simulator.setFaults({ lostAfter: 1 })

  const importing = start(where, ['import', 'members.csv', '--plan', 'plan.yaml', '--allow-unlink'])
  await until('both were asked for', () => simulator.stats().lanes.unlink.arrivals >= 2)
  simulator.setFaults({})
  const { status, stdout, stderr } = await importing.finished

  expect(status, stderr).toBe(0)
  expect(readSummary(where)).toMatchObject({ rows: 2, ok: 0, warned: 2 })
  expect(simulator.stats().unlinked).toBe(1)
  for (const row of readReport(where, 'results.csv')) {
    expect(row).toMatchObject({ _status: 'warned', _link: 'unlinked' })
    expect(row['_warnings']).toContain('whether this run took it out, or it was never linked, is not known')
  }
  expect(stdout).toContain('2 warned')
})
