import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/model.ts'
import { normalise } from '../../src/plan/identifiers.ts'
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
  ['"00123"', '00123'],
  ["'00123'", '00123'],
  ["'asha@example.org", 'asha@example.org'],
  ['"asha@example.org"', 'asha@example.org'],
  ['mailto:asha@example.org', 'asha@example.org'],
  ['MAILTO:asha@example.org?subject=Hi', 'asha@example.org'],
  ['<asha@example.org>', 'asha@example.org'],
  ['Asha Rao <asha@example.org>', 'asha@example.org'],
  ['"Rao, Asha" <asha@example.org>;', 'asha@example.org'],
  ['asha@example.org <mailto:asha@example.org>', 'asha@example.org'],
  ['asha@example.org;', 'asha@example.org'],
  ['[asha@example.org](mailto:asha@example.org)', 'asha@example.org'],
  ['[Asha Rao](mailto:asha@example.org)', 'asha@example.org'],
  ['[asha@example.org](mailto:dev@example.org)', '[asha@example.org](mailto:dev@example.org)'],
  ['asha@example.org#mailto:asha@example.org#', 'asha@example.org'],
  ['Asha Rao#MAILTO:asha@example.org#', 'asha@example.org'],
  ['#mailto:asha@example.org#', 'asha@example.org'],
  ['dev@example.org#mailto:asha@example.org#', 'dev@example.org#mailto:asha@example.org#'],
  ['asha#rao@example.org', 'asha#rao@example.org'],
  ['asha@example.org.', 'asha@example.org'],
  ['asha@example.org <dev@example.org>', 'asha@example.org <dev@example.org>'],
  ['asha@example.org, dev@example.org', 'asha@example.org, dev@example.org'],
  ['No. 5.', 'No. 5.'],
  ['00123.0', '00123'],
  ['123.00', '123'],
  ['\u200b00124', '00124'],
  ['00125\u00a0', '00125'],
  [' 00126 ', '00126'],
  ['\ufeff00127', '00127'],
  ['00\u00ad128\u200e', '00128'],
  ['００１２９', '00129'],
  ['Ａ－１', 'A-1'],
  ['‘00123', '00123'],
  ['`00123', '00123'],
  ['“00123”', '00123'],
  ['«A-123»', 'A-123'],
  ['""00123""', '00123'],
  ["b'00123'", '00123'],
  ["u'A-1'", 'A-1'],
  ['ObjectId("507f1f77bcf86cd799439011")', '507f1f77bcf86cd799439011'],
  ['ObjectId(507f1f77bcf86cd799439011)', '507f1f77bcf86cd799439011'],
  ["Decimal('123')", '123'],
  ['Optional("00123")', '00123'],
  ['1234 5678 9012', '1234 5678 9012'],
  ['12.345.678', '12.345.678'],
  ['12E4', '12E4'],
  ['A.0', 'A.0'],
  ['1.5', '1.5'],
  ["O'1", "O'1"],
  ['M*17', 'M*17'],
  ['XXXL12', 'XXXL12'],
  ['MXXXX1234', 'MXXXX1234'],
  ['123.', '123'],
  ['00123,', '00123'],
  ['M-1;2', 'M-1;2'],
  ['Rao, Asha', 'Rao, Asha'],
  ['-5', '-5'],
  ["'t Hooft", "'t Hooft"],
  ['5" pipe"', '5" pipe"'],
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
  ['1E+5', 'is a number in E-notation'],
  ['0.123457e16', 'is a number in E-notation: its last digits are lost'],
  ['0.123457e6', 'is a number in E-notation, for 123457'],
  ['1.234567D+15', 'is a number in E-notation'],
  ['1.23457×10^15', 'is a number in E-notation: its last digits are lost'],
  ['1.23457*10^15', 'is a number in E-notation: its last digits are lost'],
  ['1,23457 × 10¹⁵', 'is a number in E-notation: its last digits are lost'],
  ['Err:502', 'is an error of a spreadsheet'],
  ['{"$oid":"507f1f77bcf86cd799439011"}', 'is JSON; expected an id'],
  ['["A1"]', 'is JSON; expected an id'],
  ["['A1']", 'is what a program prints for a list or an object; expected an id'],
  ["('A1',)", 'is what a program prints for a list or an object; expected an id'],
  ['{:id=>1}', 'is what a program prints for a list or an object; expected an id'],
  ['<a href="mailto:a@example.com">a@example.com</a>', 'is HTML; expected an id'],
  ['****1234', 'id: "****1234" hides some of its characters; expected a whole id'],
  ['XXXX-XXXX-XXXX-1234', 'hides some of its characters'],
  ['5412 XXXX XXXX 1234', 'hides some of its characters'],
  ['XXXXXX1234', 'hides some of its characters'],
  ['●●●●1234', 'hides some of its characters'],
  ['1234…', 'hides some of its characters'],
  ['1,001', 'is written with separators, as numbers are'],
  ['12,34,567.0', 'is written with separators, as numbers are'],
  ['1\u202f234\u202f569', 'is written with separators, as numbers are'],
  ['9.19876543210E11', 'is a number in E-notation, for 919876543210; expected an id'],
  ['#REF!', 'id: "#REF!" is an error of a spreadsheet'],
  ["1'234'567", 'is written with separators, as numbers are'],
  ['1.234.567,00', 'is written with separators, as numbers are'],
  ['12 345,00', 'is written with separators, as numbers are'],
  ['1٬234', 'is written with separators, as numbers are'],
  ['TRUE', 'is true or false; expected an id'],
  ['WAHR', 'is true or false; expected an id'],
  ['ЛОЖЬ', 'is true or false; expected an id'],
  ['[123]', 'is JSON; expected an id'],
  ['(123,)', 'is what a program prints for a list or an object; expected an id'],
  ['array([1])', 'is what a program prints for a list or an object; expected an id'],
  ['datetime.date(2023, 1, 1)', 'is what a program prints for a list or an object; expected an id'],
  ['M-1;M-2', 'holds several ids; expected one'],
  ['M-1, M-2', 'holds several ids'],
  ['17 | 18', 'holds several ids'],
  ['M-1\nM-2', 'holds several lines, or a tab; expected one id'],
  ['\u001AM-95', 'holds a control character; expected an id'],
  ['M\u00019', 'holds a control character'],
  ['M\u00969', 'holds a control character'],
  ['M\ufffdller-1', 'has a sign in the place of a character that could not be read'],
  ['=00123', 'id: "=00123" is a formula of a spreadsheet'],
  ['=HYPERLINK("https://example.org","00123")', 'is a formula of a spreadsheet'],
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
    ['"Asha"', 'Asha'],
    ['“Asha”', 'Asha'],
    ['«Asha»', 'Asha'],
    ['「Asha」', 'Asha'],
    ['‘Abd', '‘Abd'],
    ['„Mimi“ Rao', '„Mimi“ Rao'],
    ["'Asha'", 'Asha'],
    ['Asha "Mimi" Rao', 'Asha "Mimi" Rao'],
    ['"Mimi" and "Didi"', '"Mimi" and "Didi"'],
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

