import { expect, test } from 'vitest'
import { choicesBy } from '../../src/init/choices.ts'
import { dateLines } from '../../src/init/date-lines.ts'
import { type Role, recogniseColumns } from '../../src/init/roles.ts'

function roleOf(name: string, values: readonly string[]): Role | undefined {
  const column = { name, values, typed: false }
  return recogniseColumns([column]).get(column)
}

test.each(['Guest Name', 'Your name?', 'What’s your full name?', "What's your name?", 'FIRST_NM', 'Client name'])(
  'a name is asked for in forms, and shortened on mainframes: %s',
  (name) => expect(roleOf(name, ['Asha Rao', 'Dev Nair'])).toBe('firstName'),
)

test('a family name is shortened too, and a company has none', () => {
  expect(roleOf('LAST_NM', ['Rao', 'Nair'])).toBe('lastName')
  expect(roleOf('Your company name', ['Acme Ltd', 'Globex Ltd'])).toBeUndefined()
})

test('of dates that are not read, a value is shown that is none: so Square writes a birthday without a year', () => {
  const column = { name: 'Birthday', values: ['1988-05-10', '0000-12-29'], typed: false }
  expect(dateLines('dob', column, { filter: 'date', choices: choicesBy(new Map()) })).toEqual([
    '# dob: ${Birthday}   # its values are written in many ways, or are no dates, as "0000-12-29"',
  ])
})
