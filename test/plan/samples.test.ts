import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import type { SourceRow } from '../../src/model.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import type { Rendered } from '../../src/plan/compile-plan.ts'
import { memberName } from '../../src/plan/identifiers.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

const samples = new URL('../../samples/', import.meta.url)

function read(name: string): string {
  return readFileSync(new URL(name, samples), 'utf8')
}

/** Every row of a sample, rendered by the plan beside it. */
function renderSample(plan: string, data: string): readonly Rendered[] {
  const loaded = loadPlan(read(plan), plan)
  if (data.endsWith('.jsonl')) {
    const { render } = compilePlan(loaded, undefined)
    const values = read(data).trimEnd().split('\n')
    return values.map((line, index) =>
      render({ row: index + 1, line: index + 1, input: { kind: 'value', value: JSON.parse(line) } }),
    )
  }
  const [header = [], ...records] = parse(read(data), { relax_column_count: true })
  const { render } = compilePlan(loaded, header)
  return records.map((cells, index) => {
    const problem = cells.length === header.length ? undefined : 'ragged'
    const row: SourceRow = { row: index + 1, line: index + 2, input: { kind: 'cells', cells }, problem }
    return render(row)
  })
}

describe('the six bodies of the registration page come out of plans', () => {
  const files = readdirSync(new URL('register-samples/', samples))
  const names = files.filter((file) => file.endsWith('.plan.yaml')).map((file) => file.slice(0, -'.plan.yaml'.length))

  test('there are six', () => expect(names).toHaveLength(6))

  test.each(names)('%s', (name) => {
    const data = files.find((file) => file === `${name}.csv` || file === `${name}.jsonl`)
    const [rendered] = renderSample(`register-samples/${name}.plan.yaml`, `register-samples/${data}`)
    expect(rendered).toMatchObject({ kind: 'requests' })
    const body = rendered?.kind === 'requests' ? rendered.requests.register?.['body'] : undefined
    expect(body).toStrictEqual(JSON.parse(read(`register-samples/${name}.body.json`)))
  })
})

test('a link to two programs comes out whole, and shrinks to what a row has', () => {
  const [both, first, second, none] = renderSample('link.plan.yaml', 'link.csv')
  expect(both).toStrictEqual({
    kind: 'requests',
    key: '9400012345',
    members: [{ type: 'mobile', value: '919400012345' }],
    requests: {
      link: {
        customer: { mobile: '919400012345' },
        linkToPartnerPrograms: [goldstar('919400012345', 'Gold'), bluewing('BW-77001')],
        headers: undefined,
        query: undefined,
      },
    },
  })
  expect(first).toMatchObject({ requests: { link: { linkToPartnerPrograms: [goldstar('919400012346', 'Silver')] } } })
  expect(second).toMatchObject({ requests: { link: { linkToPartnerPrograms: [bluewing('BW-77003')] } } })
  expect(none).toMatchObject({ kind: 'skipped', key: '9400012348' })
})

