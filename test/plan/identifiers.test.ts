import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/model.ts'
import { mendIdentifier } from '../../src/plan/mend-identifier.ts'
import { renderCells, renderValue } from './render.ts'

const PLAN = `
rows: { key: id }
register:
  body:
    profiles:
      - firstName: \${name}
        identifiers: [{ type: externalId, value: "\${id}" }, { type: email, value: "\${email | lower}" }]
link:
  customer: { externalId: "\${id}" }
  linkToPartnerPrograms:
    - partnerProgramName: Goldstar
      customerPartnerReference: { partnerMembershipId: "\${card}" }
`

interface Sent {
  readonly register: unknown
  readonly link: unknown
}

function sent(rendered: ReturnType<typeof renderCells>): Sent | string {
  if (rendered.kind !== 'requests') return rendered.message
  const { register, link } = rendered.requests
  return { register: register?.['body'], link }
}

test.each([
  ['00123', '00123'],
  ['="00123"', '00123'],
  ["'00123", '00123'],
  ['00123.0', '00123'],
  ['123.00', '123'],
  ['\u200b00124', '00124'],
  ['00125\u00a0', '00125'],
  [' 00126 ', '00126'],
  ['\ufeff00127', '00127'],
  ['00\u00ad128\u200e', '00128'],
  ['００１２９', '00129'],
  ['Ａ－１', 'A-1'],
  ['12E4', '12E4'],
  ['A.0', 'A.0'],
  ['1.5', '1.5'],
  ["O'1", "O'1"],
])('the id %j is sent as %s, wherever it is sent', (id, value) => {
  const record = { id, name: 'Asha', email: '', card: id }
  for (const rendered of [renderCells(PLAN, record), renderValue(PLAN, record)]) {
    expect(sent(rendered)).toMatchObject({
      register: { profiles: [{ identifiers: [{ type: 'externalId', value }] }] },
      link: {
        customer: { externalId: value },
        linkToPartnerPrograms: [{ customerPartnerReference: { partnerMembershipId: value } }],
      },
    })
    expect(rendered.kind === 'requests' && rendered.members).toEqual([{ type: 'externalId', value }])
  }
})

test.each([
  ['1.23457E+15', 'id: "1.23457E+15" is a number in E-notation: its last digits are lost; expected an id with all'],
  ['1,23457E+15', 'is a number in E-notation'],
  ['="1.23E+15"', 'is a number in E-notation'],
  ['1e+06', 'is a number in E-notation'],
  ['#REF!', 'id: "#REF!" is an error of a spreadsheet'],
  ['1.000', 'may be 1 or 1000'],
  ['1.2\u200eE+15', 'id: "1.2<U+200E>E+15" is a number'],
])('the id %j is not sent: %s', (id, message) => {
  const record = { id, name: 'Asha', email: 'a@example.com', card: 'c' }
  expect(sent(renderCells(PLAN, record))).toContain(message)
  expect(sent(renderValue(PLAN, record))).toContain(message)
})

test.each<[Json, string]>([
  [1.23e25, 'has more digits than a number keeps'],
  [2 ** 60, 'has more digits than a number keeps'],
  [true, 'is true or false; expected an id'],
  [{ $oid: '5f' }, 'is a list or an object; expected an id'],
  [['1'], 'is a list or an object; expected an id'],
])('the id %j of a JSON record is not sent: %s', (id, message) => {
  expect(sent(renderValue(PLAN, { id, email: 'a@example.com' }))).toContain(message)
})

test('an e-mail loses its armour, its full-width signs and what cannot be seen', () => {
  for (const email of [
    '="Asha@Example.com"',
    '\u202aasha@example.com\u202c',
    'ａｓｈａ＠example．com',
    ' asha@example.com',
  ]) {
    const rendered = renderCells(PLAN, { id: '1', name: '', email, card: '' })
    expect(rendered.kind === 'requests' && rendered.members).toContainEqual({
      type: 'email',
      value: 'asha@example.com',
    })
  }
})

describe('texts', () => {
  test.each([
    ['\u200bAsha', 'Asha'],
    ['="Asha"', 'Asha'],
    ['\u202bمحمد\u202c', 'محمد'],
    ['علی\u200cرضا', 'علی\u200cرضا'],
    ["'t Hooft", "'t Hooft"],
    [' Asha ', ' Asha '],
    ['\u3000山田\u3000', '\u3000山田\u3000'],
    ['\u3000山田\u200b', '山田'],
  ])('the name %j is sent as %j', (name, firstName) => {
    const rendered = renderCells(PLAN, { id: '1', name, email: '', card: '' })
    expect(sent(rendered)).toMatchObject({ register: { profiles: [{ firstName }] } })
  })

  test.each(['\u200b', '\u00ad', '\u200b \u200e', '\ufeff', '=""'])('a cell that holds %j alone is empty', (cell) => {
    const rendered = renderCells(PLAN, { id: '1', name: cell, email: cell, card: cell })
    expect(sent(rendered)).toEqual({
      register: { profiles: [{ identifiers: [{ type: 'externalId', value: '1' }] }] },
      link: undefined,
    })
  })
})

describe('a record that is sent whole', () => {
  const plan = 'register: { body: "${.}" }'
  test('has its identifiers mended, and nothing else', () => {
    expect(sent(renderValue(plan, bodyWith('="00123"')))).toMatchObject({ register: bodyWith('00123') })
    expect(sent(renderValue(plan, bodyWith('7.0')))).toMatchObject({ register: bodyWith('7') })
    const record = bodyWith(' 00123 ')
    const rendered = renderValue(plan, record)
    expect(rendered.kind === 'requests' && rendered.requests.register?.['body']).toBe(record)
  })

  test('is not sent with an id that is none', () => {
    expect(sent(renderValue(plan, bodyWith('1.23457E+15')))).toBe(
      'the record: "1.23457E+15" in profiles[0].identifiers[0].value is a number in E-notation: its last digits are lost; expected an id with all its digits',
    )
    expect(sent(renderValue(plan, bodyWith({ a: 1 })))).toContain(
      'in profiles[0].identifiers[0].value is a list or an object',
    )
  })

  test('of which a list is given has its identifiers mended', () => {
    const lists = 'register: { body: { profiles: "${people}", x: 1 } }'
    const people = [{ identifiers: [{ type: 'externalId', value: '7.0' }] }]
    expect(sent(renderValue(lists, { people }))).toMatchObject({
      register: { profiles: [{ identifiers: [{ type: 'externalId', value: '7' }] }] },
    })
  })
})

test('what is mended once stays as it is', () => {
  const signs = fc.constantFrom(...'0123456789.,Ee+-="\'\u200b\u00adＡ１ x@#'.split(''))
  fc.assert(
    fc.property(fc.string({ unit: signs, maxLength: 12 }), (text) => {
      const once = mendIdentifier(text, refuseSilently)
      if (typeof once === 'string' && once !== '') expect(mendIdentifier(once, refuseSilently) ?? once).toBe(once)
    }),
  )
})

function bodyWith(value: Json): Json {
  return { profiles: [{ firstName: ' A ', identifiers: [{ type: 'externalId', value }] }], x: 1 }
}

function refuseSilently(): undefined {
  return undefined
}
