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

test('a name that has the last one first, behind a comma, is two', () => {
  const columns = [
    { name: 'Email', values: ['asha@example.com'], typed: false },
    { name: 'Name', values: ['Rao, Asha', 'Nair, Dev'], typed: false },
  ]
  const choices = choicesBy(new Map())
  const text = proposePlan(columns, { file: 'members.csv', rows: 2, choices })
  expect(text).toContain('firstName: ${Name | split , 2}')
  expect(text).toContain('lastName: ${Name | split , 1}')
  const v1 = proposePlan(columns, { file: 'members.csv', rows: 2, choices, lanes: ['register-v1'] })
  expect(v1).toContain('lastname: ${Name | split , 1}')
})