describe('members.csv', () => {
  const rendered = renderSample('members.plan.yaml', 'members.csv')
  const numbered = rendered.map((row, index) => ({ ...row, row: index + 1 }))

  test('has 600 rows, and these are invalid', () => {
    expect(rendered).toHaveLength(600)
    const invalid = numbered.flatMap((row) => (row.kind === 'invalid' ? [`${row.row} ${row.message}`] : []))
    expect(invalid).toMatchInlineSnapshot(`
      [
        "23 dob: "31/02/1990" is not a date: day 31 does not exist in February 1990; expected dd/MM/yyyy",
        "41 mobile: "12345" is not a phone number; expected one of India, or an international one that begins with +",
        "77 The row has no identifier: mobile, email and external_id are empty.",
        "104 tier: "Gold" is not a plain number; expected digits, with a decimal point at most, such as 12.5",
        "171 dob: "05/17/1988" is not a date: month 17 does not exist; expected dd/MM/yyyy",
        "213 ragged",
        "228 mobile: "call the shop" is not a phone number; expected one of India, or an international one that begins with +",
        "266 points: "1,250" is not a plain number; expected digits, with a decimal point at most, such as 12.5",
        "305 The row has no identifier: mobile, email and external_id are empty.",
        "366 dob: "1979-08-15" is not a date of the form dd/MM/yyyy; expected one such as 31/12/2024",
        "379 ragged",
        "450 tier: "two" is not a plain number; expected digits, with a decimal point at most, such as 12.5",
        "489 mobile: "+91 98765 0" is not a phone number; expected one of India, or an international one that begins with +",
      ]
    `)
  })

  test('registers all others, and links those who have a partner', () => {
    const requests = rendered.filter((row) => row.kind === 'requests')
    expect(requests.every((row) => row.requests.register !== undefined)).toBe(true)
    const links = requests.filter((row) => row.requests.link !== undefined)
    expect(links.length).toBeGreaterThan(300)
    expect(links.length).toBeLessThan(requests.length - 100)
  })

  test('has three members twice, and no other shares a name', () => {
    const firsts = new Map<string, number>()
    const again = numbered.flatMap((row) => {
      const members = row.kind === 'requests' ? row.members.map(memberName) : []
      const earlier = members.map((member) => firsts.get(member)).find((found) => found !== undefined)
      for (const member of members) if (!firsts.has(member)) firsts.set(member, row.row)
      return earlier === undefined ? [] : [[earlier, row.row]]
    })
    expect(again).toStrictEqual([
      [31, 320],
      [102, 468],
      [160, 590],
    ])
  })
})

describe('the same members by V1', () => {
  const [first] = renderSample('members-v1.plan.yaml', 'members.csv')

  test('come out by its names, with what it has fields for', () => {
    expect(first).toMatchObject({
      kind: 'requests',
      requests: {
        'register-v1': {
          keep: true,
          customer: {
            external_id: 'M-10001',
            mobile: '919876500163',
            firstname: 'Chaitra',
            extended_fields: {
              field: [
                { name: 'city', value: 'Pune' },
                { name: 'dob', value: '1995/01/02' },
              ],
            },
          },
        },
        link: { customer: { externalId: 'M-10001' } },
      },
    })
  })

  test('no row is invalid that the plan for version 2 sends', () => {
    const known = new Set(invalidRows('members.plan.yaml'))
    expect(invalidRows('members-v1.plan.yaml').filter((row) => !known.has(row))).toEqual([])
  })
})

function invalidRows(plan: string): readonly number[] {
  return renderSample(plan, 'members.csv').flatMap(({ kind }, at) => (kind === 'invalid' ? [at + 1] : []))
}

test('of a change, a row asks for what it has', () => {
  const rows = renderSample('changes.plan.yaml', 'changes.csv')
  expect(rows.map((row) => (row.kind === 'requests' ? Object.keys(row.requests) : row.kind))).toEqual([
    ['update', 'tier'],
    ['update'],
    ['tier'],
  ])
  expect(rows[0]).toMatchObject({
    requests: {
      update: { by: { type: 'externalId', value: 'M-10001' }, body: { extendedFields: { city: 'Nagpur' } } },
      tier: { partnerProgramUpdates: [{ updateType: 'UPGRADE', updateDetails: { updatedTierName: 'Gold' } }] },
    },
  })
})

function goldstar(id: string, tier: string) {
  return {
    partnerProgramName: 'Goldstar',
    customerPartnerReference: {
      partnerMembershipId: id,
      partnerTierName: tier,
      partnerTierExpiryDate: '2031-12-31T23:59:59+05:30',
      membershipStartDate: '2025-12-23T17:55:00+05:30',
    },
  }
}
function bluewing(id: string) {
  return {
    partnerProgramName: 'Bluewing',
    customerPartnerReference: { partnerMembershipId: id, membershipStartDate: '2026-01-01T00:00:00+05:30' },
  }
}
