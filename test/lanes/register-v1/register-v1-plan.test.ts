import { describe, expect, test } from 'vitest'
import type { RegisterV1Request } from '../../../src/lanes/register-v1/register-v1-request.ts'
import { loadPlan } from '../../../src/plan/load-plan.ts'
import { renderCells, renderValue } from '../../plan/render.ts'

const plan = (existing: string, more = '') => `register-v1:
  ${existing}
  customer:
    external_id: \${external_id}
    mobile: "\${mobile | phone IN}"
    email: "\${email | lower}"
    firstname: \${first_name}
    registered_on: \${joined | datetime yyyy-MM-dd as 'yyyy-MM-dd HH:mm:ss'}
    extended_fields: { field: [{ name: gender, value: "\${gender}" }, { name: city, value: "\${city}" }] }
${more}`
const complaint = (text: string): string => {
  try {
    loadPlan(text, 'plan.yaml')
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('the plan was taken')
}
const cells = {
  external_id: 'A',
  mobile: '9800000001',
  email: 'A@x.test',
  first_name: 'Asha',
  joined: '2024-03-01',
  gender: '',
  city: 'Pune',
}

test('a row becomes one member of root.customer, without what is empty in it', () => {
  const rendered = renderCells(plan('existing: keep'), cells)
  expect(rendered).toMatchObject({
    kind: 'requests',
    members: [
      { type: 'mobile', value: '919800000001' },
      { type: 'email', value: 'a@x.test' },
      { type: 'externalId', value: 'A' },
    ],
    requests: {
      'register-v1': {
        keep: true,
        customer: {
          external_id: 'A',
          mobile: '919800000001',
          email: 'a@x.test',
          firstname: 'Asha',
          registered_on: '2024-03-01 00:00:00',
          extended_fields: { field: [{ name: 'city', value: 'Pune' }] },
        },
      },
    },
  })
  expect(renderCells(plan('existing: update'), cells)).toMatchObject({ requests: { 'register-v1': { keep: false } } })
})

test('a record that is sent whole loses what is empty in it, at any depth', () => {
  const whole = 'register-v1: { existing: update, customer: "${.}" }'
  const record = {
    mobile: '919800000001',
    email: '',
    lastname: null,
    custom_fields: {
      field: [
        { name: 'a', value: '' },
        { name: 'b', value: 'c' },
      ],
    },
    extended_fields: { field: [{ name: 'a', value: null }] },
  }
  const rendered = renderValue(whole, record)
  if (rendered.kind !== 'requests') throw new Error('not rendered')
  expect((rendered.requests['register-v1'] as RegisterV1Request).customer).toEqual({
    mobile: '919800000001',
    custom_fields: { field: [{ name: 'b', value: 'c' }] },
  })
})

describe('a plan is refused', () => {
  test('that does not say what becomes of who is there, with both choices and what each risks', () => {
    const said = complaint(plan('batch: 10'))
    expect(said).toContain('register-v1.existing')
    for (const word of ['existing: keep', 'look-up', 'existing: update', 'another member’s'])
      expect(said).toContain(word)
    expect(complaint(plan('existing: replace'))).toContain('existing: keep')
  })

  test.each([
    ['batch: 0', 'register-v1.batch'],
    ['batch: 201', 'register-v1.batch'],
    ['batch: many', 'register-v1.batch'],
    ['batches: 10', 'Did you mean `batch`'],
  ])('with %s', (line, words) => {
    expect(complaint(plan(`existing: keep\n  ${line}`))).toContain(words)
  })

  test.each(['externalId', 'firstName', 'identifiers', 'profiles', 'extendedFields', 'loyaltyProgramEnrollments'])(
    'that names what V1 does not: %s',
    (name) => {
      const said = complaint(`register-v1: { existing: keep, customer: { external_id: "\${a}", ${name}: "\${b}" } }`)
      expect(said).toContain(`register-v1.customer.${name}`)
      expect(said).toContain('V1')
    },
  )

  test('that registers both ways', () => {
    const said = complaint(plan('existing: keep', 'register: { body: "${.}" }\n'))
    expect(said).toContain('both make the member')
  })
})

describe('a row is invalid', () => {
  test('without an identifier', () => {
    const rendered = renderCells(plan('existing: keep'), { ...cells, external_id: '', mobile: '', email: '' })
    expect(rendered).toMatchObject({
      kind: 'invalid',
      message: 'The row has no identifier: external_id, mobile and email are empty.',
    })
  })

  test('where who is there is kept, and it cannot be looked up by an identifier that somebody may have', () => {
    for (const others of [{ mobile: '', email: '' }, {}]) {
      const rendered = renderCells(plan('existing: keep'), { ...cells, ...others, external_id: 'A,B' })
      expect(rendered).toMatchObject({ kind: 'invalid', message: expect.stringContaining('comma') })
    }
    expect(renderCells(plan('existing: keep'), { ...cells, email: 'a,b@example.test' }).kind).toBe('requests')
    expect(renderCells(plan('existing: update'), { ...cells, external_id: 'A,B', mobile: '', email: '' }).kind).toBe(
      'requests',
    )
  })
})
