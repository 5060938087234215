import { expect, test } from 'vitest'
import { proposePlan } from '../../src/init/propose-plan.ts'
import { choicesBy } from '../../src/init/choices.ts'
import { sampleColumns } from '../../src/init/sample-columns.ts'
import type { SourceRow } from '../../src/model.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

const columns = ['Member No.', 'FirstName', 'Mobile', 'DOB', 'City', 'Points', 'Partner', 'Partner tier']
const row = ['M-1', 'Asha', '+919876543210', '17/05/1988', 'Pune', '120', 'Skyclub', 'Silver']
const render = (text: string) =>
  compilePlan(loadPlan(text, 'plan.yaml'), columns).render(rowOf(0, { kind: 'cells', cells: row }))

test('register-v1 by its own names, with a choice to be made of who is there', () => {
  const { text } = propose(columns, [row], ['register-v1', 'link'])
  expect(() => loadPlan(text, 'plan.yaml')).toThrow('`existing: keep`')
  expect(text).toContain('# V1 has no field for points or tiers, so these are not sent: Points.')
  expect(text).not.toContain('not used')
  expect(render(text.replace('keep or update', 'keep'))).toMatchObject({
    requests: {
      'register-v1': {
        customer: {
          external_id: 'M-1',
          mobile: '919876543210',
          firstname: 'Asha',
          extended_fields: {
            field: [
              { name: 'city', value: 'Pune' },
              { name: 'dob', value: '1988-05-17' },
            ],
          },
        },
      },
      link: { customer: { externalId: 'M-1' } },
    },
  })
})

test('update and tier: who is asked by, and which kind of change is open', () => {
  const { text } = propose(columns, [row], ['update', 'tier'])
  expect(() => loadPlan(text, 'plan.yaml')).toThrow('expected one of UPGRADE, DOWNGRADE, RENEW')
  expect(render(text.replace(' or DOWNGRADE or RENEW', ''))).toMatchObject({
    requests: {
      update: {
        by: { type: 'mobile' },
        body: { profiles: [{ firstName: 'Asha' }], extendedFields: { city: 'Pune' } },
      },
      tier: {
        partnerProgramUpdates: [{ partnerProgramName: 'Skyclub', updateDetails: { updatedTierName: 'Silver' } }],
      },
    },
  })
})

test('a lane of which the columns show nothing stands there as a comment', () => {
  const { text } = propose(['mobile'], [['+919876543210']], ['register', 'link'])
  expect(text).toContain('# link: no column looks like a partner program')
  expect(() => loadPlan(text, 'plan.yaml')).not.toThrow()
})

function propose(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  lanes: readonly string[],
): { readonly text: string } {
  const sampled = sampleColumns(
    rows.map((cells, at) => rowOf(at, { kind: 'cells', cells })),
    names,
  )
  return {
    text: proposePlan(sampled, { file: 'members.csv', rows: rows.length, choices: choicesBy(new Map()), lanes }),
  }
}

function rowOf(at: number, input: SourceRow['input']): SourceRow {
  return { row: at + 1, line: at + 2, input }
}

test('a column that holds the whole record as JSON is told of, since the member is in there', () => {
  const packed = JSON.stringify({ mobile: '9876543210', id: 'A1' })
  const { text } = propose(['MessageId', 'Body'], [['m-1', packed]], ['register'])
  expect(text).toContain('#   Body (JSON written as text: export it with its fields as columns of their own')
  const rows = [packed, '{is}'].map((note) => ['A1', note])
  expect(propose(['id', 'Note'], rows, ['register']).text).toMatch(/# {3}Note\n/)
})
