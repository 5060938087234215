import { expect, test } from 'vitest'
import { isOptionsAlone, orderArguments } from '../../src/cli/order-arguments.ts'

const isCommand = (name: string) => ['runs', 'import', 'sync'].includes(name)

test.each([
  [
    ['runs', '--home', 'x'],
    ['runs', '--home', 'x'],
  ],
  [
    ['--home', 'x', 'runs'],
    ['runs', '--home', 'x'],
  ],
  [
    ['--home=x', '--json', 'runs', '--quiet'],
    ['runs', '--home=x', '--json', '--quiet'],
  ],
  [
    ['--home', 'runs', 'import', 'a.csv'],
    ['import', '--home', 'runs', 'a.csv'],
  ],
  [
    ['--home', 'x', 'sync', '--json', 'list'],
    ['sync', 'list', '--home', 'x', '--json'],
  ],
  [
    ['sync', '--help'],
    ['sync', '--help'],
  ],
  [['--help'], ['--help']],
  [
    ['--nonsense', 'runs'],
    ['--nonsense', 'runs'],
  ],
  [
    ['--home', 'x'],
    ['--home', 'x'],
  ],
  [
    ['--json', 'nonsense', '--quiet'],
    ['nonsense', '--quiet'],
  ],
  [
    ['--json', '--help'],
    ['--json', '--help'],
  ],
  [[], []],
])('%j is read as %j', (given, expected) => {
  expect(orderArguments(given, isCommand)).toEqual(expected)
})

test.each([
  [['--home', 'x', '--json'], true],
  [['--home'], true],
  [['--json', 'runs'], false],
  [['--json', '--help'], false],
  [[], false],
])('whether %j are options without a command: %j', (given, expected) => {
  expect(isOptionsAlone(given)).toBe(expected)
})
