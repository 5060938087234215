import { messageShape } from '../../src/ledger/message-shape.ts'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/model.ts'
import { fieldOf } from './render.ts'

const tables = 'tables: { tiers: { Gold: 3, Silver: two, 01: first, None: "", Off: ~ }, levels: { High: 1, Low: 2 } }'

const read: readonly [template: string, input: Json, output: Json | undefined][] = [
  ['${a}', ' as it is ', ' as it is '],
  ['${a}', ' \u00a0\t', undefined],
  ['${a}', 7, 7],
  ['${a}', false, false],
  ['${a}', { deep: [1] }, { deep: [1] }],
  ['${a}', [], []],
  ['${a}', null, undefined],
  ['no. ${a}!', '7', 'no. 7!'],
  ['no. ${a}!', 7, 'no. 7!'],
  ['${a}${a}', 'x', 'xx'],
  ['${a}-${a}', '', undefined],
  ['$$${a}', '5', '$5'],
  ['$${a}', '5', '${a}'],
  ['$a costs $', '5', '$a costs $'],
  ['${"a"}', 'x', 'x'],
  ['${ a  |  upper|lower }', 'Xy', 'xy'],
  ['${a | trim}', '  x y  ', 'x y'],
  ['${a | upper}', 'straße', 'STRASSE'],
  ['${a | lower}', 12, '12'],
  ['${a | number}', '12', 12],
  ['${a | number}', ' +12.50 ', 12.5],
  ['${a | number}', '-.5', -0.5],
  ['${a | number}', '007', 7],
  ['${a | number}', '-0', 0],
  ['${a | number}', '9007199254740991', 9007199254740991],
  ['${a | number}', '0.10000000000000000', 0.1],
  ['${a | number}', 1.5, 1.5],
  ['${a | number}', '', undefined],
  ['${a | number}', '1e+06', 1000000],
  ['${a | number}', '1E5', 100000],
  ['${a | number}', '1.23457E+15', 1234570000000000],
  ['${a | number}', '2.5e-05', 0.000025],
  ['${a | number}', '99999.990000000002', 99999.99],
  ['${a | number}', '0.0099999999999999999998', 0.01],
  ['${a | number}', '1234.5600000000001', 1234.56],
  ['${a | number}', '0.00000010000000000000001', 1e-7],
  ['${a | number}', '0.30000000000000004', 0.30000000000000004],
  ['${a | number}', '99.98999786376953', 99.98999786376953],
  ['${a | number}', '١٢٫٥', 12.5],
  ['${a | number}', '۱۲۳', 123],
  ['${a | number}', '१२३', 123],
  ['${a | number}', '๑๒๓', 123],
  ['${a | number}', '１２３．５', 123.5],
  ['${a | number}', '\u22125', -5],
  ['${a | number}', '\u200e12\u200f', 12],
  ['${a | number}', "'12", 12],
  ['${a | number}', '="12.50"', 12.5],
  ['${a | number de-DE}', '1,23457E+05', 123457],
  ['${a | number ar-EG}', '١٬٢٣٤٫٥', 1234.5],
  ['n${a | number}', '1', 'n1'],
  ['${a}', "'00123", '00123'],
  ['${a}', "'01310-100", '01310-100'],
  ['${a}', "'+91 98765 43210", '+91 98765 43210'],
  ['${a}', "'90s kid", "'90s kid"],
  ['${a}', "'t Hooft", "'t Hooft"],
  ['${a}', "'-", "'-"],
  ['${a | number en-IN}', '12,34,567.50', 1234567.5],
  ['${a | number en-IN}', ' -1,234 ', -1234],
  ['${a | number en-IN}', '1234567', 1234567],
  ['${a | number en-US}', '1,234,567', 1234567],
  ['${a | number de-DE}', '1.234,5', 1234.5],
  ['${a | number de-DE}', '-,5', -0.5],
  ['${a | number de-DE}', '0,5', 0.5],
  ['${a | number fr-FR}', '1 234,5', 1234.5],
  ['${a | number fr-FR}', '1\u202f234\u00a0567', 1234567],
  ['${a | number de-CH}', "1'234.5", 1234.5],
  ['${a | number de-CH}', '1’234.5', 1234.5],
  ['${a | number sv-SE}', '\u221212,5', -12.5],
  ['${a | number es-ES}', '1234,5', 1234.5],
  ['${a | number en-IN}', 12.5, 12.5],
  ['${a | replace - ""}', 'a-b-c', 'abc'],
  ["${a | replace ' ' '$&'}", 'a b', 'a$&b'],
  ['${a | slice 2}', 'abc', 'bc'],
  ['${a | slice 2 2}', 'abc', 'b'],
  ['${a | slice -2 -2}', 'abc', 'b'],
  ['${a | slice -9}', 'abc', 'abc'],
  ['${a | slice 4}', 'abc', undefined],
  ['${a | slice 3 2}', 'abc', undefined],
  ['${a | slice 1 2}', '😀bc', '😀b'],
  ['${a | slice 1 4}', 20240131, '2024'],
  ['${a | split , 2}', 'a, b ,c', 'b'],
  ['${a | split , -1}', 'a, b ,c', 'c'],
  ['${a | split , 4}', 'a,b,c', undefined],
  ['${a | split , -4 | default x}', 'a,b,c', 'x'],
  ['${a | split , 2}', 'a,,c', undefined],
  ['${a | split ,}', 'a,, b', ['a', 'b']],
  ['${a | split ,}', ' , ', undefined],
  ['${a | join /}', ['a', 1, null, '', true], 'a/1/true'],
  ['${a | join /}', [], undefined],
  ['${a | join /}', 'a', 'a'],
  ['${a | join ""}', ['a', 'b'], 'ab'],
  ['${a | map tiers else other}', 'gold', 'other'],
  ['${a | map tiers else two words}', 'gold', 'two words'],
  ['${a | map tiers else x}', 'Gold', 3],
  ['${a | map tiers else x}', '', undefined],
  ['${a | map tiers else x}', 'None', undefined],
  ['${a | map levels else 0}', 'gold', 0],
  ['${a | number | default 0}', '', 0],
  ['${a | default 2 | number}', '', 2],
  ['${a | default 0}', '', '0'],
  ['${a | default New Delhi}', '  ', 'New Delhi'],
  ['${a | default "a } b"}', '', 'a } b'],
  ["${a | default 'it''s | so'}", '', "it's | so"],
  ["${a | default O'Brien}", '', "O'Brien"],
  ['${a | default x}', 'y', 'y'],
  ['${a | boolean | default no}', null, false],
  ['${a | boolean}', 'YES', true],
  ['${a | boolean}', ' n ', false],
  ['${a | boolean}', 1, true],
  ['${a | boolean}', '0', false],
  ['${a | boolean}', true, true],
  ['${a | boolean}', 't', true],
  ['${a | boolean}', 'F', false],
  ['${a | boolean}', '1.0', true],
  ['${a | boolean}', '0.0', false],
  ['${a | boolean}', '-1', true],
  ['${a | boolean}', '１', true],
  ['${a | boolean}', "'1", true],
  ['${a | boolean}', '"true"', true],
  ['${a | boolean}', '1,00', true],
  ['${a | boolean}', '.F.', false],
  ['${a | boolean}', 'ADEVĂRAT', true],
  ['${a | boolean}', 'ХИБНІСТЬ', false],
  ['${a | boolean}', 'ЛЪЖА', false],
  ['${a | boolean}', 'jah', true],
  ['${a | boolean}', 'Nē', false],
  ['${a | boolean}', 'taip', true],
  ['${a | boolean}', 'હા', true],
  ['${a | boolean}', 'ਨਹੀਂ', false],
  ['${a | boolean}', '不同意', false],
  ['${a | boolean}', '동의', true],
  ['${a | number}', '100-', -100],
  ['${a | number}', '"12.5"', 12.5],
  ['${a | number de-DE}', '1.234,50-', -1234.5],
  ['${a | boolean}', 'WAHR', true],
  ['${a | boolean}', 'Falsch', false],
  ['${a | boolean}', 'Sí', true],
  ['${a | boolean}', 'SI', true],
  ['${a | boolean}', 'no', false],
  ['${a | boolean}', 'Não', false],
  ['${a | boolean}', 'oui', true],
  ['${a | boolean}', 'HAYIR', false],
  ['${a | boolean}', 'YANLIŞ', false],
  ['${a | boolean}', 'ΨΕΥΔΗΣ', false],
  ['${a | boolean}', 'ΑΛΗΘΗΣ', true],
  ['${a | boolean}', 'FALSKT', false],
  ['${a | boolean}', 'USANN', false],
  ['${a | boolean}', 'हाँ', true],
  ['${a | boolean}', 'नहीं', false],
  ['${a | boolean}', 'Ya', true],
  ['${a | boolean}', 'tidak', false],
  ['${a | boolean}', '是', true],
  ['${a | boolean}', '否', false],
  ['${a | boolean}', 'はい', true],
  ['${a | boolean}', 'いいえ', false],
  ['${a | boolean}', 'نعم', true],
  ['${a | boolean}', 'لا', false],
  ['${a | boolean}', 'Да', true],
  ['${a | boolean}', 'нет', false],
  ['${a | boolean}', 'ใช่', true],
  ['${a | boolean}', 'có', true],
  ['${a | map tiers}', 'Gold', 3],
  ['${a | map tiers}', ' Silver ', 'two'],
  ['${a | map tiers}', '01', 'first'],
  ['${a | map tiers}', 'None', undefined],
  ['${a | map tiers | default 9}', 'Off', '9'],
  ['${a | date dd/MM/yyyy}', '29/02/2024', '2024-02-29'],
  ['${a | date dd/MM/yyyy}', ' 01/12/1999 ', '1999-12-01'],
  ['${a | date d.M.yy}', '1.2.68', '2068-02-01'],
  ['${a | date d.M.yy}', '11.12.69', '1969-12-11'],
  ['${a | date yyyyMMdd}', 20240131, '2024-01-31'],
  ['${a | date "d MMM yyyy"}', '3 sep 2020', '2020-09-03'],
  ['${a | date "MMMM d, yyyy" as dd-MM-yyyy}', 'February 28, 2023', '28-02-2023'],
  ['${a | date yyyy-MM-dd as "d MMMM yy, h a"}', '2005-07-09', '9 July 05, 12 AM'],
  ["${a | date yyyy-MM-dd'T'HH:mm as yyyy/MM/dd}", '1988-05-10T23:59', '1988/05/10'],
  ['${a | datetime yyyy-MM-dd}', '2030-01-02', '2030-01-02T00:00:00+00:00'],
  ['${a | datetime yyyy-MM-dd Asia/Kolkata}', '2030-01-02', '2030-01-02T00:00:00+05:30'],
  ['${a | datetime yyyy-MM-dd +05:30}', '2030-01-02', '2030-01-02T00:00:00+05:30'],
  ['${a | datetime yyyy-MM-dd Z}', '2030-01-02', '2030-01-02T00:00:00+00:00'],
  ['${a | datetime "yyyy-MM-dd HH:mm:ss.SSS"}', '2030-01-02 03:04:05.678', '2030-01-02T03:04:05+00:00'],
  ['${a | datetime "d/M/yyyy h:m a" America/New_York}', '4/7/2024 9:05 pm', '2024-07-04T21:05:00-04:00'],
  ['${a | datetime "dd/MM/yyyy hh a"}', '04/07/2024 12 AM', '2024-07-04T00:00:00+00:00'],
  ['${a | datetime "dd/MM/yyyy hh a"}', '04/07/2024 12 PM', '2024-07-04T12:00:00+00:00'],
  ['${a | datetime yyyy-MM-ddHH:mmXXX}', '2024-07-0423:30-0330', '2024-07-04T23:30:00-03:30'],
  ['${a | datetime yyyy-MM-ddHH:mmXXX Asia/Kolkata}', '2024-07-0423:30Z', '2024-07-05T05:00:00+05:30'],
  // Clocks forward: a time that is left out moves on. Clocks back: the first of the two.
  ['${a | datetime "yyyy-MM-dd HH:mm" Europe/Berlin}', '2024-03-31 02:30', '2024-03-31T03:30:00+02:00'],
  ['${a | datetime "yyyy-MM-dd HH:mm" Europe/Berlin}', '2024-03-31 01:59', '2024-03-31T01:59:00+01:00'],
  ['${a | datetime "yyyy-MM-dd HH:mm" Europe/Berlin}', '2024-10-27 02:30', '2024-10-27T02:30:00+02:00'],
  ['${a | datetime "yyyy-MM-dd HH:mm" Europe/Berlin}', '2024-10-27 03:00', '2024-10-27T03:00:00+01:00'],
  // Midnight itself is left out on this day.
  ['${a | datetime yyyy-MM-dd America/Sao_Paulo}', '2018-11-04', '2018-11-04T01:00:00-02:00'],
  ['${a | phone IN}', '9876543210', '919876543210'],
  ['${a | phone in}', '098765 43210', '919876543210'],
  ['${a | phone IN}', '+91 (98765) 43-210', '919876543210'],
  ['${a | phone IN}', '00919876543210', '919876543210'],
  ['${a | phone IN}', '919876543210', '919876543210'],
  ['${a | phone IN}', '9198765432', '919198765432'],
  ['${a | phone IN}', 9876543210, '919876543210'],
  ['${a | phone IN}', '+65 8123 4567', '6581234567'],
  ['${a | phone US}', '(213) 373-4253', '12133734253'],
  ['${a | phone IN}', '', undefined],
]

