import { describe, expect, test } from 'vitest'
import type { PartnerRequest } from '../../../src/lanes/partner/partner-request.ts'
import type { Lane, LaneRow } from '../../../src/lanes/lane.ts'
import { tierLane } from '../../../src/lanes/tier/tier-lane.ts'
import { unlinkLane } from '../../../src/lanes/unlink/unlink-lane.ts'
import type { Json } from '../../../src/model.ts'
import { loadPlan } from '../../../src/plan/load-plan.ts'
import { errors, fault, reply } from '../../capillary/replies.ts'
import { renderCells } from '../../plan/render.ts'

const SHAPES = {
  tier: ['customersPartnerUpdates', 'partnerProgramUpdates', 'updateStatus'],
  unlink: ['deLinkCustomers', 'deLinkFromPartnerPrograms', 'partnerDeLinkStatus'],
} as const
const found = { status: true, code: 1000, message: 'Customer successfully retrieved' }
const passed = { status: true, code: 200, message: 'Success' }
const failed = (code: number, message = 'no') => ({ status: false, code, message })

/** A reply in the shape of one of the calls: the statuses of the programs of each customer. */
function answer(shape: keyof typeof SHAPES, ...customers: readonly Readonly<Record<string, Json>>[]) {
  const [list, programs, status] = SHAPES[shape]
  const entries = customers.map((statuses, at) => ({
    customer: { id: at + 1, externalId: `E${at + 1}`, status: found },
    [programs]: Object.entries(statuses).map(([partnerProgramName, own]) => ({ partnerProgramName, [status]: own })),
  }))
  return reply(200, { [list]: entries, warnings: [] })
}

const cases = [
  { lane: tierLane as unknown as Lane<PartnerRequest>, name: 'tier', done: 'updated' },
  { lane: unlinkLane as unknown as Lane<PartnerRequest>, name: 'unlink', done: 'unlinked' },
] as const

describe.each(cases)('$name', ({ lane, name, done }) => {
  const [list, programs] = SHAPES[name]
  const row = (at: number, names: readonly string[], more: Partial<LaneRow> = {}): LaneRow<PartnerRequest> => ({
    ...more,
    request: {
      customer: { externalId: `E${at}` },
      [programs]: names.map((partnerProgramName) => ({ partnerProgramName, updateType: 'UPGRADE' })),
    },
  })
  const read = (exchange: Parameters<typeof lane.read>[0], ...rows: LaneRow<PartnerRequest>[]) =>
    lane.read(exchange, rows, { onExists: 'ok' })

  test('sends its rows in the call’s own list', () => {
    expect(lane.request([row(1, ['One']), row(2, ['Two'])])).toMatchObject({
      method: 'POST',
      body: { [list]: [{ customer: { externalId: 'E1' }, [programs]: [{ partnerProgramName: 'One' }] }, {}] },
    })
  })

  test.each(['tier', 'unlink'] as const)('reads a reply in the shape of %s', (shape) => {
    const answered = read(
      answer(shape, { One: passed }, { One: failed(2006), Two: passed }),
      row(1, ['One']),
      row(2, ['One', 'Two']),
    )
    expect(answered).toMatchObject({
      verdicts: [
        { kind: 'final', result: done, status: 'ok', customerId: '1', programs: [{ program: 'One', result: done }] },
        { kind: 'final', result: 'partial', status: 'rejected', code: 2006 },
      ],
    })
  })

  test('matches programs by name, and sends again what has no answer', () => {
    expect(read(answer(name, { Two: passed, One: failed(2006) }), row(1, ['One', 'Two']))).toMatchObject({
      verdicts: [
        {
          programs: [
            { program: 'One', result: 'rejected' },
            { program: 'Two', result: done },
          ],
        },
      ],
    })
    expect(read(answer(name, { Two: passed }), row(1, ['One', 'Two']))).toMatchObject({
      verdicts: [
        {
          kind: 'retry',
          ambiguous: true,
          programsDone: [{ program: 'Two', result: done }],
          programsLeft: [{ partnerProgramName: 'One' }],
        },
      ],
    })
  })

  test('takes who is not there for refused', () => {
    const nobody = { customer: { externalId: 'E1', status: failed(400, 'Cannot find customer for provided mobile') } }
    expect(read(reply(200, { [list]: [nobody], warnings: [] }), row(1, ['One']))).toMatchObject({
      verdicts: [{ kind: 'final', result: 'rejected', code: 400 }],
    })
  })

  test('splits what is refused as a whole, and waits for what passes', () => {
    expect(read(reply(400, errors(2008, 'limit')), row(1, ['One']), row(2, ['One']))).toMatchObject({ kind: 'refused' })
    expect(read(answer(name, { One: failed(521, 'Multiple actions are running') }), row(1, ['One']))).toMatchObject({
      verdicts: [{ kind: 'retry' }],
    })
    expect(read(fault('ECONNRESET', true), row(1, ['One']))).toMatchObject({ kind: 'retry', ambiguous: true })
  })
})

