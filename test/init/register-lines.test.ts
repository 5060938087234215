import { expect, test } from 'vitest'
import { choicesBy } from '../../src/init/choices.ts'
import { proposePlan } from '../../src/init/propose-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

test('fields that are comments alone are no empty field of the body', () => {
  const columns = [
    { name: 'Email', values: ['asha@example.com', 'dev@example.com'], typed: false },
    { name: 'Birthday', values: ['05/10', '12/31'], typed: false },
  ]
  const text = proposePlan(columns, { file: 'members.csv', rows: 2, choices: choicesBy(new Map()) })
  expect(text).toContain('# extendedFields:')
  expect(loadPlan(text, 'plan.yaml').rows.key?.column).toBe('Email')
})