test.each(read)('%s reads %j as %j', (template, input, output) => {
  expect(fieldOf(template, input, tables)).toStrictEqual({ value: output })
})

const refused: readonly [template: string, input: Json, message: string, hint?: string][] = [
  ['${a | number}', '1,234', 'a: "1,234" is not a plain number', '1,234 may mean 1234 or 1.234'],
  ['${a | number}', '1.234,5', 'is not a plain number', 'not guessed'],
  ['${a | number}', '1e', 'expected digits, with a decimal point at most, such as 12.5'],
  ['${a | number}', '1.23457E+16', 'has more digits than a number can keep'],
  ['${a | number}', 'n/a', 'is not a plain number', "`rows: { empty: ['n/a'] }`"],
  ['${a | number}', '0x10', 'is not a plain number'],
  ['${a | number}', '5.', 'is not a plain number'],
  ['${a | number}', '₹1,234.00', 'is not a plain number', "`replace '₹' ''` in front of `number` takes it away."],
  ['${a | number}', '100 pts', 'is not a plain number', "`replace 'pts' ''`"],
  ['${a | number de-DE}', '1.234,50 €', 'is not a number as de-DE writes it', "`replace '€' ''`"],
  ['${a | number}', '(100)', 'is not a plain number', 'write it with a minus'],
  ['${a | number}', '12345678901234567.5', 'has more digits than a number can keep'],
  ['${a | number}', true, 'a: true is not a plain number'],
  ['${a | number}', '9007199254740993', 'has more digits than a number can keep', 'sent as text'],
  ['${a | number}', '0.12345678901234567', 'has more digits than a number can keep'],
  ['${a | number}', '1,234', 'is not a plain number', 'as in `number en-IN` or `number de-DE`'],
  ['${a | number en-IN}', '1,23', 'a: "1,23" is not a number as en-IN writes it; expected one such as 12,34,567.89'],
  ['${a | number en-US}', '12,34,567', 'is not a number as en-US writes it'],
  ['${a | number de-DE}', '1,234.5', 'expected one such as 1.234.567,89'],
  ['${a | number en-IN}', '₹100', 'is not a number as en-IN writes it'],
  ['${a | number en-IN}', '9,00,71,99,25,47,40,993', 'has more digits than a number can keep'],
  ['${a | number en-IN}', true, 'a: true is not a number'],
  ['${a | join /}', [['a']], 'a: [["a"]] is not a list of texts'],
  ['${a | split /}', ['a'], 'a: ["a"] is a list or an object; expected text'],
  ['${a | boolean}', 'N/A', 'is neither true nor false', "`rows: { empty: ['N/A'] }`"],
  ['${a | boolean}', 'maybe', 'expected true or false, yes or no, y or n, 1 or 0'],
  ['${a | boolean}', 2, 'is neither true nor false'],
  ['${a | upper}', { b: 1 }, 'a: {"b":1} is a list or an object; expected text'],
  ['x${a}', [1], 'a: [1] is a list or an object; expected text within text'],
  [
    '${a | map tiers}',
    'gold',
    'is not in the table tiers; expected one of Gold, Silver, 01, None, Off',
    'tables: tiers:',
  ],
  ['${a | date dd/MM/yyyy}', '31/02/2024', 'a: "31/02/2024" is not a date: day 31 does not exist in February 2024'],
  ['${a | date dd/MM/yyyy}', '29/02/2100', 'day 29 does not exist in February 2100'],
  ['${a | date dd/MM/yyyy}', '31/04/2024', 'day 31 does not exist in April 2024'],
  ['${a | date dd/MM/yyyy}', '00/04/2024', 'day 0 does not exist'],
  [
    '${a | date dd/MM/yyyy}',
    '12/25/2024',
    'month 25 does not exist',
    'Day and month may be swapped: the plan reads dd/MM/yyyy.',
  ],
  ['${a | date dd/MM/yyyy}', '01/01/0000', 'there is no year 0'],
  ['${a | date dd/MM/yyyy}', '2024-12-31', 'not a date of the form dd/MM/yyyy; expected one such as 31/12/2024'],
  ['${a | date dd/MM/yyyy}', '1/12/2024', 'not a date of the form dd/MM/yyyy', 'the plan says d and M'],
  ['${a | date dd/MM/yyyy}', '31/12/2024 10:00', 'not a date of the form dd/MM/yyyy'],
  ['${a | date "d MMM yyyy"}', '3 Foo 2020', 'expected one such as 31 Dec 2024'],
  ['${a | datetime "yyyy-MM-dd HH:mm"}', '2024-01-01 25:00', 'is not a time: hour 25 does not exist'],
  ['${a | datetime "yyyy-MM-dd HH:mm"}', '2024-01-01 24:00', 'hour 24 does not exist'],
  ['${a | datetime "yyyy-MM-dd HH:mm:ss"}', '2024-01-01 23:60:00', 'minute 60 does not exist'],
  ['${a | datetime "yyyy-MM-dd HH:mm:ss"}', '2024-01-01 23:59:60', 'second 60 does not exist'],
  ['${a | datetime "yyyy-MM-dd hh a"}', '2024-01-01 13 PM', 'hour 13 is not one of 1 to 12'],
  ['${a | datetime yyyy-MM-ddXXX}', '2024-01-01+99:00', 'expected one such as 2024-12-31+05:30'],
  ['${a | phone IN}', '12345', 'a: "12345" is not a phone number; expected one of India, or an international one'],
  ['${a | phone IN}', '98765 43210 ext 5', 'has an extension'],
  ['${a | phone IN}', '9.87654E+09', 'is a number in E-notation'],
  ['${a | phone IN}', 'tel 9876543210', 'holds text beside a number'],
]

