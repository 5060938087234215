import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { choicesBy } from '../../src/init/choices.ts'
import { proposePlan } from '../../src/init/propose-plan.ts'
import { sampleColumns } from '../../src/init/sample-columns.ts'
import { type Json, type SourceRow, UsageError } from '../../src/model.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

test('what was said of how the file is written stands in the proposal', () => {
  const reading = `encoding: shift_jis, skip: 2, quote: "'"`
  const columns = sampleColumns([rowOf(0, { kind: 'cells', cells: ['M-1', 'x'] })], ['id, old', 'x'])
  const renamed = columns.map((column, at) => ({ ...column, name: at === 0 ? 'external_id' : column.name }))
  for (const [sampled, key] of [
    [columns, undefined],
    [renamed, 'external_id'],
  ] as const) {
    const { rows } = loadPlan(
      proposePlan(sampled, { file: 'members.csv', rows: 1, reading, choices: choicesBy(new Map()) }),
      'plan.yaml',
    )
    expect(rows.reading).toEqual({ encoding: 'shift_jis', skip: 2, quote: "'" })
    expect(rows.key?.column).toBe(key)
  }
})

describe('columns are recognised', () => {
  test('by their names, and checked by what stands in them', () => {
    const plan = propose(
      ['Member No.', 'FirstName', 'Surname', 'Mobile', 'E-Mail', 'DOB', 'City', 'Remark'],
      [
        ['M-1', 'Asha', 'Rao', '98765 43210', 'Asha@Example.com', '17/05/1988', 'Pune', ''],
        ['M-2', 'Ravi', 'Das', '+91 98765 43211', '', '01/12/1990', '', 'x'],
      ],
    )
    expect(bodyOf(plan, ['M-1', 'Asha', 'Rao', '98765 43210', 'Asha@Example.com', '17/05/1988', 'Pune', ''])).toEqual({
      profiles: [
        {
          firstName: 'Asha',
          lastName: 'Rao',
          identifiers: [
            { type: 'mobile', value: '919876543210' },
            { type: 'email', value: 'asha@example.com' },
            { type: 'externalId', value: 'M-1' },
          ],
          source: 'INSTORE',
        },
      ],
      extendedFields: { city: 'Pune', dob: '1988-05-17' },
    })
    expect(plan.text).toContain('#   Remark')
    expect(plan.text).toContain('key: Member No.')
  })

  test('by what stands in them, where names say nothing', () => {
    const { text } = propose(
      ['a', 'b', 'c'],
      [
        ['9876543210', 'asha@example.com', 'x'],
        ['6303412345', 'ravi@example.com', 'y'],
        ['7045987654', 'dev@example.com', 'z'],
        ['8123456780', 'meera@example.com', 'z'],
      ],
    )
    expect(text).toContain('{ type: mobile, value: "${a | phone IN}" }')
    expect(text).toContain('{ type: email, value: "${b | lower}" }')
  })

  test('phones are known by their digits, whatever stands between them', () => {
    const numbers = ['0171/1234567', '0172 765-4321', '(0160) 5555555', '+49 151 23456789']
    const { text } = propose(
      ['a'],
      numbers.map((number) => [number]),
    )
    expect(text).toContain('{ type: mobile, value: "${a | phone DE')
  })

  test('a column called phone that holds e-mails is none', () => {
    const { text } = propose(['phone'], [['asha@example.com']])
    expect(text).toContain('{ type: email, value: "${phone | lower}" }')
    expect(text).not.toContain('mobile')
  })

  test('partners become links, tiers and points a comment that needs a program', () => {
    const columns = ['id', 'points', 'tier', 'tier expiry', 'partner', 'membership id', 'partner tier']
    const { text } = propose(columns, [['7', '1250', 'Gold', '2030-12-31', 'Goldstar', 'GS1', 'Silver']])
    expect(text).toContain(`link:   # take this part out to register only
  customer: { externalId: "\${id}" }
  linkToPartnerPrograms:
    - partnerProgramName: \${partner}
      customerPartnerReference:
        partnerMembershipId: \${membership id}
        partnerTierName: \${partner tier}`)
    expect(text).toContain('    #     loyaltyPoints: ${points | number}')
    expect(text).toContain('    #     tierNumber: ${tier | map tiers}')
    expect(text).toContain('    # tables: { tiers: { Gold: 0 } }')
  })

  test('fields of JSONL, by their paths', () => {
    const rows: readonly Json[] = [{ id: 7, contact: { mobile: '+6581234567', email: null } }]
    const { text } = proposeFrom(
      rows.map((value, at) => rowOf(at, { kind: 'value', value })),
      undefined,
    )
    expect(text).toContain('"${contact.mobile | phone SG}"')
    expect(text).toContain('key: id')
    expect(text).toContain('#   contact.email (empty in these rows)')
  })
})

