import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Lane, LaneRow } from '../../src/lanes/lane.ts'
import { lanePlans } from '../../src/lanes/lane-plans.ts'
import { laneNamed, laneNames, lanes } from '../../src/lanes/lanes.ts'
import { REGIONS } from '../../src/lanes/regions.ts'
import { defaultLimit } from '../../src/lanes/default-limit.ts'
import type { LaneRequest } from '../../src/model.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'
import { exchange } from './exchanges.ts'

/** What a plan says of each lane that it may ask for, to make requests of. */
const PARTS: Readonly<Record<string, string>> = {
  register: '{ body: { profiles: [{ identifiers: [{ type: mobile, value: "${mobile}" }], source: INSTORE }] } }',
  'register-v1': '{ existing: keep, customer: { mobile: "${mobile}", firstname: "${name}" } }',
  update: '{ by: { mobile: "${mobile}" }, source: INSTORE, body: { profiles: [{ firstName: "${name}" }] } }',
  link: '{ customer: { mobile: "${mobile}" }, linkToPartnerPrograms: [{ partnerProgramName: "${program}" }] }',
  tier: '{ customer: { mobile: "${mobile}" }, partnerProgramUpdates: [{ partnerProgramName: "${program}", updateType: UPGRADE, updateDetails: { updatedTierName: Gold } }] }',
  unlink: '{ customer: { mobile: "${mobile}" }, deLinkFromPartnerPrograms: [{ partnerProgramName: "${program}" }] }',
}
const COLUMNS = ['mobile', 'name', 'program']

/** The lane's request for a member: as a plan makes it, or for a verification. */
function requestOf(lane: Lane, number: number): LaneRequest {
  const mobile = String(919_876_543_200 + number)
  const looked = lane.verifies?.lookFor({
    identifiers: [{ type: 'mobile', value: mobile }],
    balances: [{ expected: 0 }],
    uncertain: false,
  })
  if (looked !== undefined) return looked
  const { render } = compilePlan(loadPlan(`${lane.name}: ${PARTS[lane.name] ?? '{}'}`, 'plan.yaml'), COLUMNS)
  const cells = [mobile, 'Asha', 'Gold']
  const rendered = render({ row: number, line: number, input: { kind: 'cells', cells } })
  const request = rendered.kind === 'requests' ? rendered.requests[lane.name] : undefined
  if (request === undefined) throw new Error(`no request for ${lane.name}: ${JSON.stringify(rendered)}`)
  return request
}

describe.each(laneNames)('the lane %s', (name) => {
  const lane = laneNamed(name)

  test('is asked for by a plan, or verifies what others did', () => {
    const isAskedFor = lanePlans[name] !== undefined
    expect([isAskedFor, lane.verifies !== undefined].filter(Boolean)).toHaveLength(1)
    expect(!isAskedFor || lane.subject !== undefined).toBe(true)
  })

  test('has a folder of its name', () => {
    expect(existsSync(join(import.meta.dirname, `../../src/lanes/${name}/${name}-lane.ts`))).toBe(true)
  })

  test('makes requests that a job can carry', () => {
    const request = requestOf(lane, 1)
    expect(lane.request([{ request: JSON.parse(JSON.stringify(request)) as LaneRequest }])).toEqual(
      lane.request([{ request }]),
    )
    expect(lane.request([{ request }]).path).toMatch(/^\/v[12]/)
  })

  test('asks for the same twice where two rows do', () => {
    const [one, other] = [requestOf(lane, 1), requestOf(lane, 1)]
    expect(lane.askOf(one)).toEqual(lane.askOf(other))
  })

  test('whatever answers a request, every row has a verdict, or the request has one', () => {
    const count = fc.integer({ min: 1, max: Math.min(lane.rowsPerRequest, 5) })
    const requests = Array.from({ length: 5 }, (_, at) => requestOf(lane, at))
    fc.assert(
      fc.property(exchange, count, fc.boolean(), fc.constantFrom('ok', 'reject'), (what, rows, ambiguous, onExists) => {
        const sent = requests.slice(0, rows).map((request): LaneRow => ({ request, ambiguous }))
        const answer = lane.read(what, sent, { onExists })
        if (answer.kind === 'rows') expect(answer.verdicts).toHaveLength(rows)
        // A row that stands alone is at fault itself.
        else expect(answer.kind === 'refused' && rows === 1).toBe(false)
        for (const verdict of answer.kind === 'rows' ? answer.verdicts : []) {
          if (verdict.kind !== 'final') continue
          expect(['ok', 'warned'].includes(verdict.status) || verdict.message).toBeTruthy()
          const known = [...lane.results, 'rejected', 'failed', 'invalid', 'skipped']
          expect(known).toContain(verdict.result)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('has a limit in every region', () => {
    for (const region of [undefined, ...REGIONS]) expect(defaultLimit(name, region)).toBeGreaterThan(0)
  })
})

test('the member’s record comes before what is linked to it', () => {
  const subjects = lanes.flatMap(({ subject }) => subject ?? [])
  expect(subjects).toEqual(subjects.toSorted((a, b) => (a === b ? 0 : a === 'record' ? -1 : 1)))
})

test('members are verified by a lane that there is', () => {
  const ways = lanes.flatMap(({ verifies }) => verifies?.by ?? [])
  for (const { verified } of lanes) if (verified !== undefined) expect(ways).toContain(verified.by)
})

test('a lane that there is not is named', () => {
  expect(() => laneNamed('teleport')).toThrow('this rollcall has no lane teleport: a newer one may')
})

test('the limits where a plan sets none', () => {
  // Not said, asia-1, asia-2, emea, us, demo.
  expect(limitsOf('register')).toEqual([100, 600, 100, 100, 100, 100])
  expect(limitsOf('link')).toEqual([1_000, 1_000, 1_000, 1_000, 1_000, 1_000])
  expect(limitsOf('balance')).toEqual([50, 500, 100, 50, 50, 100])
  expect(limitsOf('register-v1')).toEqual([100, 500, 700, 400, 100, 100])
  expect(limitsOf('update')).toEqual([50, 600, 1_000, 50, 50, 50])
  expect(limitsOf('tier')).toEqual(limitsOf('link'))
  expect(limitsOf('unlink')).toEqual(limitsOf('link'))
  expect(limitsOf('look-up-v1')).toEqual([100, 100, 100, 100, 100, 100])
})

function limitsOf(lane: string): readonly number[] {
  return [undefined, ...REGIONS].map((region) => defaultLimit(lane, region))
}