test.each(refused)('%s refuses %j: %s', (template, input, message, hint = '') => {
  const field = fieldOf(template, input, tables)
  expect(field.message).toContain(message)
  expect(field.hint ?? '').toContain(hint)
})

test.each([
  ['number xx-XX', 'There is no locale `xx-XX`'],
  ['number en_IN', 'There is no locale `en_IN`'],
  ['number en-IN de-DE', 'The filter `number` is written `number`, or `number <locale>`'],
  ['replace x', 'The filter `replace` is written'],
  ['replace "" x', 'The filter `replace` is written'],
  ['slice', 'The filter `slice` is written'],
  ['slice 0', 'The filter `slice` is written'],
  ['slice 1 2 3', 'The filter `slice` is written'],
  ['split', 'The filter `split` is written'],
  ['split , x', 'The filter `split` is written'],
  ['join', 'The filter `join` is written'],
  ['map tiers or 0', 'as in `map tiers` or `map tiers else 0`'],
  ['phone IN fixed', 'takes `mobile` alone; found `fixed`'],
  ['phone India', "takes a country's two letters, as in `phone IN`; found `India`"],
  ['map tiers else', 'as in `map tiers` or `map tiers else 0`'],
  ['map levels else none', 'The values of the table `levels` are numbers, and `none` is none.'],
])('a plan that says `%s` is refused: %s', (filter, message) => {
  expect(() => fieldOf(`\${a | ${filter}}`, 'x', tables)).toThrow(message)
})

