import { describe, expect, test } from 'vitest'
import { updateLane } from '../../../src/lanes/update/update-lane.ts'
import { loadPlan } from '../../../src/plan/load-plan.ts'
import { errors, fault, htmlPage, reply } from '../../capillary/replies.ts'
import { renderCells, renderValue } from '../../plan/render.ts'

const plan = (
  body = '{ profiles: [{ firstName: "${first_name}", source: INSTORE }], extendedFields: { city: "${city}" } }',
) => `update:
  by: { mobile: "\${mobile}", externalId: "\${external_id}" }
  source: INSTORE
  body: ${body}
`
const complaint = (text: string): string => {
  try {
    loadPlan(text, 'plan.yaml')
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('the plan was taken')
}

/** A sentence that says what to do. */
const HINT = /^[A-Z].{20,}\.$/

describe('a row asks for an update', () => {
  test('by the first identifier that it has, with what is not empty', () => {
    const rendered = renderCells(plan(), { mobile: '', external_id: 'A', first_name: 'Asha', city: '' })
    if (rendered.kind !== 'requests') throw new Error('not rendered')
    const request = rendered.requests['update'] as never
    expect(updateLane.request([{ request }])).toEqual({
      method: 'PUT',
      path: '/v2/customers/lookup',
      query: { source: 'INSTORE', identifierName: 'externalId', identifierValue: 'A' },
      headers: undefined,
      body: { profiles: [{ firstName: 'Asha', source: 'INSTORE' }] },
    })
  })

  test('not where it has nothing to change', () => {
    expect(renderCells(plan(), { mobile: '91', external_id: 'A', first_name: '', city: '' })).toMatchObject({
      kind: 'skipped',
      message: expect.stringContaining('nothing to change'),
    })
  })

  test('and is invalid without an identifier', () => {
    expect(renderCells(plan(), { mobile: '', external_id: '', first_name: 'Asha', city: '' })).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('names none: mobile and external_id are empty'),
    })
  })

  test.each([
    ['identifiers', { profiles: [{ firstName: 'A', identifiers: [{ type: 'mobile', value: '91' }] }] }],
    ['loyaltyProgramEnrollments', { profiles: [{ firstName: 'A' }], loyaltyProgramEnrollments: [{ programId: 1 }] }],
  ])('and is invalid where its record, sent whole, holds %s', (field, change) => {
    const whole = 'update: { by: { externalId: "${id}" }, source: INSTORE, body: "${change}" }'
    expect(renderValue(whole, { id: 'A', change })).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining(field),
    })
  })
})

describe('a plan is refused, with the reason, whose update holds', () => {
  test.each([
    [
      'identifiers',
      '{ profiles: [{ identifiers: [{ type: mobile, value: "${mobile}" }] }] }',
      'profiles[0].identifiers',
      'one account of the two',
    ],
    ['enrolments', '{ loyaltyProgramEnrollments: [{ programId: 1 }] }', 'loyaltyProgramEnrollments', 'credited'],
    [
      'no channels',
      '{ profiles: [{ firstName: "${first_name}", commChannels: [] }] }',
      'profiles[0].commChannels',
      'take the place',
    ],
    ['channels elsewhere', '{ commChannels: [] }', 'update.body.commChannels', 'profile'],
  ])('%s', (_what, body, path, why) => {
    const said = complaint(plan(body))
    expect(said).toContain(path)
    expect(said).toContain(why)
  })

  test('an identifier that nobody is found by', () => {
    expect(
      complaint('update: { by: { phone: "${a}" }, source: INSTORE, body: { extendedFields: { a: "${b}" } } }'),
    ).toContain('update.by.phone')
  })

  test.each(['by', 'source', 'body'])('no %s', (missing) => {
    const parts = {
      by: 'by: { externalId: "${a}" }',
      source: 'source: INSTORE',
      body: 'body: { extendedFields: { a: "${b}" } }',
    }
    const left = Object.entries(parts).flatMap(([name, text]) => (name === missing ? [] : [text]))
    expect(complaint(`update: { ${left.join(', ')} }`)).toContain(`update.${missing}`)
  })
})

