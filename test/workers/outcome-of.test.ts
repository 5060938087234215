import { expect, test } from 'vitest'
import { laneNamed } from '../../src/lanes/lanes.ts'
import type { LaneRequest, Result, Warning } from '../../src/model.ts'
import { outcomeOf } from '../../workers/settle.ts'
import type { DeliveryTools } from '../../workers/visit.ts'

const LONG = 'x'.repeat(101)
const body = { profiles: [{ firstName: LONG }] }
const requests: Readonly<Record<string, LaneRequest>> = {
  register: { body },
  'register-v1': { customer: { firstname: LONG }, keep: true },
  update: { by: { type: 'mobile', value: '919876543210' }, source: 'INSTORE', body },
}

/** The outcome of a row that was sent on a lane and came to this, with what was said of it before. */
function outcome(lane: string, result: Result, warnings: readonly Warning[] = []) {
  const row = { row: 1, request: requests[lane] ?? {}, sent: 1, attempts: 1, warnings }
  const verdict = { kind: 'final', result, status: 'ok', warnings: [], sideEffects: [] } as const
  return outcomeOf(row, verdict, { tools: { lane: laneNamed(lane) } as DeliveryTools })
}

test.for([
  ['register', 'registered'],
  ['register', 'merged'],
  ['register-v1', 'registered'],
  ['register-v1', 'updated'],
  ['update', 'updated'],
] as const)('a name that %s cuts without a word makes a row that is %s warned', ([lane, result]) => {
  expect(outcome(lane, result)).toMatchObject({
    status: 'warned',
    warnings: [{ message: expect.stringContaining('is longer than 100 characters: the API cuts it'), lossy: true }],
  })
})

test('of a member who was there and was not changed, nothing was cut', () => {
  expect(outcome('register-v1', 'exists')).toMatchObject({ status: 'ok', warnings: [] })
  expect(outcome('register', 'exists')).toMatchObject({ status: 'ok', warnings: [] })
})

test('what was left out before it was sent makes it warned, and a doubtful value does not', () => {
  const leftOut = { message: 'The e-mail is left out.', lossy: true, ours: true } as const
  const doubt = { message: 'born: "2058-01-31" is after today', lossy: false, ours: true, doubt: true } as const
  expect(outcome('register', 'exists', [leftOut])).toMatchObject({ status: 'warned', warnings: [leftOut] })
  expect(outcome('register', 'exists', [doubt])).toMatchObject({ status: 'ok', warnings: [doubt] })
})
