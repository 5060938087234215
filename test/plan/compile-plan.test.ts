import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/model.ts'
import { UsageError } from '../../src/model.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'
import { bodyOrMessage, planOfOneField, renderCells, renderValue } from './render.ts'

const memberPlan = `register:
  headers: { SOURCE: IMPORT, BATCH: "b-\${batch}" }
  query: { source: INSTORE, wait: true }
  body:
    profiles:
      - firstName: \${first}
        identifiers:
          - { type: mobile, value: "\${mobile | phone IN}", label: "of \${first}" }
          - { value: "\${email}", type: email }
          - { type: card, value: "\${card}", seriesId: 73, extendedFields: { name: Mystays } }
        commChannels:
          - { type: email, value: "\${email}", meta: { seen: "\${seen | date yyyy-MM-dd}", residence: true } }
        fields: {}
        source: INSTORE
    extendedFields: { city: "\${city}", area: "\${area}" }
    tags: [imported, "\${tag}"]
    loyaltyProgramEnrollments:
      - { programId: 469, tierNumber: "\${tier | number}", note: fixed }
    referralCode: ""
link:
  customer: { mobile: "\${mobile | phone IN}", email: "\${email}" }
  linkToPartnerPrograms:
    - partnerProgramName: \${partner}
      customerPartnerReference: { partnerMembershipId: "\${member | number}" }
    - partnerProgramName: Bluewing
      customerPartnerReference: { partnerMembershipId: "\${blue}", partnerTierName: Blue }
`
const columns = 'first,mobile,email,card,seen,city,area,tag,tier,partner,member,blue,batch'.split(',')

function member(cells: Readonly<Record<string, string>>) {
  return renderCells(memberPlan, Object.fromEntries(columns.map((name) => [name, cells[name] ?? ''])))
}

describe('what is empty is left out, and what becomes empty with it', () => {
  test('a full row comes out whole', () => {
    const cells = { first: 'Asha', mobile: '9876543210', email: 'A@example.com', card: '12', seen: '2024-01-02' }
    const more = {
      city: 'Pune',
      area: 'x',
      tag: 'vip',
      tier: '2',
      partner: 'Goldstar',
      member: '7',
      blue: 'B1',
      batch: '9',
    }
    expect(member({ ...cells, ...more })).toStrictEqual({
      kind: 'requests',
      key: '919876543210',
      members: [
        { type: 'mobile', value: '919876543210' },
        { type: 'email', value: 'a@example.com' },
        { type: 'card', value: '12' },
      ],
      requests: {
        register: {
          headers: { SOURCE: 'IMPORT', BATCH: 'b-9' },
          query: { source: 'INSTORE', wait: 'true' },
          body: {
            profiles: [
              {
                firstName: 'Asha',
                identifiers: [
                  { type: 'mobile', value: '919876543210', label: 'of Asha' },
                  { value: 'A@example.com', type: 'email' },
                  { type: 'card', value: '12', seriesId: 73, extendedFields: { name: 'Mystays' } },
                ],
                commChannels: [
                  { type: 'email', value: 'A@example.com', meta: { seen: '2024-01-02', residence: true } },
                ],
                fields: {},
                source: 'INSTORE',
              },
            ],
            extendedFields: { city: 'Pune', area: 'x' },
            tags: ['imported', 'vip'],
            loyaltyProgramEnrollments: [{ programId: 469, tierNumber: 2, note: 'fixed' }],
            referralCode: '',
          },
        },
        link: {
          customer: { mobile: '919876543210', email: 'A@example.com' },
          linkToPartnerPrograms: [
            { partnerProgramName: 'Goldstar', customerPartnerReference: { partnerMembershipId: 7 } },
            {
              partnerProgramName: 'Bluewing',
              customerPartnerReference: { partnerMembershipId: 'B1', partnerTierName: 'Blue' },
            },
          ],
          headers: undefined,
          query: undefined,
        },
      },
    })
  })

  test('identifiers, channels, enrolments and programs without a value go; fixed parts stay', () => {
    expect(member({ card: '12', first: ' ', area: 'x' })).toStrictEqual({
      kind: 'requests',
      key: '12',
      members: [{ type: 'card', value: '12' }],
      requests: {
        register: {
          headers: { SOURCE: 'IMPORT' },
          query: { source: 'INSTORE', wait: 'true' },
          body: {
            profiles: [
              {
                identifiers: [{ type: 'card', value: '12', seriesId: 73, extendedFields: { name: 'Mystays' } }],
                fields: {},
                source: 'INSTORE',
              },
            ],
            extendedFields: { area: 'x' },
            tags: ['imported'],
            referralCode: '',
          },
        },
      },
    })
  })

  test('a channel keeps the fixed part of what it holds', () => {
    const body = bodyOrMessage(member({ email: 'a@example.com' }))
    expect(body).toMatchObject({ profiles: [{ commChannels: [{ meta: { residence: true } }] }] })
    expect(JSON.stringify(body)).not.toContain('seen')
  })

  test('an identifier without its value goes, though another of its columns has one', () => {
    const body = bodyOrMessage(member({ email: 'a@example.com', first: 'Asha' }))
    expect(body).toMatchObject({ profiles: [{ firstName: 'Asha', identifiers: [{ type: 'email' }] }] })
    expect(JSON.stringify(body)).not.toContain('of Asha')
  })

  test('a program without a name goes, whatever else of it is there', () => {
    const rendered = member({ email: 'a@example.com', member: 'no number', blue: 'B2' })
    expect(rendered).toMatchObject({
      requests: { link: { linkToPartnerPrograms: [{ partnerProgramName: 'Bluewing' }] } },
    })
  })
})

