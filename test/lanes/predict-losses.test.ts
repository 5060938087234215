import { expect, test } from 'vitest'
import { predictLinkLosses } from '../../src/lanes/link/predict-link-losses.ts'
import { predictRegisterLosses } from '../../src/lanes/register/predict-register-losses.ts'
import type { Json } from '../../src/model.ts'

const NOW = Date.parse('2026-11-25T12:00:00Z')

const profiles: readonly [what: string, profile: { readonly [name: string]: Json }, says: string | undefined][] = [
  ['a name of 100 letters', { firstName: 'x'.repeat(100) }, undefined],
  ['a first name of 101', { firstName: 'x'.repeat(101) }, 'firstName is longer than 100'],
  ['a last name of 101', { lastName: 'x'.repeat(101) }, 'lastName is longer than 100'],
  ['letters of any script', { firstName: 'Đức', lastName: "O'Brien-小林 " }, undefined],
  ['a name with a full stop', { firstName: 'J. R.' }, 'firstName holds signs'],
  ['a mobile of digits', mobile('919876543210'), undefined],
  ['a mobile with a plus', mobile('+919876543210'), 'a mobile is not 7 to 15 digits'],
  ['a mobile without its country code', mobile('09876543210'), 'a mobile is not'],
  ['a mobile too short', mobile('12345'), 'a mobile is not'],
  ['a plain e-mail', email('asha.rao+1@example.com'), undefined],
  ['an e-mail of other signs', email('asha!rao@example.com'), 'an e-mail has another form'],
  ['an e-mail of two points', email('asha..rao@example.com'), 'an e-mail has another form'],
  ['an e-mail without a host', email('asha@example'), 'an e-mail has another form'],
  ['an e-mail of 256 characters', email(`${'x'.repeat(244)}@example.com`), 'an e-mail is longer than 255'],
  ['a source in lower case', { source: 'Instore' }, 'source is not in capitals'],
]

test.each(profiles)('%s', (_, profile, says) => {
  const found = predictRegisterLosses({ body: { profiles: [profile] } }, NOW)
  expect(found.map(({ message }) => message)).toEqual(says === undefined ? [] : [expect.stringContaining(says)])
})

test.each([
  ['null', 1],
  ['NULL', 1],
  ['', 1],
  ['nullable', 0],
  [0, 0],
])('an extended field of %j', (value, count) => {
  expect(predictRegisterLosses({ body: { extendedFields: { city: value } } }, NOW)).toHaveLength(count)
})

test.each([
  ['2026-11-24T23:59:59+05:30', 1],
  ['2026-11-25', 0],
  ['2030-01-01', 0],
  ['soon', 0],
])('a tier that ends %s', (ends, count) => {
  expect(predictRegisterLosses({ body: { loyaltyProgramEnrollments: [{ tierExpiryDate: ends }] } }, NOW)).toHaveLength(
    count,
  )
  const program = { partnerProgramName: 'G', customerPartnerReference: { partnerTierExpiryDate: ends } }
  expect(predictLinkLosses({ customer: {}, linkToPartnerPrograms: [program, program] }, NOW)).toHaveLength(count)
})

test('only what is cut or dropped without a word is a loss of its own', () => {
  const profile = { firstName: 'x'.repeat(101), lastName: 'J.', ...mobile('12') }
  const found = predictRegisterLosses({ body: { profiles: [profile] } }, NOW)
  expect(found.map(({ silent }) => silent)).toEqual([true, false, false])
})

test.each([null, 'text', [1], { profiles: 'no list', extendedFields: [1], loyaltyProgramEnrollments: [null] }])(
  'a body of another form, %j, foretells nothing',
  (body: Json) => {
    expect(predictRegisterLosses({ body }, NOW)).toEqual([])
  },
)

function mobile(value: string) {
  return { identifiers: [{ type: 'mobile', value }] }
}

function email(value: string) {
  return { identifiers: [{ type: 'email', value }] }
}
