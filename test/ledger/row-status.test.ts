import { expect, test } from 'vitest'

import { rowStatus } from '../../src/ledger/row-status.ts'
import type { LaneName, Status } from '../../src/model.ts'

const both: readonly LaneName[] = ['register', 'link']

const cases: readonly [string, readonly LaneName[], Record<LaneName, Status>, Status | undefined][] = [
  ['a row that asks for nothing is skipped', [], {}, 'skipped'],
  ['a row without an outcome is open', ['register'], {}, undefined],
  ['a row is open while one of its lanes is', both, { register: 'rejected' }, undefined],
  ['one lane gives its own status', ['link'], { link: 'warned' }, 'warned'],
  ['the worst lane decides', both, { register: 'warned', link: 'rejected' }, 'rejected'],
  ['rejected is worse than failed', both, { register: 'failed', link: 'rejected' }, 'rejected'],
  ['failed is worse than warned', both, { register: 'failed', link: 'warned' }, 'failed'],
  ['a skipped link leaves the status to the registration', both, { register: 'failed', link: 'skipped' }, 'failed'],
  ['a skipped link beside a registration is ok', both, { register: 'ok', link: 'skipped' }, 'ok'],
  ['a row is skipped where every lane was', both, { register: 'skipped', link: 'skipped' }, 'skipped'],
  ['invalid decides at once, as nothing is sent', both, { register: 'invalid' }, 'invalid'],
  ['an invalid row counts though it asks for nothing', [], { register: 'invalid' }, 'invalid'],
]

test.each(cases)('%s', (_, asks, statuses, expected) => {
  const outcomes = Object.fromEntries(Object.entries(statuses).map(([lane, status]) => [lane, { status }]))
  expect(rowStatus(asks, outcomes)).toBe(expected)
})
