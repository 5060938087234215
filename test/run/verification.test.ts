import { expect, test } from 'vitest'
import { verificationPlan, verifiersOf } from '../../src/run/verification.ts'

const request = { source: 'ALL', lookUps: [], balances: [], uncertain: false }
const rowOf = (value: object) =>
  ({ row: 1, line: 2, input: { kind: 'value', value: { key: 'M-1', ...value } } }) as never

test('each lane is verified by the look-up that shows what it did, each of them once', () => {
  expect(verifiersOf(['register', 'link'])).toEqual(['balance'])
  expect(verifiersOf(['register-v1'])).toEqual(['look-up-v1'])
  expect(verifiersOf(['balance'])).toEqual([])
})

test('a member is looked up on the lane that its row names', () => {
  const { lanes, render } = verificationPlan(['balance', 'look-up-v1'])
  expect(lanes).toEqual(['balance', 'look-up-v1'])
  expect(render(rowOf({ lane: 'look-up-v1', request }))).toMatchObject({ requests: { 'look-up-v1': request } })
})

test('a verification of an earlier rollcall names no lane, as it had one only', () => {
  expect(verificationPlan(['balance']).render(rowOf({ request }))).toEqual({
    kind: 'requests',
    key: 'M-1',
    members: [],
    requests: { balance: request },
  })
})
