import { describe, expect, onTestFinished, test } from 'vitest'
import { openBroker } from '../../src/broker/open-broker.ts'
import { UsageError } from '../../src/model.ts'
import { temporaryFolder } from '../support/cli.ts'
import { brokerContract } from './contract.ts'

describe('the embedded broker', () => {
  brokerContract('embedded', () => Promise.resolve({ url: undefined, close: () => Promise.resolve() }))

  test('serves one process at a time, and says what to do', async () => {
    const home = temporaryFolder()
    const broker = await openBroker({ home, redisUrl: undefined })
    onTestFinished(() => broker.close())
    await expect(openBroker({ home, redisUrl: undefined })).rejects.toThrow(UsageError)
    await expect(openBroker({ home, redisUrl: undefined })).rejects.toThrow('set REDIS_URL')
  })
})