test('a long value is cut in the message', () => {
  const { message = '' } = fieldOf('${a | number}', 'x'.repeat(10_000))
  expect(message).toContain('xxx…" is not')
  expect(message.length).toBeLessThan(250)
  for (const value of [`${'x'.repeat(55)}"${'y'.repeat(9)}`, ['a', 'x'.repeat(60)], ['x'.repeat(54), 'yyy']]) {
    expect(messageShape(fieldOf('${a | number}', value).message ?? '')).not.toMatch(/xx|yy/)
  }
})

describe('dates agree with the platform', () => {
  test('every day that exists is read, and no other', () => {
    fc.assert(
      fc.property(upTo(9999), upTo(14), upTo(33), (year, month, day) => {
        const text = [String(year).padStart(4, '0'), ...[month, day].map((n) => String(n).padStart(2, '0'))].join('-')
        const exists = year > 0 && isDay(year, month, day)
        expect(fieldOf('${a | date yyyy-MM-dd}', text).value).toBe(exists ? text : undefined)
      }),
    )
  })

  test('a local time gets the offset that Temporal gives it', () => {
    const zones = fc.constantFrom(
      'Asia/Kolkata',
      'Europe/London',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Tehran',
    )
    const times = fc.date({ min: new Date('1950-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(zones, times, (zone, time) => {
        const local = time.toISOString().slice(0, 19)
        const expected = Temporal.PlainDateTime.from(local).toZonedDateTime(zone)
        const text = expected.toString({ smallestUnit: 'second', timeZoneName: 'never' })
        expect(fieldOf(`\${a | datetime yyyy-MM-dd'T'HH:mm:ss ${zone}}`, local).value).toBe(text)
      }),
    )
  })
})

function upTo(max: number) {
  return fc.integer({ min: 0, max })
}

function isDay(year: number, month: number, day: number): boolean {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).day === day
  } catch {
    return false
  }
}
