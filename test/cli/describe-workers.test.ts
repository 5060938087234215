import { expect, test } from 'vitest'
import { plain } from '../../src/cli/screen/span.ts'
import { describeWorkers } from '../../src/cli/screen/describe-workers.ts'

const NOW = Date.parse('2026-11-29T12:00:00Z')
const WORKER = {
  account: 'a1',
  api: 'api.test',
  lanes: ['register', 'link'],
  host: 'one',
  pid: 12,
  version: '1.2.0',
  form: 2,
}

test('says who works for whom, where, since when, with what version, and what waits', () => {
  const lines = describeWorkers(
    {
      broker: 'redis',
      account: 'a1',
      workers: [
        { ...WORKER, since: NOW - 7_200_000 },
        { ...WORKER, account: 'b2', lanes: ['link'], host: 'two', version: '1.1.0', run: 'r-1', since: NOW - 5_000 },
      ],
      queues: [{ queue: 'register-a1', waiting: 1_200, active: 3, delayed: 0 }],
      redis: { version: '7.2.4', usedBytes: 2_500_000, maxBytes: 100_000_000 },
    },
    NOW,
  )
  expect(lines.map(plain)).toEqual([
    'WHERE            LANES           ACCOUNT                 VERSION  FOR        WORKS ON',
    'one, process 12  register, link  a1 at api.test (yours)  1.2.0    2 hours    all runs of the account',
    'two, process 12  link            b2 at api.test          1.1.0    5 seconds  run r-1, and others of the account',
    '',
    'QUEUE        WAITING  IN HAND  PUT BACK',
    'register-a1  1,200    3        0',
    '',
    'Redis 7.2.4: 2.5 MB used of 100 MB.',
  ])
})

test('says that nobody works, and how somebody would', () => {
  const [line] = describeWorkers({ broker: 'embedded', account: undefined, workers: [], queues: [] }, NOW)
  expect(line).toMatch(/Nobody works at the moment.*`rollcall worker`/)
})
