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
    holds: 'everyone',
    overlap: 'skip',
    missed: 'run once',
    noFile: 'tell',
    retryRejected: 'changed',
    guards: { empty: true, fewerRows: 0.3, changed: 0.5, columns: true, sameFile: true, lookalikes: true, older: true },
    problemsOver: 0.01,
    channels: [],
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

describe('an address', () => {
  test('is a source or a place for the reports', () => {
    const text = 'plan: p.yaml\nsource: sftp://asha@files/in/*.csv\nreports: s3://files/reports\n'
    expect(loadSync(text, 'nightly.yaml')).toMatchObject({
      source: { kind: 'remote', address: 'sftp://asha@files/in/*.csv' },
      reports: 's3://files/reports',
    })
  })

  test.for([
    ['source: ftp://asha:s3cret@files/in', 'nightly.yaml:2:9', 'rollcall reads s3://bucket/key'],
    ['source: sftp://asha:s3cret@files', 'nightly.yaml:2:9', 'sftp://user@host/path'],
    ['source: in\nreports: https://asha:s3cret@files/x', 'nightly.yaml:3:10', 'Nothing can be written over https'],
    ['source: in\nreports: /reports', 'nightly.yaml:3:10', 'The s3 or sftp address of a folder was expected'],
  ] as const)('%j is refused, and no password told', ([keys, place, reason]) => {
    const refused = () => loadSync(`plan: p.yaml\n${keys}\n`, 'nightly.yaml')
    expect(refused).toThrow(reason)
    expect(refused).toThrow(place)
    expect(refused).toThrow(/^(?!.*s3cret)/s)
  })
})
