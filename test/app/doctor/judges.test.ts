import { expect, test } from 'vitest'
import type { CheckReport } from '../../../src/app/check/check-file.ts'
import { type Finding, worstOf } from '../../../src/app/doctor/finding.ts'
import { judgeClock } from '../../../src/app/doctor/judge-clock.ts'
import { judgeHome } from '../../../src/app/doctor/judge-home.ts'
import { judgePlan } from '../../../src/app/doctor/judge-plan.ts'
import { judgeRedis } from '../../../src/app/doctor/judge-redis.ts'
import { judgeWorkers } from '../../../src/app/doctor/judge-workers.ts'
import { factsOf } from '../../../src/broker/redis-facts.ts'

const troubles = (findings: readonly Finding[]) =>
  findings.filter(({ state }) => state !== 'ok').map(({ state, message }) => `${state} ${message}`)

test.each([
  { ahead: 0, state: 'ok' },
  { ahead: 9_000, state: 'ok' },
  { ahead: -9_000, state: 'ok' },
  { ahead: 45_000, state: 'warned', says: '44 seconds ahead of' },
  { ahead: -45_000, state: 'warned', says: '45 seconds behind' },
])('a clock that is $ahead ms ahead is $state', ({ ahead, state, says = 'goes as' }) => {
  const apiTime = Date.UTC(2026, 10, 29)
  // A `Date` leaves out what is below a second: 300 ms of this one.
  const finding = judgeClock({ sentAt: apiTime + 300 + ahead, answeredAt: apiTime + 320 + ahead, apiTime })
  expect(finding).toMatchObject({ state, message: expect.stringContaining(says) as string })
})

test('a slow reply makes no clock wrong', () => {
  expect(judgeClock({ sentAt: 0, answeredAt: 19_000, apiTime: 9_000 }).state).toBe('ok')
})

test.each([undefined, Number.NaN])('without a Date (%s) nobody knows', (apiTime) => {
  expect(judgeClock({ sentAt: 0, answeredAt: 1, apiTime }).state).toBe('warned')
})

const GOOD =
  'redis_version:7.4.1\r\nrole:master\r\nused_memory:1000\r\nmaxmemory:10000\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n'

test.each([
  { what: 'well set up', info: GOOD, says: [] },
  { what: 'too old', info: GOOD.replace('7.4.1', '4.0.9'), says: ['failed Redis 4.0.9.'] },
  { what: 'old', info: GOOD.replace('7.4.1', '6.0.16'), says: ['warned Redis 6.0.16.'] },
  { what: 'of two digits', info: GOOD.replace('7.4.1', '10.0.0'), says: [] },
  { what: 'a replica', info: GOOD.replace('role:master', 'role:slave'), says: ['failed It is a replica'] },
  {
    what: 'evicting',
    info: GOOD.replace('noeviction', 'allkeys-lru'),
    says: ['warned It may forget jobs when its memory'],
  },
  {
    what: 'evicting what has a time to live',
    info: GOOD.replace('noeviction', 'volatile-lru'),
    says: ['warned It may forget the locks of jobs when its memory'],
  },
  {
    what: 'not append-only',
    info: GOOD.replace('aof_enabled:1', 'aof_enabled:0'),
    says: ['warned It may forget jobs when it restarts'],
  },
  {
    what: 'nearly full',
    info: GOOD.replace('used_memory:1000', 'used_memory:9000'),
    says: ['warned 9.0 kB of 10.0 kB of memory used (90 %)'],
  },
  { what: 'silent about itself', info: '', says: ['warned It does not tell'] },
])('a Redis that is $what', ({ info, says }) => {
  const told = troubles(judgeRedis({ ...factsOf([info]), latenciesMs: [0.3, 0.4, 90] }))
  expect(told).toEqual(says.map((words) => expect.stringContaining(words) as string))
})

test('of a Cluster the worst node counts, and a slow one is said to be', () => {
  const infos = [GOOD, GOOD.replace('7.4.1', '6.0.0').replace('used_memory:1000', 'used_memory:9900')]
  const told = troubles(judgeRedis({ ...factsOf(infos), latenciesMs: [30, 40, 50] }))
  expect(told).toEqual([
    'warned Redis 6.0.0, 2 masters.',
    'warned 9.9 kB of 10.0 kB of memory used (99 %).',
    'warned An answer takes 40 ms.',
  ])
})

const HOME = { path: '/h', isThere: true, writable: true, openToOthers: false, freeBytes: 1e9 }

test.each([
  { what: 'with room', facts: HOME, fileBytes: 1e6, state: 'ok' },
  { what: 'of which others see the inside', facts: { ...HOME, openToOthers: true }, fileBytes: 1e6, state: 'warned' },
  { what: 'with hardly room', facts: HOME, fileBytes: 4e7, state: 'warned' },
  { what: 'without room', facts: HOME, fileBytes: 1e8, state: 'failed' },
  { what: 'that takes no writes', facts: { ...HOME, writable: false }, fileBytes: 1, state: 'failed' },
  { what: 'whose room nobody knows', facts: { ...HOME, freeBytes: undefined }, fileBytes: 1, state: 'warned' },
])('a home $what is $state', ({ facts, fileBytes, state }) => {
  expect(worstOf(judgeHome(facts, { fileBytes, embedded: true }))).toBe(state)
})

const REPORT = {
  file: 'm.csv',
  plan: 'p.yaml',
  rows: 10,
  ready: 10,
  invalid: 0,
  losses: [],
  doubts: [],
  changes: {},
} as unknown as CheckReport

test.each([
  { what: 'that fits', report: REPORT, state: 'ok', says: 'the first 10 rows read' },
  { what: 'with invalid rows', report: { ...REPORT, ready: 7, invalid: 3 }, state: 'warned', says: '3 are invalid' },
  {
    what: 'of invalid rows',
    report: { ...REPORT, ready: 0, invalid: 10 },
    state: 'failed',
    says: 'none would be sent',
  },
  { what: 'without rows', report: { ...REPORT, rows: 0, ready: 0 }, state: 'failed', says: 'no rows' },
])('a file $what is $state', ({ report, state, says }) => {
  expect(judgePlan(report, { files: ['m.csv'], all: false })).toMatchObject({
    state,
    message: expect.stringContaining(says) as string,
  })
})

const worker = (version: string, account = 'a') => ({
  account,
  version,
  api: 'x',
  lanes: [],
  host: 'w1',
  pid: 7,
  since: 0,
  form: 2,
})

test.each([
  { what: 'none', workers: [], state: 'ok', says: 'brings its own' },
  { what: 'one of this version', workers: [worker('1.0.0')], state: 'ok', says: '1 process at work' },
  { what: 'others of others', workers: [worker('0.9.0', 'b')], state: 'ok', says: 'brings its own' },
  {
    what: 'an older one',
    workers: [worker('1.0.0'), worker('0.9.0')],
    state: 'warned',
    says: '2 processes at work for this account, 1 of another version (0.9.0) than this one (1.0.0): w1, process 7.',
  },
])('with workers, $what, it is $state', ({ workers, state, says }) => {
  const finding = judgeWorkers(workers, { account: 'a', version: '1.0.0' })
  expect(finding).toMatchObject({ state, message: expect.stringContaining(says) as string })
})
