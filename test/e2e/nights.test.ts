import { describe, expect, test } from 'vitest'
import { passNights } from '../../bench/support/nights.ts'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { entry } from '../support/bundle-command.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

describe.runIf(hasRedis)('nights of a sync, one after the other', () => {
  test(
    'leave every member as it should be, send nothing twice, and tell of each thing once',
    { timeout: 400_000 },
    async () => {
      const redis = await startRedis()
      const simulator = await startSimulator({ port: 0, latencyMs: 1 })
      try {
        const folder = temporaryFolder()
        const where = { folder, baseUrl: simulator.url, redisUrl: redis.url, command: [entry] }
        const end = await passNights({ ...where, nights: 32, members: 300, seed: 1 })
        expect(end.wrong).toEqual([])
        expect(end.told).toEqual(end.expectedTold)
        expect(Object.values(end.kinds).every((count) => count > 0)).toBe(true)
      } finally {
        await simulator.close()
        await redis.close()
      }
    },
  )
})
