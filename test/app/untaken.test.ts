import { expect, test } from 'vitest'
import type { AppEvent } from '../../src/app/events.ts'
import { tellUntaken } from '../../src/app/session/tell-untaken.ts'
import { whyUntaken } from '../../src/app/workers/why-untaken.ts'
import { JOB_FORM } from '../../src/broker/jobs.ts'
import type { WorkerAtWork } from '../../src/broker/worker-registry.ts'

const WORKER: WorkerAtWork = {
  account: 'a1',
  api: 'api.test',
  lanes: ['register'],
  host: 'one',
  pid: 12,
  version: '1.2.0',
  form: JOB_FORM,
  since: 0,
}

test.for([
  ['nobody works', [], /Nobody works on this Redis: start a `rollcall worker`/],
  ['they work for others', [{ ...WORKER, account: 'b2' }], /for other accounts: process 12 on one \(for api\.test\)/],
  ['they work on other lanes', [WORKER], /on other lanes: process 12 on one \(register\)/],
  ['they are busy', [WORKER, { ...WORKER, lanes: ['link'] }], /other jobs in hand, or hang: process 12 on one\./],
  [
    'they are of another version',
    [{ ...WORKER, lanes: ['link'], version: '1.1.0', form: JOB_FORM - 1 }],
    /cannot read its jobs: process 12 on one \(rollcall 1\.1\.0\)\. Start workers of this one/,
  ],
  ['there are many', Array.from({ length: 9 }, () => ({ ...WORKER, lanes: ['link'] })), /on one, 6 more\./],
] as const)('says why a job is not taken: %s', ([, workers, words]) => {
  expect(whyUntaken({ account: 'a1', lane: 'link' }, workers)).toMatch(words)
})

test('tells once that nobody takes jobs, again where the reason changes, and when they are taken', async () => {
  const told: AppEvent[] = []
  let workers: readonly WorkerAtWork[] = []
  const registry = { list: () => Promise.resolve(workers), enrol: () => ({ end: () => Promise.resolve() }) }
  const tell = tellUntaken({ run: 'r', account: 'a1', registry, on: (event) => void told.push(event) })
  await tell([])
  await tell([{ lane: 'link', forMs: 4_000 }])
  await tell([{ lane: 'link', forMs: 7_000 }])
  workers = [WORKER]
  await tell([{ lane: 'link', forMs: 10_000 }])
  await tell([])
  await tell([])
  expect(told.map((event) => [event.kind, 'forMs' in event ? event.forMs : undefined])).toEqual([
    ['jobs-untaken', 4_000],
    ['jobs-untaken', 10_000],
    ['jobs-taken', undefined],
  ])
})
