import { expect, test } from 'vitest'
import { Untaken } from '../../src/run/untaken.ts'

test('a lane is untaken once all of its jobs have waited for some seconds', () => {
  const untaken = new Untaken()
  untaken.see([{ lane: 'link', state: 'waiting' }], 0)
  untaken.see(
    [
      { lane: 'link', state: 'waiting' },
      { lane: 'link', state: 'prioritized' },
    ],
    3_000,
  )
  expect(untaken.lanes(3_999)).toEqual([])
  expect(untaken.lanes(4_000)).toEqual([{ lane: 'link', forMs: 4_000 }])
})

test.for(['active', 'delayed', 'unknown', 'completed'])('a job that is %s was taken, or is none of those', (state) => {
  const untaken = new Untaken()
  untaken.see([{ lane: 'link', state: 'waiting' }], 0)
  untaken.see(
    [
      { lane: 'link', state: 'waiting' },
      { lane: 'link', state },
    ],
    5_000,
  )
  expect(untaken.lanes(9_000)).toEqual([])
})

test('each lane stands for itself, and an answer or the end of its jobs ends it', () => {
  const untaken = new Untaken()
  const jobs = ['link', 'register', 'tier'].map((lane) => ({ lane, state: 'waiting' }))
  untaken.see(jobs, 0)
  untaken.heard('register')
  untaken.see(
    jobs.filter(({ lane }) => lane !== 'tier'),
    2_000,
  )
  expect(untaken.lanes(5_000)).toEqual([{ lane: 'link', forMs: 5_000 }])
  expect(untaken.lanes(6_000).map(({ lane }) => lane)).toEqual(['link', 'register'])
})
