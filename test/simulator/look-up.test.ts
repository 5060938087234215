import { expect, test } from 'vitest'
import { bodyOf, envelope, member, setup } from './setup.ts'

const NOT_FOUND = 'Customer not found for the given identifiers'

test.each([
  ['source=INSTORE&identifierName=externalId&identifierValue=A'],
  ['source=ALL&identifierName=mobile&identifierValue=9876543210'],
  ['source=INSTORE&identifierName=email,externalId&identifierValue=no@where.com,A'],
])('A customer is found: %s', async (query) => {
  const { register, get } = await setup({ firstId: 700 })
  await register(member({ externalId: 'A', mobile: '919876543210' }))
  const reply = await get(`/v2/customers/lookup?${query}`)
  expect(reply.status).toBe(200)
  expect(bodyOf(reply)).toEqual({ entity: 700, warnings: [] })
})

test.each([
  ['of another value', 'source=INSTORE&identifierName=externalId&identifierValue=B', 8015, NOT_FOUND],
  ['of another source', 'source=WEBSITE&identifierName=externalId&identifierValue=A', 8015, NOT_FOUND],
  ['without a source', 'identifierName=externalId&identifierValue=A', 8001, 'Lookup failed, no source passed'],
  ['of a source that is none', 'source=Shop&identifierName=externalId&identifierValue=A', 8003, 'Invalid source'],
  ['without an identifier', 'source=INSTORE', 8002, 'Lookup failed, no identifiers passed'],
])('A look-up %s is refused', async (_what, query, code, message) => {
  const { register, get } = await setup()
  await register(member({ externalId: 'A' }))
  for (const path of ['/v2/customers/lookup', '/v2/customers/lookup/points/balance']) {
    const reply = await get(`${path}?${query}`)
    expect(reply.status).toBe(500)
    expect(bodyOf(reply)).toEqual(envelope(code, message))
  }
})

test.each([
  ['of the default program', '', { totalPoints: 75, mainPoints: 75 }],
  ['of a program', '&programId=470', { programId: 470, totalPoints: 20 }],
  ['of a program without points', '&programId=471', { programId: 471, totalPoints: 0 }],
  ['over all programs', '&programId=470&fetchDataForAllPrograms=true', { totalPoints: 95 }],
])('The balance %s is that of the registration', async (_what, more, expected) => {
  const { register, get } = await setup({ firstId: 700 })
  const enrolments = [
    { programId: 469, loyaltyPoints: 75 },
    { programId: 470, loyaltyPoints: '20' },
  ]
  await register(member({ externalId: 'A' }, { loyaltyProgramEnrollments: enrolments }))
  const query = `source=INSTORE&identifierName=externalId&identifierValue=A${more}`
  expect(bodyOf(await get(`/v2/customers/lookup/points/balance?${query}`))).toEqual({
    entityId: 700,
    entityType: 'CUSTOMER',
    mainPoints: expected.totalPoints,
    promisedPoints: 0,
    promisedPointsBreakup: { delayedAccrualPoints: 0, externalTriggerBasedPoints: 0 },
    warnings: [],
    ...expected,
  })
})

test('An entity type that is none is refused', async () => {
  const { register, get } = await setup()
  await register(member({ externalId: 'A' }))
  const query = 'source=INSTORE&identifierName=externalId&identifierValue=A&entityType=CAT'
  expect(bodyOf(await get(`/v2/customers/lookup/points/balance?${query}`))).toEqual(envelope(1212, expect.any(String)))
})

test('Another path is answered as a web server would', async () => {
  const { get } = await setup()
  const reply = await get('/v3/customers')
  expect(reply.status).toBe(404)
  expect(reply.headers.get('content-type')).toBe('text/html')
})