describe('rows that are not sent', () => {
  test('no identifier', () => {
    expect(member({ first: 'Asha' })).toMatchObject({
      kind: 'invalid',
      key: 'row 1',
      message: 'The row has no identifier: mobile, email and card are empty.',
      hint: 'A member needs a mobile, an e-mail or an external id.',
    })
  })

  test('everything that is wrong is said at once, each thing once', () => {
    const rendered = member({ mobile: '12', card: 'C', tier: 'x', seen: '1', email: 'e', partner: 'p', member: '1,5' })
    expect(rendered).toMatchObject({
      kind: 'invalid',
      key: 'e',
      message:
        'mobile: "12" is not a phone number; expected one of India, or an international one that begins with +; ' +
        'seen: "1" is not a date of the form yyyy-MM-dd; expected one such as 2024-12-31; ' +
        'tier: "x" is not a plain number; expected digits, with a decimal point at most, such as 12.5; ' +
        'member: "1,5" is not a plain number; expected digits, with a decimal point at most, such as 12.5',
      hint: '1,234 may mean 1234 or 1.234, so it is not guessed: say who writes so, as in `number en-IN` or `number de-DE`.',
    })
    // Both lanes read the mobile.
    expect(rendered.kind === 'invalid' && rendered.faults).toHaveLength(4)
  })

  test('a link without a customer', () => {
    expect(member({ card: '12', blue: 'B1' })).toMatchObject({
      kind: 'invalid',
      key: '12',
      message: 'The row asks for a link and names no customer: mobile and email are empty.',
    })
  })

  test('a header that HTTP does not take', () => {
    expect(member({ card: '12', batch: 'x\r\nHost: y' })).toMatchObject({
      kind: 'invalid',
      message: 'batch: "b-x\\r\\nHost: y" cannot be sent in a header; expected plain western text on one line',
    })
  })

  test('nothing asked for', () => {
    const plan = 'link: { customer: { id: "${id}" }, linkToPartnerPrograms: [{ partnerProgramName: "${p}" }] }'
    expect(renderCells(plan, { id: '5', p: '' })).toMatchObject({ kind: 'skipped', key: 'row 1' })
    expect(renderCells(plan, { id: '5', p: 'x' })).toMatchObject({
      kind: 'requests',
      key: '5',
      members: [{ type: 'id', value: '5' }],
    })
  })

  test('a record that could not be read keeps its reason', () => {
    const plan = loadPlan(`rows: { key: a }\n${planOfOneField('${a}')}`, 'plan.yaml')
    const { render } = compilePlan(plan, ['a'])
    const row = {
      row: 7,
      line: 8,
      input: { kind: 'cells' as const, cells: ['M-9', 'more'] },
      problem: 'too many cells',
    }
    expect(render(row)).toStrictEqual({
      kind: 'invalid',
      key: 'M-9',
      message: 'too many cells',
      faults: [{ message: 'too many cells', kind: 'too many cells' }],
    })
    expect(render({ ...row, input: { kind: 'cells', cells: [] } })).toMatchObject({ key: 'row 7' })
  })
})

