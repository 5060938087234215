import { expect, test } from 'vitest'
import { findRun, listRuns } from '../../src/run/list-runs.ts'
import { createRunFolder, saveRunRecord } from '../../src/run/run-record.ts'
import { temporaryFolder } from '../support/cli.ts'
import { record } from './record.ts'

const home = temporaryFolder()
for (const [run, source] of [
  ['20300101-010101-members-aaaa', 'members.csv'],
  ['20300102-010101-members-2029-bbbb', 'in/members-2029.csv.gz'],
  ['20300103-010101-vip-cccc', 'vip.csv'],
] as const) {
  createRunFolder(home, run)
  saveRunRecord(home, record(run, { source }))
}

test.each([
  ['latest', 'cccc'],
  ['bbbb', 'bbbb'],
  ['20300101', 'aaaa'],
  ['members', 'aaaa'],
  ['members.csv', 'aaaa'],
  ['members-2029', 'bbbb'],
  ['2029', 'bbbb'],
  ['vip', 'cccc'],
  ['ip', 'cccc'],
])('%s means the run that ends with %s', (name, end) => {
  expect(findRun(home, name).run).toMatch(new RegExp(`${end}$`))
})

test('of two runs of one second, the latest is the one that began later', () => {
  const busy = temporaryFolder()
  for (const [run, startedAt] of [
    ['20300101-010101-z-aaaa', '2030-01-01T01:01:01.100Z'],
    ['20300101-010101-a-bbbb', '2030-01-01T01:01:01.900Z'],
  ] as const) {
    createRunFolder(busy, run)
    saveRunRecord(busy, record(run, { startedAt }))
  }
  expect(findRun(busy, 'latest').run).toBe('20300101-010101-a-bbbb')
  expect(listRuns(busy).map(({ run }) => run)).toEqual(['20300101-010101-z-aaaa', '20300101-010101-a-bbbb'])
})

test.each([
  ['mem', '2 runs are called like that'],
  ['.csv', '3 runs are called like that'],
  ['nobody', 'There is no such run'],
  ['', 'There is no such run'],
])('%j means none', (name, says) => {
  expect(() => findRun(home, name)).toThrow(says)
})