test('records of the API’s own form are sent as they are', () => {
  const value = { profiles: [{ firstName: 'Asha', identifiers: [{ type: 'mobile', value: '919876543210' }] }] }
  const { text } = proposeFrom([rowOf(0, { kind: 'value', value })], undefined)
  expect(text).toContain('body: ${.}')
  const plan = compilePlan(loadPlan(text, 'plan.yaml'), undefined)
  expect(plan.render(rowOf(0, { kind: 'value', value }))).toMatchObject({ requests: { register: { body: value } } })
})

test('numbers of JSON need no filter, and a field of one’s own is called in its words', () => {
  const values: readonly Json[] = [{ id: 7, points: 5, tier: 1, 'Home / City': 'Pune' }]
  const typed = proposeFrom(
    values.map((value, at) => rowOf(at, { kind: 'value', value })),
    undefined,
  ).text
  expect(typed).toContain('loyaltyPoints: ${points}\n')
  expect(typed).toContain('tierNumber: ${tier}\n')
  expect(typed).toContain('home_city: ${Home / City}\n')
})

describe('what is ambiguous is said', () => {
  test.each([
    ['03/04/2024', 'dd/MM/yyyy or MM/dd/yyyy'],
    ['3-4-24', 'd-M-yy or M-d-yy'],
    ['03.04.2024 16:05', "'dd.MM.yyyy HH:mm' or 'MM.dd.yyyy HH:mm'"],
  ])('%s', (date, choice) => {
    const { text } = propose(['id', 'born'], [['1', date]])
    expect(text).toContain(`\${born | date ${choice}}`)
    expect(text).toContain(`# ${date} may be `)
    expect(() => loadPlan(text, 'plan.yaml')).toThrow('A choice is left open here. Write `date ')
  })

  test.each([
    ['13/04/2024', 'dd/MM/yyyy'],
    ['4/13/2024', 'M/d/yyyy'],
    ['2024-04-13', 'yyyy-MM-dd'],
    ['13 April 2024', "'d MMMM yyyy'"],
    ['2024-04-13T16:05:00+05:30', `'yyyy-MM-dd''T''HH:mm:ssXXX'`],
  ])('and what is not is taken: %s', (date, format) => {
    const { text } = propose(['id', 'born'], [['1', date]])
    expect(text).toContain(`\${born | date ${format}}`)
    loadPlan(text, 'plan.yaml')
  })

  test.each([
    ['2024/04/13', 'yyyy/MM/dd'],
    ['20240413', 'yyyyMMdd'],
    ['13-Apr-2024', 'dd-MMM-yyyy'],
    ['3 Apr 24', "'d MMM yy'"],
    ['13 September 2024', "'d MMMM yyyy'"],
    ['Apr 3, 2024', "'MMM d, yyyy'"],
    ['September 3, 2024', "'MMMM d, yyyy'"],
    ['2024-04-13 16:05', "'yyyy-MM-dd HH:mm'"],
    ['2024-04-13 04:05 PM', "'yyyy-MM-dd hh:mm a'"],
    ['2024-04-13 4:05 PM', "'yyyy-MM-dd h:mm a'"],
    ['2024-04-13 6:05', "'yyyy-MM-dd H:mm'"],
    ['2024-04-13 04:05:06 PM', "'yyyy-MM-dd hh:mm:ss a'"],
    ['2024-04-13 16:05:06.789', "'yyyy-MM-dd HH:mm:ss.SSS'"],
    ['2024-04-13T16:05:06', `'yyyy-MM-dd''T''HH:mm:ss'`],
    ['2024-04-13T16:05:06.789Z', `'yyyy-MM-dd''T''HH:mm:ss.SSSXXX'`],
  ])('and the way in which a date is written is found: %s', (date, format) => {
    const { text } = propose(['id', 'born'], [['1', date]])
    expect(text).toContain(`\${born | date ${format}}`)
  })

  test('instants that are midnight in one place, and numbers with their country code, are known', () => {
    const columns = ['id', 'phone', 'born']
    const { text } = propose(columns, [
      ['1', '491771234037', '1988-05-09T18:30:00.000Z'],
      ['2', '491781234074.0', '1990-12-31T18:30:00.000Z'],
    ])
    expect(text).toContain('# All its times are midnight in Asia/Kolkata: the day is the one that it is there.')
    expect(text).toContain("${born | date 'yyyy-MM-dd''T''HH:mm:ss.SSSXXX' in Asia/Kolkata}")
    expect(text).toContain('${phone | phone DE}')
    loadPlan(text, 'plan.yaml')
  })

  test('one value that shows the order settles it', () => {
    const { text } = propose(
      ['id', 'born'],
      [
        ['1', '03/04/2024'],
        ['2', '04/13/2024'],
      ],
    )
    expect(text).toContain('date MM/dd/yyyy}')
  })

  test('numbers of several countries, and points with separators', () => {
    expect(propose(['id', 'points'], [['1', '1,250']]).text).toContain('${points | number en-IN or de-DE}')
    expect(propose(['id', 'points'], [['1', '1.250,50']]).text).toContain('${points | number de-DE}')
    expect(propose(['id', 'points'], [['1', "1'250.50"]]).text).toContain('${points | number de-CH}')
    expect(propose(['id', 'points'], [['1', '1 250,5']]).text).toContain('${points | number fr-FR}')
    expect(propose(['id', 'points'], [['1', '1.250']]).text).toContain('${points | number en-US or de-DE}')
    expect(
      propose(
        ['id', 'points'],
        [
          ['1', '1.250'],
          ['2', '0.125'],
        ],
      ).text,
    ).toContain('${points | number}')
    expect(propose(['mobile'], [['12345']]).text).toContain('${mobile | phone IN or US}')
  })

  test('what few of the values are is left to be invalid, and said', () => {
    const dates = [...Array.from({ length: 9 }, () => ['1', '13/04/2024']), ['2', 'soon']]
    const dated = propose(['id', 'born'], dates).text
    expect(dated).toContain('# 90 % of its values are written so; rows with others, as "soon", will be invalid.')
    expect(dated).toContain('dob: ${born | date dd/MM/yyyy}')
    const points = (plain: number, others: readonly string[]) =>
      propose(
        ['id', 'points'],
        [...Array.from({ length: plain }, () => '7'), ...others].map((text) => ['1', text]),
      ).text
    expect(points(19, ['1,250.50'])).toContain('${points | number}')
    expect(points(19, ['1,250.50'])).toContain('# 95 % of its values are written so')
    expect(points(9, ['1,250.50'])).toContain('${points | number en-IN}')
    expect(points(0, ['many', 'few'])).toContain('# its values do not look like numbers')
    expect(points(0, ['many', 'few'])).toContain('${points | number}')
    // Three of five are enough, and fewer are not.
    const born = (read: number, not: number) =>
      propose(
        ['id', 'born'],
        [
          ...Array.from({ length: read }, () => ['1', '13/04/2024']),
          ...Array.from({ length: not }, () => ['1', 'soon']),
        ],
      ).text
    expect(born(3, 2)).toContain('date dd/MM/yyyy')
    expect(born(4, 3)).toContain('# dob: ${born}   # its values are written in many ways, or are no dates, as "soon"')
  })
})

