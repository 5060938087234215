import { expect, test } from 'vitest'
import type { Json } from '../../src/model.ts'
import { readSideEffects } from '../../src/capillary/read-side-effects.ts'

const currency = { type: 'alternate_currency', alternateCurrencyName: 'ac1' }
const coupon = { type: 'coupon', couponCode: 'C1' }

test.each([
  [
    { type: 'points', awardedPoints: 5 },
    { kind: 'points', awarded: 5 },
  ],
  [
    { type: 'points', awarded_points: '5' },
    { kind: 'points', awarded: 5 },
  ],
  [
    { type: 'points', rawAwardedPoints: 5 },
    { kind: 'points', awarded: 5 },
  ],
  [
    { type: 'points', raw_awarded_points: 5 },
    { kind: 'points', awarded: 5 },
  ],
  [
    { type: 'points', awardedPoints: 5, rawAwardedPoints: 5.4 },
    { kind: 'points', awarded: 5 },
  ],
  [{ ...currency, awardedValue: 7 }, { awarded: 7 }],
  [{ ...currency, awarded_value: 7 }, { awarded: 7 }],
  [{ ...currency, rawAwardedValue: 7 }, { awarded: 7 }],
  [{ ...currency, raw_awarded_value: 7 }, { awarded: 7 }],
  [{ type: 'alternate_currency', awardedValue: 7, alternate_currency_name: 'ac2' }, { name: 'ac2' }],
  [
    { type: 'alternate_currency', awardedValue: 7, alternate_currency_identifier: 'id2' },
    { name: 'id2', identifier: 'id2' },
  ],
  [
    { ...currency, awardedValue: 7, alternateCurrencyIdentifier: 'id1' },
    { kind: 'alternate_currency', name: 'ac1', identifier: 'id1' },
  ],
  [coupon, { kind: 'coupon', code: 'C1' }],
  [
    { type: 'coupon', coupon_code: 'C2', trimmedCouponCode: 'C' },
    { kind: 'coupon', code: 'C2' },
  ],
  [{ ...coupon, validTill: '2027-01-01' }, { validTill: '2027-01-01' }],
  [{ ...coupon, valid_till: '2027-01-01' }, { validTill: '2027-01-01' }],
])('%o is read under either of its spellings', (effect, expected) => {
  expect(readSideEffects([effect])).toEqual([expect.objectContaining(expected)])
})

test.each<{ readonly [name: string]: Json }>([
  { type: 'badge', couponCode: 'C1', awardedPoints: 3 },
  { type: 'alternate_currency', awardedValue: 7 },
  { type: 'coupon', description: 'a coupon' },
  { couponCode: 'C1' },
])('%o is kept raw, since its type does not say what it is', (effect) => {
  expect(readSideEffects([effect])).toEqual([{ kind: 'unknown', type: effect['type'] ?? 'unknown', raw: effect }])
})