test.each([
  ["' @", '@'],
  ['\'"asha@x.com"', 'asha@x.com'],
  ['="\'00123"', '00123'],
])('%s is mended to its core', (text, id) => {
  expect(mendIdentifier(text, refuseSilently)).toBe(id)
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

test.each([
  'System.Object[]',
  '%!d(string=1001)',
  'System.Collections.Hashtable',
  '@{Id=7; Name=Asha}',
  '[Ljava.lang.String;@1b6d3586',
  'java.util.HashMap@2a139a55',
  '[B@1b6d3586',
  '<__main__.Row object at 0x7f1c2a3b4c50>',
  '#<Row:0x00007f8b1c0a2b28>',
])('%j is what a program prints for an object, and no id', (id) => {
  expect(sent(renderCells(PLAN, { id, name: '', email: '', card: '' }))).toContain('is what a program prints')
})

test.each(['System', 'System.1', 'java.7', '@asha', '<asha>', '[B12]'])('%j is an id', (id) => {
  expect(JSON.stringify(sent(renderCells(PLAN, { id, name: '', email: '', card: '' })))).toContain(`"value":"${id}"`)
})

/** What is said of the column `id`, which goes to one place alone, after these values. */

/** Registers by a text with the id in it, and links by a membership. */
function membershipPlan(rules = ''): string {
  return `${rules}
rows: { key: mobile }
register:
  body:
    profiles: [{ identifiers: [{ type: externalId, value: "GS-\${id}" }, { type: mobile, value: "\${mobile}" }] }]
link:
  customer: { mobile: "\${mobile}" }
  linkToPartnerPrograms:
    - partnerProgramName: Goldstar
      customerPartnerReference: { partnerMembershipId: "\${card}" }
`
}

describe('a word for nothing', () => {
  const record = { id: 'NULL', mobile: '919876543210', card: 'n/a' }

  test('makes no part of an id, and is nobody’s membership', () => {
    const rendered = renderCells(membershipPlan(), record)
    expect(sent(rendered)).toEqual({
      register: { profiles: [{ identifiers: [{ type: 'mobile', value: '919876543210' }] }] },
      // As with an empty cell: the program's name alone asks for nothing.
      link: undefined,
    })
    expect(rendered).toMatchObject({
      leftOut: [
        { message: 'The id is left out: ‘NULL’ stands for nothing.' },
        { message: 'The card is left out: ‘n/a’ stands for nothing.' },
      ],
    })
  })

  test('is told where nothing is left to ask for', () => {
    const link = membershipPlan().replace(/register:[^]*(?=link:)/, '')
    expect(sent(renderCells(link, record))).toContain('it names no partner program. The card is left out: ‘n/a’')
  })

  test('makes the row invalid, or is sent, where the plan says so', () => {
    expect(sent(renderCells(membershipPlan('placeholders: invalid'), record))).toContain(
      'card: "n/a" stands for nothing',
    )
    expect(sent(renderCells(membershipPlan('placeholders: send'), record))).toMatchObject({
      register: { profiles: [{ identifiers: [{ value: 'GS-NULL' }, {}] }] },
      link: { linkToPartnerPrograms: [{ customerPartnerReference: { partnerMembershipId: 'n/a' } }] },
    })
  })

  test('is not what a number of few digits is, behind other text', () => {
    const rendered = renderCells(membershipPlan(), { ...record, id: '11111', card: 'G-1' })
    expect(sent(rendered)).toMatchObject({ register: { profiles: [{ identifiers: [{ value: 'GS-11111' }, {}] }] } })
    expect(rendered).not.toHaveProperty('leftOut')
  })
})

test('e-mails are told apart in small letters', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', 'Z', '@', '.', '1', 'İ', 'É', '\u212a') }))
  fc.assert(
    fc.property(text, (value) => {
      expect(normalise('email', value)).toBe(value.toLowerCase())
    }),
  )
})

test('an identifier is rendered alike in whichever order its fields stand', () => {
  const cell = fc.oneof(fc.string(), fc.constantFrom('', ' ', 'n/a', '="00123"', '9876543210', '1.5E+12', '000000'))
  fc.assert(
    fc.property(cell, cell, (mobile, email) => {
      const [usual, turned] = ['type: mobile, value: "${mobile}"', 'value: "${mobile}", type: mobile'].map((fields) =>
        renderCells(planOf(fields), { mobile, email }),
      )
      expect(usual).toEqual(turned)
    }),
  )
})

function planOf(fields: string): string {
  return `register:
  body:
    profiles:
      - identifiers: [{ type: externalId, value: M-1 }, { ${fields} }, { type: email, value: "\${email}" }]
`
}
