import { expect, onTestFinished, test } from 'vitest'
import type { AppEvent } from '../../src/app/events.ts'
import { otherText, watchOtherVersions } from '../../src/app/workers/other-versions.ts'
import { JOB_FORM, earlierLaneQueues, laneQueueName } from '../../src/broker/jobs.ts'
import { openBroker } from '../../src/broker/open-broker.ts'
import type { WorkerEntry } from '../../src/broker/worker-registry.ts'
import { version } from '../../src/version.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const OTHER: WorkerEntry = {
  account: 'a1',
  api: 'api.test',
  lanes: ['link'],
  host: 'one',
  pid: 12,
  version: '0.9.0',
  form: JOB_FORM,
}

test('says of a process of another version whether each can read the other’s jobs', () => {
  expect(otherText(OTHER)).toMatch(/Process 12 on one is rollcall 0\.9\.0, .*Each can read/)
  expect(otherText({ ...OTHER, form: JOB_FORM - 1 })).toMatch(/Neither can read the other's jobs/)
})

test('jobs of another form lie on other queues', () => {
  expect(earlierLaneQueues('a1', 'link')).not.toContain(laneQueueName('a1', 'link'))
})

test.skipIf(!hasRedis)('tells once of each that works for the account, and of jobs that it has left', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.close())
  const broker = await openBroker({ home: temporaryFolder(), redisUrl: redis.url })
  onTestFinished(() => broker.close())
  const [earlier = ''] = earlierLaneQueues('a1', 'link')
  await broker.queue(earlier).add('batch', {})
  const entries = [OTHER, { ...OTHER, pid: 13, version }, { ...OTHER, pid: 14, account: 'b2' }]
  const enrolments = entries.map((entry) => broker.registry.enrol(entry))
  onTestFinished(async () => void (await Promise.all(enrolments.map((enrolment) => enrolment.end()))))
  await until('all stand there', async () => (await broker.registry.list()).length === entries.length)
  const told: AppEvent[] = []
  const watch = watchOtherVersions({ broker, account: 'a1', on: (event) => void told.push(event) })
  onTestFinished(() => watch[Symbol.dispose]())
  await until('it is told', () => told.length === 2)
  expect(told).toEqual([
    { kind: 'broker-advice', text: otherText(OTHER) },
    { kind: 'broker-advice', text: expect.stringContaining(`On the queue ${earlier} lie jobs`) as string },
  ])
})