describe('records of JSONL', () => {
  const body = { profiles: [{ identifiers: [{ type: 'email', value: ' A@Example.com ' }], x: null }], list: [] }

  test('the whole record is sent as it is, when it has an identifier', () => {
    const plan = 'register: { body: "${.}" }'
    expect(renderValue(plan, body)).toMatchObject({
      members: [{ type: 'email', value: 'a@example.com' }],
      requests: { register: { body } },
    })
    expect(bodyOrMessage(renderValue(plan, { profiles: [{ identifiers: [{ type: 'email', value: ' ' }] }] }))).toBe(
      'The body has no identifier: no profiles[].identifiers[] with a type and a value.',
    )
    const odds: readonly Json[] = [{}, [], 5, 'x', null, { profiles: {} }, { profiles: [null, { identifiers: 'x' }] }]
    for (const odd of odds) {
      expect(renderValue(plan, odd)).toMatchObject({ kind: 'invalid' })
    }
  })

  test.each<[string, Json, Json | undefined]>([
    ['a.b', { a: { b: 1 } }, 1],
    ['a.b', { 'a.b': 2, a: { b: 1 } }, 2],
    ['a.b.c', { a: { 'b.c': 3 } }, 3],
    ['a.1.b', { a: [0, { b: 4 }] }, 4],
    ['a.length', { a: [1] }, undefined],
    ['a.constructor', { a: {} }, undefined],
    ['a.b', { a: 'b' }, undefined],
    ['a', null, undefined],
  ])('%s of %j is %j', (path, record, expected) => {
    const rendered = bodyOrMessage(renderValue(planOfOneField(`\${${path}}`), record))
    expect(rendered).toStrictEqual({
      profiles: [{ identifiers: [{ type: 'externalId', value: 'M-1' }] }],
      ...(expected === undefined ? {} : { x: expected }),
    })
  })

  test('programs may come as a list of the record', () => {
    const plan = 'link: { customer: "${who}", linkToPartnerPrograms: "${programs}" }'
    const programs = [{ partnerProgramName: 'Goldstar' }]
    expect(renderValue(plan, { who: { id: 5 }, programs })).toMatchObject({
      members: [{ type: 'id', value: '5' }],
      requests: { link: { customer: { id: 5 }, linkToPartnerPrograms: programs } },
    })
    expect(renderValue(plan, { who: { id: 5 }, programs: [] })).toMatchObject({ kind: 'skipped' })
    expect(renderValue(plan, { who: 5, programs })).toMatchObject({ kind: 'invalid' })
    expect(renderValue(plan, { who: { id: 5 }, programs: 'x' })).toMatchObject({
      kind: 'invalid',
      message: 'linkToPartnerPrograms is not a list of programs.',
    })
  })
})

describe('columns', () => {
  test('those that the plan names, each once', () => {
    const compiled = compilePlan(loadPlan(`rows: { key: k }\n${memberPlan}`, 'plan.yaml'), ['k', 'other', ...columns])
    expect(compiled.lanes).toStrictEqual(['register', 'link'])
    expect(new Set(compiled.columnsUsed)).toStrictEqual(new Set(['k', ...columns]))
    expect(compiled.columnsUsed).toHaveLength(columns.length + 1)
  })

  test('all of them, where the whole record is sent', () => {
    const plan = loadPlan('register: { body: "${.}" }', 'plan.yaml')
    expect(compilePlan(plan, ['a', 'b']).columnsUsed).toStrictEqual(['a', 'b'])
    expect(compilePlan(plan, undefined).columnsUsed).toStrictEqual(['.'])
  })

  test('one that the file lacks, or holds twice, is refused with its place', () => {
    const text =
      'rows: { key: externalId }\nregister:\n  body:\n    a: ${First Name}\n    b: x ${twice}\n    c: ${xyz}\n'
    const plan = loadPlan(text, 'members.plan.yaml')
    const header = ['external_id', 'first_name', 'twice', 'twice']
    expect(() => compilePlan(plan, header)).toThrow(UsageError)
    expect(() => compilePlan(plan, header)).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: The plan has 4 problems:
      members.plan.yaml:1:14  rows.key
        The file has no column \`externalId\`. Did you mean \`external_id\`?
      members.plan.yaml:4:8  register.body.a
        The file has no column \`First Name\`. Did you mean \`first_name\`?
      members.plan.yaml:5:10  register.body.b
        The header holds \`twice\` more than once, so it is not known which is meant. Rename one of them.
      members.plan.yaml:6:8  register.body.c
        The file has no column \`xyz\`.
      The file's columns are: external_id, first_name, twice, twice]
    `)
    const whole = loadPlan('register: { body: "${.}" }', 'members.plan.yaml')
    expect(() => compilePlan(whole, header)).toThrow('holds `twice` more than once, so a record cannot be sent whole')
  })

  test('a name with spaces, and one with dots, is a column of that name in CSV', () => {
    expect(bodyOrMessage(renderCells(planOfOneField('${a b}'), { 'a b': '1' }))).toMatchObject({ x: '1' })
    expect(bodyOrMessage(renderCells(planOfOneField('${a.b}'), { 'a.b': '1' }))).toMatchObject({ x: '1' })
  })

  test('the whole record of CSV is an object by the columns’ names', () => {
    const plan = planOfOneField('"${.}"')
    expect(bodyOrMessage(renderCells(plan, { a: '1', b: '' }))).toMatchObject({ x: { a: '1', b: '' } })
  })
})

