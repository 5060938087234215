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

/** The same under a 429: the status of the program One of each customer. */
function tooFast(shape: keyof typeof SHAPES, ...statuses: readonly Json[]) {
  return { ...answer(shape, ...statuses.map((own) => ({ One: own }))), status: 429 }
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

  /** Of a row whom an earlier lane found to be that customer; the reply is about customer 1. */
  const readFound = (customerId: string, own: Json) => read(answer(name, { One: own }), row(1, ['One'], { customerId }))

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

  test('takes a reply that contradicts itself for none', () => {
    const nobody = { externalId: 'E1', status: failed(400, 'Cannot find customer for provided mobile') }
    const [, , status] = SHAPES[name]
    const one = (own: Json) => ({ partnerProgramName: 'One', [status]: own })
    for (const entry of [
      { customer: nobody, [programs]: [one(passed)] },
      { customer: { externalId: 'E1', status: found }, [programs]: [one(passed), one(failed(2001))] },
      { customer: { externalId: 'E1', status: found }, [programs]: [one(failed(2001)), one(passed)] },
    ]) {
      const answered = read(reply(200, { [list]: [entry], warnings: [] }), row(1, ['One']))
      expect(answered).toMatchObject({ verdicts: [{ kind: 'retry', scope: 'row', ambiguous: true }] })
    }
    const twice = { customer: { externalId: 'E1', status: found }, [programs]: [one(passed), one(passed)] }
    expect(read(reply(200, { [list]: [twice] }), row(1, ['One']))).toMatchObject({ verdicts: [{ result: done }] })
  })

  test('takes two answers about one customer for none where they contradict each other', () => {
    const [, , status] = SHAPES[name]
    const entry = (externalId: string, own: Json) => ({
      customer: { externalId, status: found },
      [programs]: [{ partnerProgramName: 'One', [status]: own }],
    })
    const rows = [row(1, ['One']), row(2, ['One'])]
    for (const [first, second] of [
      [passed, failed(2006)],
      [failed(2006), passed],
    ] as const) {
      expect(read(reply(200, { [list]: [entry('E1', first), entry('E1', second)] }), ...rows)).toMatchObject({
        verdicts: [
          { kind: 'retry', ambiguous: true },
          { kind: 'retry', ambiguous: true },
        ],
      })
    }
    const more = [entry('E1', passed), entry('E2', passed), entry('E2', failed(2006))]
    expect(read(reply(200, { [list]: more }), ...rows)).toMatchObject({
      verdicts: [{ kind: 'final', result: done }, { kind: 'retry' }],
    })
    expect(read(reply(200, { [list]: [entry('E1', passed), entry('E1', passed)] }), ...rows)).toMatchObject({
      verdicts: [{ kind: 'final', result: done }, { kind: 'retry' }],
    })
  })

  test('takes of a 429 what it says was done, and nothing that it refuses', () => {
    const rows = [row(1, ['One']), row(2, ['One'])]
    expect(read(tooFast(name, passed, failed(2006)), ...rows)).toMatchObject({
      verdicts: [{ kind: 'final', result: done }, { kind: 'again' }],
    })
    expect(read(tooFast(name, failed(2006), failed(429, 'Rate limit exceeded')), ...rows)).toMatchObject({
      kind: 'throttled',
    })
  })

  test('tells of errors beside answers that all say that it was done', () => {
    const entry = {
      customer: { externalId: 'E1', status: found },
      [programs]: [{ partnerProgramName: 'One', [SHAPES[name][2]]: passed }],
    }
    const answered = read(
      reply(200, { [list]: [entry], errors: [{ status: false, code: 500, message: 'All requests have failed' }] }),
      row(1, ['One']),
    )
    expect(answered).toMatchObject({
      verdicts: [{ result: done, status: 'warned', warnings: [{ code: 500, message: 'All requests have failed' }] }],
    })
  })

  test('tells where another member was changed than an earlier lane found', () => {
    expect(readFound('1', passed)).toMatchObject({ verdicts: [{ result: done, status: 'ok', warnings: [] }] })
    expect(readFound('7', passed)).toMatchObject({
      verdicts: [
        { result: done, status: 'warned', warnings: [{ grave: true }], hint: expect.stringContaining('Member Care') },
      ],
    })
    expect(readFound('7', failed(2006))).toMatchObject({ verdicts: [{ result: 'rejected', warnings: [] }] })
  })

  test('splits what is refused as a whole, and waits for what passes', () => {
    expect(read(reply(400, errors(2008, 'limit')), row(1, ['One']), row(2, ['One']))).toMatchObject({ kind: 'refused' })
    expect(read(answer(name, { One: failed(521, 'Multiple actions are running') }), row(1, ['One']))).toMatchObject({
      verdicts: [{ kind: 'retry' }],
    })
    expect(read(fault('ECONNRESET', true), row(1, ['One']))).toMatchObject({ kind: 'retry', ambiguous: true })
  })
})

test('a member who is not linked was not unlinked by us; after a lost reply, that is not known', () => {
  const request = { customer: { externalId: 'E1' }, deLinkFromPartnerPrograms: [{ partnerProgramName: 'One' }] }
  const answered = answer('unlink', { One: failed(2004, 'Link the customer first') })
  expect(unlinkLane.read(answered, [{ request }], { onExists: 'ok' })).toMatchObject({
    verdicts: [{ result: 'rejected', code: 2004, hint: expect.any(String) }],
  })
  expect(unlinkLane.read(answered, [{ request, ambiguous: true }], { onExists: 'ok' })).toMatchObject({
    verdicts: [
      {
        result: 'unlinked',
        status: 'warned',
        message: expect.stringContaining('whether this run took it out, or it was never linked, is not known'),
        hint: expect.any(String),
        warnings: [{ code: 2004, lossy: true }],
      },
    ],
  })
})

test('that is said of each program that was found so, in whichever attempt, and whatever came of the others', () => {
  const programs = ['One', 'Two'].map((partnerProgramName) => ({ partnerProgramName }))
  const row = {
    request: { customer: { externalId: 'E1' }, deLinkFromPartnerPrograms: programs.slice(1) },
    ambiguous: true,
    programsDone: [{ program: 'One', result: 'unlinked', already: true, code: 2004 }],
  } as const
  const unknown = expect.objectContaining({ message: expect.stringContaining('not linked to One') })
  expect(unlinkLane.read(answer('unlink', { Two: passed }), [row], { onExists: 'ok' })).toMatchObject({
    verdicts: [{ result: 'unlinked', status: 'warned', warnings: [unknown] }],
  })
  expect(unlinkLane.read(answer('unlink', { Two: failed(2006) }), [row], { onExists: 'ok' })).toMatchObject({
    verdicts: [{ result: 'partial', status: 'rejected', code: 2006, warnings: [unknown] }],
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