test('a member who is not linked was not unlinked by us, unless a reply was lost', () => {
  const request = { customer: { externalId: 'E1' }, deLinkFromPartnerPrograms: [{ partnerProgramName: 'One' }] }
  const answered = answer('unlink', { One: failed(2004, 'Link the customer first') })
  expect(unlinkLane.read(answered, [{ request }], { onExists: 'ok' })).toMatchObject({
    verdicts: [{ result: 'rejected', code: 2004, hint: expect.any(String) }],
  })
  expect(unlinkLane.read(answered, [{ request, ambiguous: true }], { onExists: 'ok' })).toMatchObject({
    verdicts: [{ result: 'unlinked', status: 'ok', confirmed: true }],
  })
})

const tierPlan = (program: string) => `tier:
  customer: { externalId: "\${external_id}" }
  partnerProgramUpdates:
    - ${program}
`
const complaint = (text: string): string => {
  try {
    loadPlan(text, 'plan.yaml')
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('the plan was taken')
}

describe('a change of tier', () => {
  const program =
    '{ partnerProgramName: One, updateType: "${change}", updateDetails: { updatedTierName: "${tier}" }, attributes: { a: 1 } }'
  const render = (change: string, tier: string) => renderCells(tierPlan(program), { external_id: 'A', change, tier })

  test('passes on what else stands in a program', () => {
    expect(render('UPGRADE', 'Gold')).toMatchObject({
      requests: { tier: { partnerProgramUpdates: [{ updateType: 'UPGRADE', attributes: { a: 1 } }] } },
    })
  })

  test('is none where the row names no kind of it', () => {
    expect(render('', 'Gold')).toMatchObject({ kind: 'skipped' })
  })

  test.each([
    ['UPDATE', 'Gold', '"UPDATE" is no kind of update'],
    ['upgrade', 'Gold', '"upgrade" is no kind of update'],
    ['RENEW', '', 'names no tier'],
  ])('is invalid as %s to "%s"', (change, tier, message) => {
    expect(render(change, tier)).toMatchObject({ kind: 'invalid', message: expect.stringContaining(message) })
  })

  test('that is cancelled needs no tier', () => {
    expect(render('MEMBERSHIP_RELINKING_CANCELLED', '').kind).toBe('requests')
  })

  test.each([
    ['{ partnerProgramName: One }', 'needs an `updateType`'],
    ['{ partnerProgramName: One, updateType: UPDATE }', 'expected one of UPGRADE, DOWNGRADE, RENEW'],
    ['{ updateType: RENEW }', 'needs a `partnerProgramName`'],
  ])('is refused in a plan as %s', (text, words) => {
    expect(complaint(tierPlan(text))).toContain(words)
  })

  test('waits for the member’s record and links', () => {
    const failedRecord = { record: [{ result: 'rejected', status: 'rejected' }], links: [] } as const
    expect(tierLane.blockedBy?.(failedRecord)).toMatchObject({ message: expect.stringContaining('not registered') })
    expect(tierLane.blockedBy?.({ record: [], links: [{ result: 'failed', status: 'failed' }] })).toMatchObject({
      message: expect.stringContaining('not linked'),
    })
    expect(tierLane.blockedBy?.({ record: [], links: [] })).toBeUndefined()
  })
})

test('an unlink stands alone in a plan, and goes one member a request unless the plan says otherwise', () => {
  const unlink =
    'unlink: { customer: { externalId: "${a}" }, deLinkFromPartnerPrograms: [{ partnerProgramName: One }] }\n'
  expect(complaint(`${unlink}register: { body: "\${.}" }\n`)).toContain('`unlink` stands alone')
  expect(loadPlan(unlink, 'plan.yaml').lanes['unlink']?.batch).toBe(1)
  expect(loadPlan(unlink.replace('{ customer', '{ batch: 50, customer'), 'plan.yaml').lanes['unlink']?.batch).toBe(50)
})
