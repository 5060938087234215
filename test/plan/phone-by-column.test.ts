import { expect, test } from 'vitest'
import { makeFilter } from '../../src/plan/filters.ts'
import { findCountry } from '../../src/plan/find-country.ts'
import { renderCells } from './render.ts'

const PLAN = `
register:
  body:
    profiles: [{ identifiers: [{ type: mobile, value: "\${mobile | phone by country}" }] }]
`

function mobileOf(country: string, mobile: string, plan = PLAN): unknown {
  const rendered = renderCells(plan, { country, mobile })
  if (rendered.kind !== 'requests') return rendered.kind === 'invalid' ? rendered.message : rendered.kind
  return rendered.members[0]?.value
}

test.each([
  ['IN', '98765 43210', '919876543210'],
  ['India', '09876543210', '919876543210'],
  ['+91', '9876543210', '919876543210'],
  ['91.0', '919876543210', '919876543210'],
  ['GB', '07911 123456', '447911123456'],
  ['🇬🇧', '07911 123456', '447911123456'],
  // It says itself where it is from.
  ['IN', '+447911123456', '447911123456'],
  ['', '+447911123456', '447911123456'],
  ['Atlantis', '00447911123456', '447911123456'],
])('of the country %j, %j is %s', (country, mobile, number) => expect(mobileOf(country, mobile)).toBe(number))

test.each([
  ['GB', '9876543210', 'mobile: "9876543210" is not a phone number; expected one of United Kingdom'],
  [
    'Atlantis',
    '9876543210',
    'country: "Atlantis" is no country; expected its two letters, its name or its calling code',
  ],
  ['', '9876543210', 'mobile: "9876543210" is a number of a country that country does not say'],
  ['-', '(080) 2345 6789', 'mobile: "(080) 2345 6789" is a number of a country that country does not say'],
])('of the country %j, %j is refused: %s', (country, mobile, why) => expect(mobileOf(country, mobile)).toContain(why))

test('a row without a country has that behind `else`, and one with a country keeps it', () => {
  const plan = PLAN.replace('phone by country', 'phone by country else IN')
  expect(mobileOf('', '9876543210', plan)).toBe('919876543210')
  expect(mobileOf('N/A', '9876543210', plan)).toBe('919876543210')
  expect(mobileOf('GB', '07911123456', plan)).toBe('447911123456')
  expect(mobileOf('Atlantis', '9876543210', plan)).toContain('country: "Atlantis" is no country')
})

test('with `mobile`, a fixed line is refused', () => {
  const plan = PLAN.replace('phone by country', 'phone by country mobile')
  expect(mobileOf('DE', '030 123456', plan)).toContain('but no mobile; expected a mobile of Germany')
})

const make = (...args: string[]) => makeFilter('phone', args, { tables: new Map(), earlier: [] })

test('the column has to be there, and Belarus is a country', () => {
  expect(() => renderCells(PLAN, { mobile: '1' })).toThrow('The file has no column `country`')
  expect(make('by')).toMatchObject({ kind: 'read' })
  expect(make('by', 'mobile')).toMatchObject({ kind: 'read' })
  expect(make('by', 'land', 'else', 'X')).toMatchObject({
    mistake: expect.stringContaining('as in `phone by land else IN`'),
  })
  expect(make('by', 'land', 'mobil')).toMatchObject({ mistake: expect.stringContaining('takes `mobile` alone') })
  expect(make('by', 'land', 'mobile', 'x')).toMatchObject({
    mistake: expect.stringContaining('found `phone by land mobile x`'),
  })
})

test.each([
  ['IN', 'IN'],
  ['in', 'IN'],
  ['IND', 'IN'],
  ['INDIA', 'IN'],
  ['Indien', 'IN'],
  ['भारत', 'IN'],
  ['0091', 'IN'],
  ['India (+91)', 'IN'],
  ['+91 (India)', 'IN'],
  ['🇮🇳 India', 'IN'],
  ['UK', 'GB'],
  ['U.S.A.', 'US'],
  ['1', 'US'],
  ['Türkiye', 'TR'],
  ['台灣', 'TW'],
  ['EL', 'GR'],
  ['Guernsey +44', 'GG'],
  ['NA', 'NA'],
  ['N/A', undefined],
  ['India (+44)', undefined],
  ['🇮🇳 US', undefined],
  ['Congo', undefined],
  ['1-868', undefined],
  ['999', undefined],
  ['0', undefined],
  ['-', undefined],
  ['', undefined],
])('%j is the country %s', (cell, country) => expect(findCountry(cell)).toBe(country))
