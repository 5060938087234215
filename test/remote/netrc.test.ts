import { expect, test } from 'vitest'
import { findLogin } from '../../src/remote/netrc.ts'

const TEXT = `
# machine files.example.org login commented password out
machine files.example.org login asha password one
machine files.example.org
  login ravi
  account x
  password machine
macdef init
machine files.example.org login macro password no

machine Other.example.org password two login maya
default login anonymous password three
`

test.for([
  ['files.example.org', undefined, 'asha', 'one'],
  ['files.example.org', 'ravi', 'ravi', 'machine'],
  ['other.example.org', undefined, 'maya', 'two'],
  ['third.example.org', undefined, 'anonymous', 'three'],
] as const)('%s as %s', ([host, user, login, password]) => {
  expect(findLogin(TEXT, host, user)).toEqual({ user: login, password })
})

test('a host that is not there has none', () => {
  expect(findLogin('machine a login b password c', 'd')).toBeUndefined()
  expect(findLogin('', 'd')).toBeUndefined()
  expect(findLogin(TEXT, 'files.example.org', 'macro')).toBeUndefined()
})
