import { describe, expect, onTestFinished, test } from 'vitest'
import { CHANGE_WAYS } from '../../bench/support/change-ways.ts'
import { passChanges } from '../../bench/support/pass-changes.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

describe.runIf(hasRedis)('nights in which members change their name, city, tier or phone', () => {
  test.each(CHANGE_WAYS)(
    'leave every field as the last file has it, or a report that says why not: $name',
    async (way) => {
      const redis = await startRedis()
      onTestFinished(() => redis.close())
      const end = await passChanges({
        folder: temporaryFolder(),
        nights: 10,
        members: 150,
        way,
        redisUrl: redis.url,
      })
      expect(end).toMatchObject({ wrong: [], untold: [] })
      expect(end.sent).toBeGreaterThan(end.members)
    },
  )
})