describe('a whole proposal', () => {
  test('of members alone', () => {
    expect(propose(['full name', 'cell', 'remark', '_row'], [['Asha Rao', '9876543210', '', '7']]).text)
      .toMatchInlineSnapshot(`
        "# A plan for members.csv, proposed from its columns and its first row. Read it through, change what is
        # wrong, then check the file under it, which sends nothing. docs/plan.md has all that a plan may say.
        rows:
          key: cell   # names a member in every report
        register:
          body:
            profiles:
              - firstName: \${full name}   # for a part of it: \${full name | split ' ' 1}
                identifiers:
                  # These may be numbers of Brazil or India or Russia or Mexico: keep the country they are of, take the others away.
                  - { type: mobile, value: "\${cell | phone BR or IN or RU or MX}" }
                source: INSTORE   # where these members are registered
        # Columns that are not used:
        #   remark (empty in these rows)
        "
      `)
  })

  test('with a program, links and what is left', () => {
    const { text } = propose(
      ['Mobile', 'First Name', 'Last Name', 'Tier', 'Points', 'Tier Expiry', 'Partner', 'Partner Expires', 'note: a'],
      [
        ['9876543210', 'Asha', 'Rao', '1', '75', '2030-12-31', 'Goldstar', '2030-12-31T10:00:00+05:30', 'x'],
        ['9876543211', 'Ravi', 'Das', '2', '80', '2031-12-31', 'Goldstar', '2031-12-31T10:00:00+05:30', 'y'],
      ],
    )
    expect(text).toMatchInlineSnapshot(`
      "# A plan for members.csv, proposed from its columns and its first 2 rows. Read it through, change what is
      # wrong, then check the file under it, which sends nothing. docs/plan.md has all that a plan may say.
      rows:
        key: Mobile   # names a member in every report
      register:
        body:
          profiles:
            - firstName: \${First Name}
              lastName: \${Last Name}
              identifiers:
                # These may be numbers of Brazil or India or Russia or Mexico: keep the country they are of, take the others away.
                - { type: mobile, value: "\${Mobile | phone BR or IN or RU or MX}" }
              source: INSTORE   # where these members are registered
          # For a loyalty program, put its number in the place of 0 and take the # away.
          # loyaltyProgramEnrollments:
          #   - programId: 0
          #     tierNumber: \${Tier | number}
          #     loyaltyPoints: \${Points | number}
          #     # Without a zone this is in UTC: put yours behind the format, as in Asia/Kolkata.
          #     tierExpiryDate: \${Tier Expiry | datetime yyyy-MM-dd}
      link:   # take this part out to register only
        customer: { mobile: "\${Mobile | phone BR or IN or RU or MX}" }
        linkToPartnerPrograms:
          - partnerProgramName: \${Partner}
            customerPartnerReference:
              partnerTierExpiryDate: "\${Partner Expires | datetime 'yyyy-MM-dd''T''HH:mm:ssXXX'}"
      # Columns that are not used:
      #   note: a
      "
    `)
  })

  test('of nothing that tells a member', () => {
    expect(propose(['a'], [['x']]).text).toMatchInlineSnapshot(`
      "# A plan for members.csv, proposed from its columns and its first row. Read it through, change what is
      # wrong, then check the file under it, which sends nothing. docs/plan.md has all that a plan may say.
      register:
        body:
          profiles:
            - identifiers:
                # No column looks like a mobile, an e-mail or an id. A member needs one of them:
                - { type: externalId, value: "" }
              source: INSTORE   # where these members are registered
      # Columns that are not used:
      #   a
      "
    `)
  })

  test('that links by e-mail, in lower case', () => {
    const { text } = propose(['email', 'partner'], [['A@example.com', 'Goldstar']])
    expect(text).toContain('  customer: { email: "${email | lower}" }')
    expect(text).not.toContain('customerPartnerReference')
  })
})

