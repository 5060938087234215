import { type TestContext, describe, expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { kill, placeOn, readReport, readSummary, run, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { startTrial } from '../support/trial.ts'
import { until } from '../support/wait.ts'

const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']
const REGISTER = membersPlan.slice(0, membersPlan.indexOf('link:\n'))
const LINK = `
rows: { key: id }
limits: { link: none }
link:
  customer: { externalId: "\${id}" }
  linkToPartnerPrograms:
    - { partnerProgramName: "\${program}", customerPartnerReference: { partnerMembershipId: "\${id}" } }
`
const SHARED = /Perhaps another member’s account: it has the same customer id as row "\d+"/u

/** The number of rows that are warned of a customer id that they have in common with a row of another member. */
function warned(where: Parameters<typeof readReport>[0]): number[] {
  const rows = readReport(where, 'results.csv')
  return rows.flatMap((row, at) => (SHARED.test(row['_warnings'] ?? '') ? [at + 1] : []))
}

test('a registration that comes to the id of another row’s member is said first, of both rows', async (context) => {
  const { where, simulator } = await startTrial(context)
  simulator.setFaults({ othersId: 1 })
  write(where, 'members.csv', membersCsv(4))
  write(where, 'plan.yaml', REGISTER)

  const { status, stdout, stderr } = await run(where, IMPORT)

  expect(status, stderr).toBe(0)
  expect(readSummary(where)).toMatchObject({ rows: 4, ok: 0, warned: 4 })
  expect(warned(where)).toEqual([1, 2, 3, 4])
  expect(stdout).toContain('Rows that may have come to another member’s account, or changed it:')
  expect(readReport(where, 'results.csv')[0]?.['_hint']).toContain('Compare both rows with the account')
})

describe.each(['first', 'last', 'all'])('links with duplicates: %s', (duplicates) => {
  async function linked(faults: { readonly othersId?: number }, context: TestContext) {
    const simulator = await startSimulator({ knowsEveryone: true, faults })
    context.onTestFinished(() => simulator.close())
    const redis = hasRedis ? await startRedis() : undefined
    context.onTestFinished(() => redis?.close())
    const where = await placeOn(simulator.url, redis, context.onTestFinished)
    const rows = ['Gold', 'Blue', 'Red', 'Gold'].flatMap((program) => ['M-1', 'M-2'].map((id) => `${id},${program}`))
    write(where, 'members.csv', `id,program\n${rows.join('\n')}\n`)
    write(where, 'plan.yaml', `${LINK}duplicates: ${duplicates}\n`)
    const { status, stderr } = await run(where, IMPORT)
    expect(status, stderr).toBe(0)
    return where
  }

  test('rows of one member come to one id, and nothing is wrong', async (context) => {
    const where = await linked({}, context)
    expect(warned(where)).toEqual([])
    expect(readSummary(where)).toMatchObject({ warned: 0 })
  })

  test('rows of two members that do are warned, whichever program they are for', async (context) => {
    const where = await linked({ othersId: 1 }, context)
    const sent = readReport(where, 'results.csv').flatMap((row, at) => (row['_link'] === 'skipped' ? [] : [at + 1]))
    // Of the first member the row that came first is warned as well; every row of the second is.
    const ofSecond = sent.filter((row) => row % 2 === 0)
    const found = warned(where)
    expect(found.filter((row) => row % 2 === 0)).toEqual(ofSecond)
    expect(found.filter((row) => row % 2 === 1)).toHaveLength(1)
  })
})

test.skipIf(!hasRedis)('it holds over a kill, a resume and several workers', async (context) => {
  const { where, simulator } = await startTrial(context)
  const slow = { ...where, env: { ...where.env, ROLLCALL_MINUTE_MS: '6000' } }
  write(where, 'members.csv', membersCsv(60))
  write(where, 'plan.yaml', REGISTER.replace('register: none', 'register: 600'))
  for (const _ of [1, 2]) start(slow, ['worker'])
  const importing = start(slow, [...IMPORT, '--no-workers'])
  await until('some are registered', () => simulator.stats().registrations >= 15)
  await kill(importing)
  simulator.setFaults({ othersId: 1 })

  const { status, stderr } = await run(slow, ['resume', 'latest', '--no-workers'])

  expect(status, stderr).toBe(0)
  // One row came to its id in the first session; those that share it came in the second.
  const found = warned(where)
  const { registrations, faults } = simulator.stats()
  expect(registrations).toBe(60)
  expect(found).toHaveLength(1 + (faults.othersId ?? 0))
  expect(found.length).toBeGreaterThan(10)
})