const done = (...codes: number[]) =>
  reply(200, {
    createdId: 700,
    warnings: codes.map((code) => ({ status: false, code, message: `w${code}` })),
    sideEffects: [],
  })

describe('a reply', () => {
  const request = { by: { type: 'externalId', value: 'A' }, source: 'INSTORE', body: {} }
  const read = (exchange: Parameters<typeof updateLane.read>[0], customerId?: string) =>
    updateLane.read(exchange, [{ request, customerId }], { onExists: 'ok' })

  test.each([[done()], [reply(200, { createdId: '700', warnings: [] })]])(
    'that names the member is an update',
    (exchange) => {
      expect(read(exchange)).toMatchObject({ verdicts: [{ result: 'updated', status: 'ok', customerId: '700' }] })
    },
  )

  test('of the older form is one too', () => {
    expect(read(reply(200, { success: true, warnings: [] }))).toMatchObject({
      verdicts: [{ result: 'updated', customerId: undefined }],
    })
    expect(read(reply(500, { success: true }))).toMatchObject({ kind: 'retry', scope: 'transport', ambiguous: true })
  })

  test.each([8053, 8055, 8056, 8057, 8058, 8069, 8077])('with warning %d lost something', (code) => {
    expect(read(done(code))).toMatchObject({
      verdicts: [
        { result: 'updated', status: 'warned', warnings: [{ code, lossy: true, hint: expect.stringMatching(HINT) }] },
      ],
    })
  })

  test('with warning 8068 lost nothing', () => {
    expect(read(done(8068))).toMatchObject({
      verdicts: [{ status: 'ok', warnings: [{ code: 8068, lossy: false, hint: expect.stringMatching(HINT) }] }],
    })
  })

  test.each([8015, 8009, 8018, 3217])('that refuses is final: %d', (code) => {
    for (const status of [200, 400, 500]) {
      expect(read(reply(status, errors(code, 'no')))).toMatchObject({
        verdicts: [{ result: 'rejected', status: 'rejected', code, hint: expect.any(String) }],
      })
    }
  })

  test.each([
    ['521', reply(500, errors(521, 'Multiple actions')), 'row'],
    ['a page', reply(502, htmlPage), 'transport'],
    ['none', fault('ECONNRESET', true), 'transport'],
  ])('that passes is waited for: %s', (_what, exchange, scope) => {
    expect(read(exchange)).toMatchObject({ kind: 'retry', scope })
  })

  test('about another member than the one that was found is an alarm', () => {
    expect(read(done(), '701')).toMatchObject({
      verdicts: [{ status: 'warned', warnings: [{ grave: true, message: expect.stringContaining('701') }] }],
    })
    expect(read(done(), '700')).toMatchObject({ verdicts: [{ status: 'ok' }] })
  })
})

const before = (result: 'registered' | 'exists' | 'rejected', status: 'ok' | 'rejected') => ({
  record: [{ result, status }],
  links: [],
})

test('who was registered a moment ago is not updated, who is there is, and who could not be registered is not', () => {
  expect(updateLane.blockedBy?.({ record: [], links: [] })).toBeUndefined()
  expect(updateLane.blockedBy?.(before('exists', 'ok'))).toBeUndefined()
  expect(updateLane.blockedBy?.(before('registered', 'ok'))).toEqual({})
  expect(updateLane.blockedBy?.(before('rejected', 'rejected'))).toMatchObject({
    message: expect.stringContaining('rejected'),
  })
})

test('a reply that contradicts itself is no update', () => {
  const rows = [{ request: { source: 'INSTORE', by: { type: 'mobile', value: '91' }, body: {} } as never }]
  const read = (body: Parameters<typeof reply>[1]) => updateLane.read(reply(200, body), rows, { onExists: 'ok' })
  const warnings = [{ code: 8015, message: 'Customer not found' }]

  expect(read({ success: true, warnings })).toMatchObject({ verdicts: [{ result: 'rejected', code: 8015 }] })
  expect(read({ createdId: 7, success: false, errors: [] })).toMatchObject({ kind: 'retry', scope: 'row' })
  expect(read({ createdId: 7, success: true, warnings: [] })).toMatchObject({ verdicts: [{ result: 'updated' }] })
})
