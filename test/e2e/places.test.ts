import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { kill, latestRun, placeOn, readReport, run, start, write } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const ROWS = 4_200
const REPEATED = 150
const PLAN = `
rows: { key: external_id }
limits: { link: 60 }
link:
  customer: { externalId: "\${external_id}" }
  linkToPartnerPrograms:
    - partnerProgramName: Goldstar
      customerPartnerReference: { partnerMembershipId: "\${membership}" }
`

test('a run that goes on far in its file knows the members of the rows that it does not read again', async ({
  onTestFinished,
}) => {
  const simulator = await startSimulator({ latencyMs: 0, knowsEveryone: true })
  onTestFinished(() => simulator.close())
  const redis = hasRedis ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const place = await placeOn(simulator.url, redis)
  // Within seconds: a shorter minute has the same limit.
  const where = { ...place, env: { ...place.env, ROLLCALL_MINUTE_MS: '6000' } }
  const members = Array.from({ length: ROWS }, (_, at) => (at % (ROWS - REPEATED)) + 1)
  const lines = members.map((member) => `M-${member},${'x'.repeat(150)},G-${member}\n`)
  write(where, 'members.csv', `external_id,note,membership\n${lines.join('')}`)
  write(where, 'plan.yaml', PLAN)
  const importing = start(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
  await until('the ledger has a place', () => placeOf(where.home) !== undefined)
  await kill(importing)
  const sent = simulator.stats().lanes.link.arrivals

  const { status, stderr } = await run(where, ['resume', 'latest'])

  expect(status, stderr).toBe(0)
  const results = readReport(where, 'results.csv')
  expect(results.map(({ external_id }) => external_id)).toEqual(members.map((member) => `M-${member}`))
  const skipped = results.filter(({ _status }) => _status === 'skipped')
  expect(skipped.map(({ _message = '' }) => /repeats row (\d+)/.exec(_message)?.[1])).toEqual(
    Array.from({ length: REPEATED }, (_, at) => String(at + 1)),
  )
  expect(new Set(results.slice(0, ROWS - REPEATED).map(({ _status }) => _status))).toEqual(new Set(['ok']))
  // Each row was sent once, but for those whose replies were lost with the process.
  expect(sent).toBeGreaterThan(0)
  expect(simulator.stats().lanes.link.arrivals).toBeGreaterThan(sent)
  expect(existsSync(join(latestRun(where.home), 'members.journal'))).toBe(false)
})

function placeOf(home: string): unknown {
  try {
    const ledger = openLedger(join(latestRun(home), 'ledger.db'), { readOnly: true })
    try {
      return ledger.meta.get('place')
    } finally {
      ledger.close()
    }
  } catch {
    // There is no run as yet, or it is being made.
    return undefined
  }
}
