import { describe, expect, test } from 'vitest'
import { brokers, expectAllIsWell, seed, startImport, trial } from '../support/chaos.ts'

describe.each(brokers)(`faults on the wire, seed ${seed}, on $broker`, ({ broker }) => {
  test('every row ends right, and nothing is done twice', async () => {
    const { where, simulator } = await trial(broker)
    const running = await startImport(where)
    const { status, stderr } = await running.finished
    expect(status, stderr).toBe(3)
    expectAllIsWell(where, simulator)
  })
})
