import { expect, test } from 'vitest'
import type { Outcome } from '../../src/model.ts'
import { nextLane } from '../../src/run/next-lane.ts'

const both = ['register', 'link']
type Said = Pick<Outcome, 'result' | 'status'>
const registered: Said = { result: 'registered', status: 'ok' }
const rejected: Said = { result: 'rejected', status: 'rejected' }
const skipped: Said = { result: 'skipped', status: 'skipped' }

test('a row goes through its lanes in the order of the list, whatever the plan’s', () => {
  expect(nextLane(['link', 'register'], {}).lane).toBe('register')
  expect(nextLane(both, { register: registered }).lane).toBe('link')
  expect(nextLane(both, { register: registered, link: { result: 'linked', status: 'ok' } }).lane).toBeUndefined()
  expect(nextLane(['link'], {})).toEqual({ lane: 'link', skipped: [] })
})

test('a lane that others keep the row from is left out, with the reason', () => {
  const next = nextLane(both, { register: rejected })
  expect(next.lane).toBeUndefined()
  expect(next.skipped).toMatchObject([
    { lane: 'link', why: { message: 'not linked, because the member was not registered (rejected)' } },
  ])
})

test('what was left out on purpose keeps a row from nothing', () => {
  expect(nextLane(both, { register: skipped })).toEqual({ lane: 'link', skipped: [] })
})
