import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { jobFailed } from '../../src/broker/job-options.ts'
import { reportBrokerErrors } from '../../src/app/session/broker-errors.ts'
import { logEvents } from '../../src/cli/log-events.ts'
import { openLog } from '../../src/cli/log.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

test.skipIf(!hasRedis)('a command that Redis refused is logged without the job that it carried', async () => {
  const server = await startRedis()
  onTestFinished(() => server.close())
  const redis = new Redis(server.url)
  onTestFinished(() => redis.disconnect())
  const file = join(temporaryFolder(), 'log')
  const job = JSON.stringify({ rows: [{ row: 1, request: { body: { mobile: '919800000001' } } }] })
  const refused = await redis.eval("return redis.error_reply('OOM command not allowed')", 0, job).then(
    () => new Error('it was not refused'),
    (error: Error) => error,
  )

  reportBrokerErrors(logEvents(openLog({ logFile: file, logLevel: 'info' })))(jobFailed(refused))

  const log = readFileSync(file, 'utf8')
  expect(log).toContain('a job could not be worked on, and is tried again: OOM command not allowed')
  expect(log).not.toContain('919800000001')
})

const error = (message: string, name = 'ReplyError') => Object.assign(new Error(message), { name })

test('errors of Redis that come again and again are told, without what they carry, and no other errors are', () => {
  let now = 0
  const told: string[] = []
  const report = reportBrokerErrors(
    (event) => void (event.kind === 'broker-troubled' && told.push(event.why)),
    () => now,
  )
  const repeat = (each: Error, seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      report(each)
      now += 1_000
    }
  }

  repeat(error('WRONGTYPE Operation against a key holding the wrong kind of value script: 1b706ce3, on @x:4.'), 3)
  now += 60_000
  repeat(error('Connection is closed.', 'Error'), 20)
  expect(told).toEqual([])
  repeat(jobFailed(error("ERR unknown command 'x', with args beginning with: '919800000001'")), 20)
  expect(told).toEqual(["Redis does not do what it is asked for: ERR unknown command 'x'."])
  now += 60_000
  repeat(error('WRONGTYPE Operation against a key holding the wrong kind of value script: 1b706ce3, on @x:4.'), 6)
  expect(told.at(-1)).toMatch(/wrong kind of value\. Another program writes/)
})
