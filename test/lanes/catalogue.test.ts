import { describe, expect, test } from 'vitest'
import { codeEntries, entriesFor, lookUpCode } from '../../src/lanes/catalogue.ts'
import type { Severity } from '../../src/capillary/code-table.ts'

const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** The codes of Capillary's public pages, by where they are listed. */
const listed: readonly (readonly [string, Severity, readonly number[]])[] = [
  ['register-v1', 'success', [1000, 1040, 1052, 1061, 1300]],
  [
    'register-v1',
    'error',
    [
      400,
      500,
      618,
      816,
      8014,
      ...span(1001, 1004),
      ...span(1006, 1021),
      ...span(1023, 1039),
      ...span(1041, 1049),
      1051,
      1053,
      1060,
      1062,
      ...span(1086, 1099),
      ...span(1101, 1110),
      1150,
      ...span(1202, 1206),
      1222,
      ...span(1301, 1303),
      9028,
      10001,
      10002,
      ...span(91001, 91007),
      ...span(91009, 91022),
      8109,
      517,
    ],
  ],
  ['register-v1', 'warning', [1017]],
  [
    'register',
    'error',
    [
      ...span(8001, 8028),
      8045,
      ...span(8065, 8067),
      ...span(8084, 8087),
      ...span(8089, 8093),
      ...span(8100, 8109),
      ...span(8119, 8121),
      8126,
      8127,
      500,
      1006,
      3017,
      3217,
      521,
    ],
  ],
  ['register', 'warning', [...span(8050, 8064), 8066, ...span(8068, 8083), 8088, 8090, 8107, 1302, 521, 400]],
  ['link', 'error', [400, ...span(2001, 2018)]],
  ['balance', 'error', [8015, 1212, 1632, 8013, 8003, 8045, 8091, 8065, 8069]],
  ['request', 'success', [200, 201]],
  [
    'request',
    'error',
    [
      400,
      401,
      402,
      403,
      404,
      405,
      406,
      407,
      408,
      415,
      429,
      461,
      500,
      502,
      503,
      504,
      ...span(520, 524),
      517,
      1060,
      1061,
      1062,
      1064,
      4000,
      4001,
    ],
  ],
]

test.each(listed)('%s %s: every listed code is known', (endpoint, severity, codes) => {
  expect(codes.filter((code) => lookUpCode(endpoint, severity, code) === undefined)).toEqual([])
})

test('every entry has a class of its severity, a meaning and a remedy, as sentences', () => {
  const classes = { error: ['retry', 'final', 'exists', 'halt'], warning: ['benign', 'lossy'], success: ['done'] }
  const odd = codeEntries.filter(({ severity, class: kind, meaning, remedy }) => {
    return !classes[severity].includes(kind) || !/^[A-Z].*\.$/.test(meaning) || !/^[A-Zr].*\.$/.test(remedy)
  })
  expect(odd).toEqual([])
})

test('a meaning without a condition is the only one of its endpoint, severity and code', () => {
  const keys = codeEntries
    .filter(({ when }) => when === undefined)
    .map((entry) => `${entry.endpoint} ${entry.severity} ${entry.code}`)
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
})

describe('codes that stand for several things', () => {
  test.each([
    ['link', 'error', 2005, 'Customer is already linked with the partner program', 'exists'],
    ['link', 'error', 2005, 'Enroll the customer in the Loyalty Program', 'final'],
    ['link', 'error', 2005, '', 'final'],
    ['register', 'error', 521, 'Multiple actions are running for the same customer', 'retry'],
    ['register', 'warning', 521, 'Multiple actions are running for the same customer', 'lossy'],
    ['register', 'warning', 1302, 'supplementary program expiry', 'benign'],
    ['register-v1', 'error', 1302, 'Ticket registration failed', 'final'],
    ['register', 'error', 8066, 'merge', 'final'],
    ['register', 'warning', 8066, 'merge', 'lossy'],
    ['register', 'error', 1061, 'lookup header', 'halt'],
    ['register-v1', 'success', 1061, 'recommendations', 'done'],
    ['register', 'error', 500, 'All requests have failed due to errors', 'final'],
    ['register', 'error', 500, 'Internal error', 'retry'],
    ['register', 'error', 1014, '', 'exists'],
    ['register', 'error', 404, 'Customer not found', 'final'],
    ['register', 'error', 404, 'Not Found', 'halt'],
    ['link', 'error', 408, 'MAC mismatch', 'final'],
    ['link', 'error', 408, 'Request Timeout', 'retry'],
  ] as const)('%s %s %i "%s" is %s', (endpoint, severity, code, message, expected) => {
    expect(lookUpCode(endpoint, severity, code, message)?.class).toBe(expected)
  })

  test('8014 and 8020 are told apart by endpoint and message', () => {
    expect(lookUpCode('register', 'error', 8014, 'Mobile number validation failed')?.meaning).toMatch(/mobile/)
    expect(lookUpCode('register', 'error', 8014, 'Invalid Primary Id 5')?.meaning).toMatch(/primary identifier/)
    expect(lookUpCode('register-v1', 'error', 8014)?.meaning).toMatch(/country/)
    expect(lookUpCode('register', 'error', 8020, 'External ID validation failed')?.meaning).toMatch(/external id/)
    expect(lookUpCode('register', 'error', 8020, 'inference')?.meaning).toMatch(/Inferring/)
  })

  test('521 of the gateway is the API’s trouble, and of the body the member’s', () => {
    expect(lookUpCode('request', 'error', 521, 'Web server is down')).toMatchObject({
      scope: 'transport',
      ambiguous: true,
    })
    expect(lookUpCode('request', 'error', 521)?.scope).toBeUndefined()
  })

  test('a link never exists because of a registration’s code', () => {
    expect(lookUpCode('link', 'error', 8006)).toMatchObject({ class: 'final' })
    expect(lookUpCode('link', 'error', 1014)).toBeUndefined()
  })
})

test('an unknown code has no entry', () => {
  expect(lookUpCode('register', 'error', 31337)).toBeUndefined()
  expect(lookUpCode('register', 'warning', 31337)).toBeUndefined()
})

test('a warning known as an error only is lossy, with the error’s words', () => {
  const entry = lookUpCode('register', 'warning', 8086)
  expect(entry).toMatchObject({
    severity: 'warning',
    class: 'lossy',
    meaning: lookUpCode('register', 'error', 8086)?.meaning,
  })
})

test('all meanings of a code are found for the codes command', () => {
  expect(entriesFor(2005).map(({ class: kind }) => kind)).toEqual(['exists', 'final', 'final'])
  expect(new Set(entriesFor(8014).map(({ endpoint }) => endpoint))).toEqual(new Set(['register', 'register-v1']))
  expect(entriesFor(31337)).toEqual([])
})
