import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { homeTrouble } from '../../src/app/disk-trouble.ts'
import { readKeptPlan } from '../../src/run/kept-plan.ts'
import { openStore, syncFolder } from '../../src/sync/store.ts'
import { temporaryFolder } from '../support/cli.ts'

test('a database that is damaged is told of with its home, and with what to do', () => {
  const home = temporaryFolder()
  openStore(home, 'nightly').close()
  writeFileSync(syncFolder(home, 'nightly').database, 'x'.repeat(5_000))
  const error = (() => {
    try {
      return openStore(home, 'nightly')
    } catch (thrown) {
      return thrown
    }
  })()

  for (const each of [error, new SuppressedError(new Error('and then this'), error)]) {
    const { words, run } = homeTrouble(each, join(home)) ?? {}
    expect(words).toMatch(/^A database in \/.* is damaged: .*not a database.* from a backup/s)
    expect(run).toBeUndefined()
  }
  expect(homeTrouble(new Error('else'), home)).toBeUndefined()
})

test('a run’s plan that is gone is asked for', () => {
  expect(() => readKeptPlan(temporaryFolder(), 'a')).toThrow(
    /^The plan of run a, .*plan\.yaml, is not there\. .*put there the plan/,
  )
})
