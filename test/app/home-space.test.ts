import { expect, test } from 'vitest'
import { scarcity } from '../../src/app/home-space.ts'
import { temporaryFolder } from '../support/cli.ts'

test('a home says that a run may lack room, how much there is and what it may take, and nothing where there is enough', () => {
  const home = temporaryFolder()
  expect(scarcity(home, { fileBytes: 1e18, embedded: false })).toMatch(
    new RegExp(
      `^\\d+(\\.\\d)? [kMGT]?B are free in ${home}, and this run may take \\d+ TB: .*\\\`rollcall resume\\\` goes on`,
    ),
  )
  expect(scarcity(home, { fileBytes: 1, embedded: false })).toBeUndefined()
  // The first run makes it.
  expect(scarcity(`${home}/not/there`, { fileBytes: 1e18, embedded: true })).toContain(
    ` are free in ${home}/not/there, `,
  )
})
