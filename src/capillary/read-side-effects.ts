import type { Json, SideEffect } from '../model.ts'
import { cutText } from '../outside/cut-text.ts'
import { fieldOf, idOf, isList, isRecord, numberOf, wordsOf } from './coerce.ts'

/** Side effects of a registration: a list, or V1's `{effect: […]}`. What is not understood is kept raw. */
export function readSideEffects(value: Json | undefined): readonly SideEffect[] {
  const effects = isRecord(value) ? fieldOf(value, 'effect') : value
  const list = isList(effects) ? effects : isRecord(effects) ? [effects] : []
  return list.slice(0, MOST_EFFECTS).map(readSideEffect)
}

function readSideEffect(effect: Json): SideEffect {
  const type = wordsOf(fieldOf(effect, 'type'))?.toLowerCase() ?? 'unknown'
  const known =
    type === 'points'
      ? readPoints(effect)
      : type === 'alternate_currency'
        ? readCurrency(effect)
        : type === 'coupon'
          ? readCoupon(effect)
          : undefined
  return known ?? { kind: 'unknown', type, raw: shortened(effect) }
}

/** A row has a handful. */
const MOST_EFFECTS = 50
const MOST_RAW = 4_000

/** What is too long to be kept is kept as the beginning of its text. */
function shortened(effect: Json): Json {
  const text = JSON.stringify(effect)
  return text.length <= MOST_RAW ? effect : cutText(text, MOST_RAW)
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
  return names.map((name) => wordsOf(fieldOf(effect, name))).find((text) => text !== undefined)
}
