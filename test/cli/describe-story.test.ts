import { expect, test } from 'vitest'
import { describeStory } from '../../src/cli/screen/describe-story.ts'
import type { Attempt, Outcome } from '../../src/model.ts'

const attempt = (lane: string, lookUp?: true): Attempt => {
  return { lane, batch: 1, at: 1_795_000_000_000, tookMs: 5, rows: [1], status: 200, ...(lookUp && { lookUp }) }
}
const outcome = (lane: string, attempts: number): Outcome => {
  const rest = { warnings: [], sideEffects: [], finishedAt: '2026-11-29T10:00:00Z' }
  return { row: 1, lane, result: 'registered', status: 'ok', attempts, ...rest }
}

function told(lane: string, attempts: number, known: readonly Attempt[]): string {
  const lanes = [{ lane, attempts: known, outcome: outcome(lane, attempts) }]
  return describeStory({ run: 'r', row: 1, line: 2, key: 'M-1', status: 'ok', input: {}, lanes, others: [] })
}

test('look-ups that are steps of a row count among its requests, those for the id behind a verdict do not', () => {
  const searched = [attempt('register-v1', true), attempt('register-v1', true), attempt('register-v1')]
  expect(told('register-v1', 3, searched)).not.toContain('no more is known')
  expect(told('register-v1', 5, searched)).toContain('and 2 requests of which no more is known')
  expect(told('register', 2, [attempt('register', true), attempt('register')])).toContain('and 1 request of which')
})
