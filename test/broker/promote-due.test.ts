import { EventEmitter } from 'node:events'
import type { Queue, Worker } from 'bullmq'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Due, promoteDue } from '../../src/broker/promote-due.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A queue whose job is in each of these states when it is looked at; whether it can be called back is that of before. */
function setup(states: readonly (readonly [before: string, then: string])[]) {
  const left = [...states]
  const due = new Set(['7'])
  const calledBack: string[] = []
  const queue = {
    name: 'link',
    getBackend: () => ({
      async promote(id: string) {
        if (left[0]?.[0] !== 'delayed') throw new Error('the job is not delayed')
        calledBack.push(id)
      },
    }),
    getJobState: async () => left.shift()?.[1],
  }
  const delays = {
    add: async () => {},
    due: async () => Array.from(due, (job) => ({ job, at: '1' })),
    remove: async (_queue: string, { job }: Due) => void due.delete(job),
  }
  const worker = new EventEmitter()
  promoteDue(worker as unknown as Worker, queue as unknown as Queue, { delays })
  return { due, calledBack, close: () => worker.emit('closed') }
}

const looked = () => vi.advanceTimersByTimeAsync(200)

test('a job that is put back at the very moment at which it is looked for is called back the next time', async () => {
  const { due, calledBack, close } = setup([
    ['active', 'delayed'],
    ['delayed', 'waiting'],
  ])
  await looked()
  expect([calledBack, Array.from(due)]).toEqual([[], ['7']])
  await looked()
  expect([calledBack, Array.from(due)]).toEqual([['7'], []])
  close()
})

test.each(['active', 'waiting', 'unknown'])('a job that is %s by then', async (state) => {
  const { due, close } = setup([['active', state]])
  await looked()
  // In the hands of whoever puts it back; else it was called back by another, or is gone.
  expect(Array.from(due)).toEqual(state === 'active' ? ['7'] : [])
  close()
})
