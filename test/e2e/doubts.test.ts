import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { latestRun, placeOn, readReport, readSummary, run, start, write } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { startTrial } from '../support/trial.ts'
import { until } from '../support/wait.ts'

const brokers = [{ broker: 'embedded' }, ...(hasRedis ? [{ broker: 'Redis' }] : [])]
const ROWS = 40
const PLAN = `rows: { key: id }
limits: { register: 600, link: none }
retry: { attempts: 1 }
register:
  body:
    profiles:
      - { firstName: "\${name}", source: INSTORE, identifiers: [{ type: externalId, value: "\${id}" }] }
    extendedFields: { dob: "\${born | date yyyy-MM-dd}" }
link:
  customer: { externalId: "\${id}" }
  linkToPartnerPrograms:
    - partnerProgramName: Goldstar
      customerPartnerReference: { partnerMembershipId: "\${membership}" }
`
/** Every fourth row is born in 2058; the fourth of all is busy once, and the eighth cannot be linked at first. */
const idOf = (row: number) => (row === 4 ? 'SIM-521x1-4' : `M-${row}`)
const membershipOf = (row: number) => (row === 8 ? 'SIM-2011x1-8' : `G-${row}`)
const members = Array.from(
  { length: ROWS },
  (_, at) => `${idOf(at + 1)},Asha,${at % 4 === 3 ? '2058-01-31' : '1988-05-10'},${membershipOf(at + 1)}`,
)
const DOUBT = 'born: "2058-01-31" is after today, and is to be a day of birth'
const KIND = 'born: … is after today, and is to be a day of birth'

test.for(brokers)(
  'rows that were sent with a doubtful value say so in every report, over sessions and reruns, on the $broker broker',
  async ({ broker }, { onTestFinished }) => {
    const simulator = await startSimulator({ latencyMs: 20 })
    onTestFinished(() => simulator.close())
    const redis = broker === 'Redis' ? await startRedis() : undefined
    onTestFinished(() => redis?.close())
    const where = await placeOn(simulator.url, redis)
    write(where, 'plan.yaml', PLAN)
    write(where, 'members.csv', `id,name,born,membership\n${members.join('\n')}\n`)

    const importing = start(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
    await until('some are registered', () => simulator.stats().registrations >= 10)
    importing.child.kill('SIGINT')
    expect((await importing.finished).status).toBe(4)
    const paused = readReport(where, 'results.csv').filter(({ _status }) => _status !== '')
    expect(paused.length).toBeLessThan(ROWS)
    const resumed = await run(where, ['resume', 'latest'])

    expect(resumed.status, resumed.stderr).toBe(3)
    const results = readReport(where, 'results.csv')
    expect(results.map(doubtOf)).toEqual(members.map((_, at) => (at % 4 === 3 ? DOUBT : undefined)))
    expect(results.filter(({ _status }) => _status === 'ok')).toHaveLength(ROWS - 2)
    expect(results[11]?.['_hint']).toContain('look at whether it is the right column')
    expect(readSummary(where)).toMatchObject({ doubts: [{ message: KIND, rows: 10 }], warned: 0 })
    expect(JSON.stringify(readSummary(where)['codes'])).not.toContain('born')
    const { stdout } = resumed
    expect(stdout).toContain('2 of 40 rows did not succeed, 10 with a doubtful value in born.')
    expect(stdout.indexOf(`10 rows: ${KIND}`)).toBeGreaterThan(0)
    expect(stdout.indexOf(`10 rows: ${KIND}`)).toBeLessThan(stdout.indexOf('everything that the plan asks'))
    expect((await run(where, ['show', 'latest'])).stdout).toContain(`10 rows: ${KIND}`)
    const page = readFileSync(join(latestRun(where.home), 'report.html'), 'utf8')
    expect(page).toContain('data-doubt="10"')
    expect(page.indexOf('data-doubt="10"')).toBeLessThan(page.indexOf('What to do'))

    const rerun = await run(where, ['rerun', 'latest'])

    expect(rerun.status, rerun.stderr).toBe(0)
    // The one was registered in the first run, and is only linked; the other was sent anew.
    expect(readReport(where, 'results.csv').map(doubtOf)).toEqual([DOUBT, DOUBT])
    expect(rerun.stdout).toContain('all 2 rows done, 2 with a doubtful value in born.')
  },
)

/** The simulator warns of other things beside. */
function doubtOf(row: Record<string, string>): string | undefined {
  return row['_warnings']?.split('; ').find((warning) => warning.startsWith('born'))
}

test('what all values of a column tell, and columns without any, are in the verdict of an import that nobody watched', async (context) => {
  const { where } = await startTrial(context)
  write(where, 'plan.yaml', PLAN.replace('yyyy-MM-dd', "yyyy-MM-dd'T'HH:mm:ssXXX").replace('600', 'none'))
  const births = ['1988-05-09T18:30:00Z', '1990-12-31T18:30:00Z']
  const rows = Array.from({ length: 10 }, (_, at) => `M-${at},NULL,${births[at % 2]},`)
  write(where, 'members.csv', `id,name,born,membership\n${rows.join('\n')}\n`)

  const { status, stdout, stderr } = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])

  expect(status, stderr).toBe(0)
  expect(stdout).toContain('all 10 rows done; look at born, name and membership.')
  expect(readSummary(where)['remarks']).toEqual([
    expect.stringContaining('born: all its times are midnight in Asia/Kolkata'),
    'name: ‘NULL’, which looks like nothing, is in 10 rows',
    'membership: empty in every row',
  ])
  expect((await run(where, ['show', 'latest'])).stdout).toContain('  membership: empty in every row')
  expect(readFileSync(join(latestRun(where.home), 'report.html'), 'utf8')).toContain('membership: empty in every row')
})

test('members of other pages, which are not in the file, are in the verdict of an import and in what check says', async (context) => {
  const { where } = await startTrial(context)
  write(
    where,
    'plan.yaml',
    PLAN.slice(0, PLAN.indexOf('    extendedFields')).replace('600', 'none').replace(', link: none', ''),
  )
  const data = [1, 2].map((at) => ({ id: `M-${at}`, name: 'Asha' }))
  write(where, 'members.json', JSON.stringify({ data, total: 5_000 }))
  const remark = expect.stringMatching(/^other pages: The list is one page of several, as it seems: "total" is 5000/)

  const checked = await run(where, ['check', 'members.json', '--plan', 'plan.yaml', '--json'])
  const { status, stdout, stderr } = await run(where, ['import', 'members.json', '--plan', 'plan.yaml'])

  expect(JSON.parse(checked.stdout)).toMatchObject({ remarks: [remark] })
  expect(status, stderr).toBe(0)
  expect(stdout).toContain('all 2 rows done; look at other pages.')
  expect(readSummary(where)['remarks']).toEqual([remark])
})
