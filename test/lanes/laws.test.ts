import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LinkRequest } from '../../src/lanes/link/link-request.ts'
import { backoffMs } from '../../src/capillary/backoff.ts'
import { classifyLink } from './link/classify-link.ts'
import { classifyLookup } from '../../src/capillary/classify-lookup.ts'
import { classifyRegister } from '../../src/lanes/register/classify-register.ts'
import { idOf } from '../../src/capillary/coerce.ts'
import { parseJson } from '../../src/capillary/parse-json.ts'
import { reply } from '../capillary/replies.ts'
import { exchange } from './exchanges.ts'

const linkRow: fc.Arbitrary<LinkRequest> = fc.record({
  customer: fc.dictionary(fc.constantFrom('id', 'mobile', 'email', 'externalId'), fc.oneof(fc.string(), fc.nat())),
  linkToPartnerPrograms: fc.array(fc.record({ partnerProgramName: fc.constantFrom('Gold', 'Blue') }), {
    minLength: 1,
    maxLength: 3,
  }),
})
const almostOne = () => 1 - Number.EPSILON
const onExists = fc.constantFrom('ok' as const, 'reject' as const)

test('whatever answers a registration, there is a verdict', () => {
  fc.assert(
    fc.property(exchange, fc.boolean(), onExists, (what, ambiguous, exists) => {
      const verdict = classifyRegister(what, { ambiguous, onExists: exists })
      expect(['final', 'retry', 'throttled', 'halt']).toContain(verdict.kind)
      const isFine = verdict.kind !== 'final' || ['ok', 'warned'].includes(verdict.status)
      expect(isFine || verdict.message).toBeTruthy()
    }),
    { numRuns: 1000 },
  )
})

test('whatever answers a link request, every row has exactly one verdict, or the request has one', () => {
  fc.assert(
    fc.property(
      exchange,
      fc.array(linkRow, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      onExists,
      (what, rows, ambiguous, exists) => {
        const verdict = classifyLink(what, rows, { ambiguous: rows.map(() => ambiguous), onExists: exists })
        expect(verdict.kind === 'refused' && rows.length === 1).toBe(false)
        const verdicts = verdict.kind === 'rows' ? verdict.verdicts : []
        expect(verdicts).toHaveLength(verdict.kind === 'rows' ? rows.length : 0)
        for (const [at, each] of verdicts.entries()) {
          const asked = rows[at]?.linkToPartnerPrograms.length
          expect(
            each.kind === 'final'
              ? each.programs?.length
              : (each.programsDone?.length ?? 0) + (each.programsLeft?.length ?? 0),
          ).toBe(asked)
        }
      },
    ),
    { numRuns: 1000 },
  )
})

test('whatever order a reply has, each row gets its own customer', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1_000_000, max: 9_999_999 }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(
      ids.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([sent, answered]) => {
        const rows = sent.map((id): LinkRequest => ({
          customer: { externalId: `X${id}` },
          linkToPartnerPrograms: [{ partnerProgramName: 'Gold' }],
        }))
        const linkCustomers = answered.map((id) => ({
          customer: { id, externalId: `X${id}`, status: { status: true } },
          linkToPartnerPrograms: [{ partnerProgramName: 'Gold', partnerLinkStatus: { status: true } }],
        }))
        const verdict = classifyLink(reply(200, { linkCustomers }), rows, { ambiguous: [], onExists: 'ok' })
        expect(verdict).toMatchObject({ verdicts: sent.map((id) => ({ result: 'linked', customerId: String(id) })) })
      },
    ),
  )
})

test('whatever answers a look-up, there is a verdict', () => {
  fc.assert(
    fc.property(exchange, (what) => {
      expect(['found', 'absent', 'retry', 'throttled', 'halt']).toContain(classifyLookup(what).kind)
    }),
  )
})

test('a customer id keeps all its digits, as a number and as a string', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 25n }), (id) => {
      expect(classifyRegister(reply(200, `{"createdId":${id}}`), { ambiguous: false, onExists: 'ok' })).toHaveProperty(
        'customerId',
        String(id),
      )
      expect(
        classifyRegister(reply(200, `{"createdId":"${id}"}`), { ambiguous: false, onExists: 'ok' }),
      ).toHaveProperty('customerId', String(id))
    }),
  )
})

test('JSON comes back as it went, and only integers beyond 2^53 turn into strings', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // Text does not tell -0 from 0, and some numbers beyond 2^53 are written as integers.
      const text = JSON.stringify(value)
      fc.pre(!/\d{16}/.test(text))
      expect(parseJson(text)?.value).toEqual(JSON.parse(text))
    }),
  )
  expect(
    parseJson('[9007199254740993,-9007199254740993,9007199254740991,0.12345678901234,"1234567890123456"]')?.value,
  ).toEqual(['9007199254740993', '-9007199254740993', 9007199254740991, 0.12345678901234, '1234567890123456'])
  expect(parseJson('{')).toBeUndefined()
  expect(idOf(-5)).toBeUndefined()
})

test('backoff stays between nothing and its ceiling, doubles with each attempt, and is capped', () => {
  expect([1, 2, 3, 6, 7, 99, 5000].map((attempt) => backoffMs(attempt, {}, almostOne))).toEqual([
    999, 1999, 3999, 31_999, 59_999, 59_999, 59_999,
  ])
  expect([0, -3].map((attempt) => backoffMs(attempt, { baseMs: 8, capMs: 100 }, () => 0.5))).toEqual([4, 4])
  fc.assert(
    fc.property(fc.nat(5000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
      const wait = backoffMs(attempt, { baseMs: 100, capMs: 5000 }, () => random)
      expect(wait).toBeGreaterThanOrEqual(0)
      expect(wait).toBeLessThan(5000)
      expect(Number.isInteger(wait)).toBe(true)
    }),
  )
})
