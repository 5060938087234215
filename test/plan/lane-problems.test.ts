import { expect, test } from 'vitest'
import { laneProblems } from '../../src/plan/lane-problems.ts'
import { readYaml } from '../../src/plan/read-yaml.ts'

const lanes = [
  { name: 'add', creates: true },
  { name: 'join', creates: true },
  { name: 'link' },
  { name: 'leave', standsAlone: true },
] as const

/** The problems of a plan with these parts, as `line path message`. */
function problemsOf(...parts: readonly string[]): readonly string[] {
  const text = ['rows: {}', ...parts.map((part) => `${part}: {}`)].join('\n')
  const problems = laneProblems(readYaml(text, 'plan.yaml', [], { what: 'plan' }), lanes)
  return problems.map(({ at, path, message }) => `${at.line} ${path} ${message}`)
}

test('lanes that go together are no problem', () => {
  expect(problemsOf('add', 'link')).toEqual([])
  expect(problemsOf('link', 'join')).toEqual([])
  expect(problemsOf('leave')).toEqual([])
})

test('a plan asks for something', () => {
  expect(problemsOf()).toEqual([
    '1  The plan asks for nothing. Add a part `add:`, or a part `join:`, or a part `link:`, or a part `leave:`, or several.',
  ])
})

test('two lanes that make the same record exclude each other', () => {
  expect(problemsOf('join', 'link', 'add')).toEqual([
    "2 join `add` and `join` both make the member's record: a plan has one of them. Take one out.",
  ])
})

test('a lane that stands alone has none beside it', () => {
  expect(problemsOf('add', 'leave', 'link')).toEqual([
    '3 leave `leave` stands alone in a plan. Put `add`, `link` into another one.',
  ])
})