test('whatever columns are called and hold, the plan is one that loads, or says which choice is open', () => {
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom('mobile', 'e: mail', 'born #', 'a|b', "it's", '"q"', 'x}y', 'city\n', '{id}'),
  )
  const columns = fc.uniqueArray(
    name.filter((text) => text.trim() !== '' && text !== '.' && !text.includes('${')),
    { minLength: 1, maxLength: 6 },
  )
  const file = columns.chain((names) =>
    fc.tuple(
      fc.constant(names),
      fc.array(fc.array(cell, { minLength: names.length, maxLength: names.length }), { maxLength: 4 }),
    ),
  )
  fc.assert(
    fc.property(file, ([names, rows]) => {
      const { text } = propose(names, rows)
      try {
        compilePlan(loadPlan(text, 'plan.yaml'), names)
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError)
        const problems = String(error)
          .split('\n')
          .slice(1)
          .filter((line) => line.startsWith('  '))
        expect(problems.filter((line) => !line.includes('A choice is left open here'))).toEqual([])
      }
    }),
  )
})

const cell = fc.oneof(fc.string(), fc.constantFrom('', '9876543210', 'a@example.com', '03/04/2024', '1,250', 'Gold'))

interface Proposed {
  readonly text: string
  readonly columns: readonly string[]
}

function propose(columns: readonly string[], rows: readonly (readonly string[])[]): Proposed {
  return proposeFrom(
    rows.map((cells, at) => rowOf(at, { kind: 'cells', cells })),
    columns,
  )
}

function proposeFrom(rows: readonly SourceRow[], columns: readonly string[] | undefined): Proposed {
  const text = proposePlan(sampleColumns(rows, columns), {
    file: 'members.csv',
    rows: rows.length,
    choices: choicesBy(new Map()),
  })
  return { text, columns: columns ?? [] }
}

function rowOf(at: number, input: SourceRow['input']): SourceRow {
  return { row: at + 1, line: at + 2, input }
}

function bodyOf({ text, columns }: Proposed, cells: readonly string[]): Json | undefined {
  const rendered = compilePlan(loadPlan(text, 'plan.yaml'), columns).render(rowOf(0, { kind: 'cells', cells }))
  return rendered.kind === 'requests' ? (rendered.requests.register?.['body'] as Json | undefined) : rendered.message
}

test('what a program pads to one width is trimmed', () => {
  const columns = sampleColumns([rowOf(0, { kind: 'cells', cells: ['1    ', 'Asha      '] })], ['id', 'first name'])
  const text = proposePlan(columns, { file: 'members.csv', rows: 1, choices: choicesBy(new Map()) })
  expect(text).toContain('firstName: ${first name | trim}')
})
