import { describe, expect, test } from 'vitest'
import { ROWS, brokers, chance, expectAllIsWell, killSometime, seed, startImport, trial } from '../support/chaos.ts'
import { start } from '../support/cli.ts'

describe.each(brokers)(`faults on the wire and kill -9 of the import, seed ${seed}, on $broker`, ({ broker }) => {
  test('every row ends right, and nothing is done twice', async () => {
    const { where, simulator } = await trial(broker)
    const random = chance(seed)
    let running = await startImport(where)
    for (let killed = 1; killed <= 3; killed += 1) {
      await killSometime(running, simulator, (ROWS * (killed - 1 + random())) / 3)
      running = start(where, ['resume', 'latest'])
    }
    const { status, stderr } = await running.finished
    expect(status, stderr).toBe(3)
    expectAllIsWell(where, simulator)
  })
})
