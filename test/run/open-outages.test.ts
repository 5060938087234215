import { expect, test } from 'vitest'
import type { Outcome } from '../../src/model.ts'
import { OpenOutages } from '../../src/run/open-outages.ts'

const since = Date.parse('2026-11-30T10:00:00Z')

function outcome(afterMs: number, more: Partial<Outcome> = {}): Outcome {
  const finishedAt = new Date(since + afterMs).toISOString()
  const said = { result: 'registered', status: 'ok', warnings: [], sideEffects: [], attempts: 1 } as const
  return { row: 1, lane: 'register', ...said, finishedAt, ...more }
}

function down() {
  const outages = new OpenOutages()
  outages.see({ kind: 'down', lane: 'register', reason: 'reset', since })
  return outages
}

test('an outage whose worker died ends with the first answer that another brings, and is told once', () => {
  const outages = down()
  expect(outages.endedBy([outcome(60_000), outcome(61_000)])).toEqual([
    { kind: 'up', lane: 'register', since, until: since + 60_000 },
  ])
  expect(outages.endedBy([outcome(62_000)])).toEqual([])
})

test('it ends by no answer of before, none of another lane, and nothing that is no answer', () => {
  const outages = down()
  const others = [
    outcome(-1_000),
    outcome(60_000, { lane: 'link' }),
    outcome(60_000, { status: 'failed' }),
    outcome(60_000, { status: 'skipped', attempts: 0 }),
  ]
  expect(outages.endedBy(others)).toEqual([])
})

test('an outage whose worker told its end is told no second time', () => {
  const outages = down()
  outages.see({ kind: 'up', lane: 'register', since, until: since + 5_000 })
  expect(outages.endedBy([outcome(60_000)])).toEqual([])
})
