import { describe, expect, test } from 'vitest'
import { loadSync } from '../../src/sync/load-sync.ts'

const least = 'plan: members.plan.yaml\nsource: inbox\n'

test('two keys are enough: the rest has defaults', () => {
  expect(loadSync(least, '/syncs/nightly.sync.yaml')).toEqual({
    name: 'nightly',
    file: '/syncs/nightly.sync.yaml',
    plan: '/syncs/members.plan.yaml',
    source: { kind: 'inbox', folder: '/syncs/inbox', pattern: '*' },
    ready: { kind: 'unchanged', forMs: 60_000 },
    overlap: 'skip',
    missed: 'run once',
    noFile: 'tell',
    retryRejected: 'changed',
    guards: { fewerRows: 0.3, changed: 0.5, columns: true, sameFile: true },
    problemsOver: 0.01,
    tell: [],
    keep: { forMs: 90 * 86_400_000, atLeast: 7, atMost: 1_000 },
  })
})

describe('a sync that is wrong is answered with every problem, its place, and what to write', () => {
  test('all at once', () => {
    const text = `
plan: 7
source: inbox
scheduel: { cron: "30 2 * * *", zone: Europe/Berlin }
schedule: { cron: "61 2 * * *", zone: Europe/Berlin }
overlap: wait
ready: soon
account: { base_url: "https://example.com" }
guards: { fewer_rows: 30, columns: maybe }
tell:
  - { slack: SLACK_URL, webhok: X }
  - { email: ops@example.com }
  - { slack: SLACK_URL, on: [everything] }
keep: { for: 90 }
`
    expect(() => loadSync(text, 'nightly.yaml')).toThrowErrorMatchingSnapshot()
  })
  test('an unknown zone', () => {
    expect(() =>
      loadSync(`${least}schedule: { cron: "30 2 * * *", zone: Berlin }\n`, 'nightly.yaml'),
    ).toThrowErrorMatchingSnapshot()
  })
  test('nothing', () => expect(() => loadSync('', 'nightly.yaml')).toThrowErrorMatchingSnapshot())
})
