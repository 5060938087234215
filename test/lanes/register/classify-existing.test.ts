import { describe, expect, test } from 'vitest'
import { lookUpCode } from '../../../src/lanes/catalogue.ts'
import { classifyRegister } from '../../../src/lanes/register/classify-register.ts'
import type { RegisterContext } from '../../../src/lanes/register/classify-register.ts'
import { verdictOf, clean, v1, warning } from './register-cases.ts'
import type { Case } from './register-cases.ts'
import { errors, reply } from '../../capillary/replies.ts'

const echo: RegisterContext = { ambiguous: true, onExists: 'ok' }
const strict: RegisterContext = { ambiguous: false, onExists: 'reject' }
const exists = 'Add failed, Customer already exists with id 12345 for same source'
const registered = { kind: 'final', result: 'registered', status: 'ok', requestId: 'r-1' } as const

const existing: readonly Case[] = [
  [
    '8006 on a clean attempt',
    reply(500, errors(8006, exists)),
    {
      kind: 'final',
      result: 'exists',
      status: 'ok',
      customerId: '12345',
      code: 8006,
      message: exists,
      requestId: 'r-1',
    },
  ],
  [
    '8006 where the plan rejects it',
    reply(400, errors('8006', exists)),
    { kind: 'final', result: 'exists', status: 'rejected', customerId: '12345', code: 8006 },
    strict,
  ],
  [
    '8006 after a lost reply is our own echo',
    reply(200, errors(8006, exists)),
    {
      ...registered,
      customerId: '12345',
      confirmed: true,
      message: `Confirmed after a lost reply: ${exists} (8006)`,
      warnings: [],
    },
    echo,
  ],
  [
    '8006 after a lost reply, where the plan rejects members who exist',
    reply(200, errors(8006, exists)),
    { ...registered, confirmed: true },
    { ambiguous: true, onExists: 'reject' },
  ],
  [
    'an echo with a lossy warning',
    reply(200, { ...Object(errors(8006, exists)), warnings: [warning(8056)] }),
    { ...registered, status: 'warned', confirmed: true },
    echo,
  ],
  [
    '8006 without an id asks for a look-up',
    reply(500, errors(8006, 'Customer already exists')),
    { kind: 'final', result: 'exists', needsLookup: true },
  ],
  [
    'a template that was not filled in holds no id',
    reply(500, errors(8006, 'already exists with id {0} for same source')),
    { result: 'exists', kind: 'final', needsLookup: true },
  ],
  [
    'an external id is not the customer id',
    reply(500, errors(8006, 'Customer with external id 55 exists')),
    { kind: 'final', needsLookup: true },
  ],
  ['a user id', reply(500, errors(8006, 'exists as userId: 77')), { kind: 'final', customerId: '77' }],
  [
    'a created id beside 8006',
    reply(200, { createdId: 31, errors: [warning(8006, 'exists')] }),
    { kind: 'final', result: 'exists', customerId: '31' },
  ],
  [
    '8028 seems registered',
    reply(500, errors(8028, 'seems registered')),
    { kind: 'final', result: 'exists', status: 'ok', needsLookup: true },
  ],
  [
    '1014 of V1',
    reply(200, {
      response: {
        status: { success: 'false', code: 500 },
        customers: {
          customer: [{ id: '-1', item_status: { success: 'false', code: '1014', message: 'already registered' } }],
        },
      },
    }),
    { kind: 'final', result: 'exists', needsLookup: true },
    v1,
  ],
  ['1014 in a v2 envelope', reply(500, errors(1014, 'already registered')), { kind: 'final', result: 'exists' }],
  [
    'exists wins over other errors',
    reply(500, { errors: [warning(8013), warning(8006, exists)] }),
    { kind: 'final', result: 'exists', customerId: '12345' },
  ],
]

describe('replies that say that the member exists', () => {
  test.each(existing.map((each) => [each[0], each] as const))('%s', (_title, each) => {
    expect(verdictOf(each)).toMatchObject(each[2])
  })
})

test.each([
  ['exists with id 77', '77'],
  ['exists with user id 77', '77'],
  ['exists as user_id: 77', '77'],
  ['exists as customer-id=77', '77'],
  ['exists as customer_id 77', '77'],
  ['exists as CustomerId ("77")', '77'],
  ['exists with id #77, external id 55', '77'],
  ['exists with external id 55', undefined],
  ['exists with external  -id 55', undefined],
  ['exists with card id 55', undefined],
  ['exists with account_id 55', undefined],
  ['exists in program id 55', undefined],
  ['exists with email id 55', undefined],
  ['exists with e-mail id 55', undefined],
  ['exists with mail id 55', undefined],
  ['exists with mobile id 55', undefined],
  ['exists with id 0', undefined],
  ['exists with id 77a', undefined],
  ['exists with grid 55', undefined],
])('the customer’s own id in “%s” is %s', (message, customerId) => {
  expect(classifyRegister(reply(500, errors(8006, message)), clean)).toMatchObject({ result: 'exists', customerId })
})

test('a row that exists carries the catalogue’s remedy, and needs no look-up where the reply gives the id', () => {
  const verdict = classifyRegister(reply(500, errors(8006, exists)), clean)
  expect(verdict).toHaveProperty('hint', lookUpCode('register', 'error', 8006)?.remedy)
  expect(verdict).not.toHaveProperty('needsLookup')
})

test('an echo has no code of its own, since nothing is wrong', () => {
  expect(classifyRegister(reply(500, errors(8006, exists)), echo)).not.toHaveProperty('code')
})
