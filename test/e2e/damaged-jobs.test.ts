import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { readSummary, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis } from '../support/redis.ts'
import { startTrial } from '../support/trial.ts'
import { until } from '../support/wait.ts'

/** What happens to what Redis keeps of a job while nobody works on it: KEY stands for its key. */
const DAMAGES: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  ['is gone', [['del', 'KEY']]],
  ['has no data', [['hdel', 'KEY', 'data']]],
  ['has data that is cut off', [['hset', 'KEY', 'data', '{"run":']]],
  ['has data of something else', [['hset', 'KEY', 'data', '{"rows":7}']]],
  ['has marks that are cut off', [['hset', 'KEY', 'progress', '{']]],
  [
    'is something else',
    [
      ['del', 'KEY'],
      ['set', 'KEY', 'x'],
    ],
  ],
]

test.skipIf(!hasRedis).for(DAMAGES)('a job that %s is done all the same', async ([what, commands], context) => {
  const { where } = await startTrial(context)
  const admin = new Redis(where.env['REDIS_URL'] ?? '')
  context.onTestFinished(() => admin.disconnect())
  write(where, 'members.csv', membersCsv(3))
  write(where, 'plan.yaml', membersPlan.slice(0, membersPlan.indexOf('link:\n')))
  const importing = start(where, ['import', 'members.csv', '--plan', 'plan.yaml', '--no-workers'])
  let key: string | undefined
  await until('its job is queued', async () => {
    key = (await admin.keys('*-register-*')).find((name) => /-register-\d+$/.test(name))
    return key !== undefined
  })
  for (const [command = '', ...words] of commands)
    await admin.call(command, ...words.map((word) => (word === 'KEY' ? (key ?? '') : word)))
  start(where, ['worker'])

  const { status, stderr } = await importing.finished

  expect(status, stderr).toBe(0)
  expect(readSummary(where)).toMatchObject({ rows: 3, ok: 3 })
  if (what !== 'is gone') expect(stderr).toMatch(/Redis kept of the job \S+-register-1 was damaged/u)
})
