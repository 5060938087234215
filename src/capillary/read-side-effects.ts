import type { Json, SideEffect } from '../model.ts'
import { fieldOf, idOf, isList, isRecord, numberOf, textOf } from './coerce.ts'

/** Side effects of a registration: a list, or V1's `{effect: […]}`. What is not understood is kept raw. */
export function readSideEffects(value: Json | undefined): readonly SideEffect[] {
  const effects = isRecord(value) ? fieldOf(value, 'effect') : value
  const list = isList(effects) ? effects : isRecord(effects) ? [effects] : []
  return list.map(readSideEffect)
}

function readSideEffect(effect: Json): SideEffect {
  const type = textOf(fieldOf(effect, 'type'))?.toLowerCase() ?? 'unknown'
  const known =
    type === 'points'
      ? readPoints(effect)
      : type === 'alternate_currency'
        ? readCurrency(effect)
        : type === 'coupon'
          ? readCoupon(effect)
          : undefined
  return known ?? { kind: 'unknown', type, raw: effect }
}

function readPoints(effect: Json): SideEffect | undefined {
  const awarded = firstNumber(effect, 'awardedPoints', 'awarded_points', 'rawAwardedPoints', 'raw_awarded_points')
  return awarded === undefined ? undefined : { kind: 'points', awarded }
}

function readCurrency(effect: Json): SideEffect | undefined {
  const awarded = firstNumber(effect, 'awardedValue', 'awarded_value', 'rawAwardedValue', 'raw_awarded_value')
  const identifier = firstText(effect, 'alternateCurrencyIdentifier', 'alternate_currency_identifier')
  const name = firstText(effect, 'alternateCurrencyName', 'alternate_currency_name') ?? identifier
  if (awarded === undefined || name === undefined) return undefined
  return { kind: 'alternate_currency', name, awarded, identifier }
}

function readCoupon(effect: Json): SideEffect | undefined {
  const code = firstText(effect, 'couponCode', 'coupon_code', 'trimmedCouponCode')
  if (code === undefined) return undefined
  return {
    kind: 'coupon',
    code,
    validTill: firstText(effect, 'validTill', 'valid_till'),
    description: firstText(effect, 'description'),
    id: idOf(fieldOf(effect, 'id')),
  }
}

function firstNumber(effect: Json, ...names: readonly string[]): number | undefined {
  return names.map((name) => numberOf(fieldOf(effect, name))).find((number) => number !== undefined)
}

function firstText(effect: Json, ...names: readonly string[]): string | undefined {
  return names.map((name) => textOf(fieldOf(effect, name))).find((text) => text !== undefined)
}