describe('laws', () => {
  const cells = fc.record(
    Object.fromEntries(
      columns.map((name) => [
        name,
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '9876543210', '2', '2024-01-02', 'a@example.com')),
      ]),
    ),
  )

  test('rendering never throws, and what it gives is JSON without a template in it', () => {
    fc.assert(
      fc.property(cells, (record) => {
        const rendered = member(record)
        const copy: unknown = JSON.parse(JSON.stringify(rendered))
        expect(copy).toEqual(rendered)
        const given = Object.values(record).join('')
        expect(given.includes('$') || !JSON.stringify(rendered).includes('${')).toBe(true)
      }),
    )
  })

  test('no JSONL record makes it throw', () => {
    const values = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)))
    const records = fc.dictionary(fc.constantFrom(...columns), values)
    const { render } = compilePlan(loadPlan(memberPlan, 'plan.yaml'), undefined)
    fc.assert(
      fc.property(fc.oneof(values, records), (value) => {
        const rendered = render({ row: 1, line: 1, input: { kind: 'value', value } })
        expect(['requests', 'invalid', 'skipped']).toContain(rendered.kind)
      }),
    )
  })

  test('a plan of literals comes out as it is', () => {
    const literals = fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.stringify(value))
    fc.assert(
      fc.property(
        literals.filter((text) => !/\$[{$]|__proto__|e[+-]?\d|\d{16}|-0[,}\]]|^-0$|\\u(?:0000|d[89a-f])/.test(text)),
        (text) => {
          expect(bodyOrMessage(renderCells(planOfOneField(text), { a: '' }))).toMatchObject({ x: JSON.parse(text) })
        },
      ),
    )
  })
})

describe("a report's record is what the JSON record was", () => {
  const ours = { _row: '7', _line: '9', _status: 'rejected' }
  const flat = {
    'profiles.0.firstName': 'Asha',
    'profiles.0.identifiers.0.type': 'externalId',
    'profiles.0.identifiers.0.value': 'M-1',
    'profiles.0.identifiers.1.type': '',
    'profiles.0.identifiers.1.value': '',
    'tags.1': 'b',
    'tags.0': 'a',
    'x.y': '',
  }

  test('whole', () => {
    const plan = 'register: { body: "${.}" }'
    expect(bodyOrMessage(renderCells(plan, { ...flat, ...ours }))).toEqual({
      profiles: [{ firstName: 'Asha', identifiers: [{ type: 'externalId', value: 'M-1' }] }],
      tags: ['a', 'b'],
    })
  })

  test('in its lists and objects', () => {
    const plan = planOfOneField(
      '{ tags: "${tags | join -}", first: "${profiles.0.firstName}", y: "${x}", z: "${tags}" }',
    )
    const body = bodyOrMessage(renderCells(plan, { ...flat, ...ours }))
    expect(body).toMatchObject({ x: { tags: 'a-b', first: 'Asha', z: ['a', 'b'] } })
    expect(body).not.toHaveProperty('x.y')
  })

  test('a column that is neither is refused, as are the lists of a file that is no report', () => {
    expect(() => renderCells(planOfOneField('${tag}'), { ...flat, ...ours })).toThrow('no column `tag`')
    expect(() => renderCells(planOfOneField('${tags}'), flat)).toThrow('no column `tags`')
  })
})
