import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { clockAt } from '../../bench/support/set-clock.ts'
import { type Place, type Running, kill, place, placeOn, run, start } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'
import { csvOf, members, syncPlace } from '../sync/sync-place.ts'
import { startSimulator } from '../../src/simulator/start-simulator.ts'

const PERIOD_S = 3

async function scheduler(where: Place, sync: string): Promise<Running> {
  const running = start(where, ['scheduler', sync])
  await until('the scheduler keeps the times', () => running.stderr().includes('Keeping the times of'))
  return running
}

/** The ids of a process' own processes. */
function childrenOf(pid = 0): string {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
}

/** A pattern for that second of that day, every year. */
function patternFor(time: Date): string {
  return `${time.getUTCSeconds()} ${time.getUTCMinutes()} ${time.getUTCHours()} * * *`
}

describe('rollcall scheduler', () => {
  let baseUrl = ''
  beforeAll(async () => {
    const simulator = await startSimulator({ port: 0, latencyMs: 0 })
    baseUrl = simulator.url
    return () => simulator.close()
  })

  test('on the embedded broker, alone, runs a sync when it is due', async ({ onTestFinished }) => {
    const schedule = `no_file: fine\nschedule: { cron: "*/5 * * * * *", zone: UTC }\n`
    const sync = syncPlace(await placeOn(baseUrl, undefined, onTestFinished), schedule)
    sync.land('a.csv', csvOf(members(1, 3)))
    await scheduler(sync.where, sync.sync)
    await until('the file is imported', () => sync.files('done').length === 1)
    await until('the night ended', async () => (await sync.history())[0]?.outcome === 'finished')
    expect(Date.parse((await sync.history())[0]?.due ?? '') % 5_000).toBe(0)
  })

  test('a stop while a sync begins is no error, and its time is taken up again', async ({ onTestFinished }) => {
    const schedule = `no_file: fine\nschedule: { cron: "*/5 * * * * *", zone: UTC }\n`
    const sync = syncPlace(await placeOn(baseUrl, undefined, onTestFinished), schedule)
    sync.land('a.csv', csvOf(members(1, 3)))
    const first = await scheduler(sync.where, sync.sync)
    await until('a process begins', () => childrenOf(first.child.pid) !== '')
    first.child.kill('SIGTERM')
    const { status, stderr } = await first.finished
    expect(status).toBe(0)
    expect(stderr).toContain('"killedBy":"SIGINT"')
    expect(stderr).not.toMatch(/could not be worked on|"level":50|"stack"/)

    await scheduler(sync.where, sync.sync)
    await until('the file is imported', () => sync.files('done').length === 1)
  })

  describe.runIf(hasRedis)('on Redis', () => {
    let redis: Awaited<ReturnType<typeof startRedis>>
    beforeAll(async () => {
      redis = await startRedis()
      return () => redis.close()
    })

    test('two of them, one killed at random: each time fires exactly once', async ({ onTestFinished }) => {
      const schedule = `overlap: queue\nschedule: { cron: "*/${PERIOD_S} * * * * *", zone: UTC }\n`
      const sync = syncPlace(place(baseUrl, redis.url, onTestFinished), schedule)
      const [first] = await Promise.all([scheduler(sync.where, sync.sync), scheduler(sync.where, sync.sync)])
      const times = async () => (await sync.history()).map(({ due }) => Date.parse(due ?? ''))
      await until('some times have fired', async () => (await times()).length >= 3)
      await delay(Math.random() * PERIOD_S * 1000)
      await kill(first)
      const killedAt = Date.now()
      const sorted = async () => (await times()).toSorted((a, b) => a - b)
      // What the dead one had taken up comes back when its lock ends.
      const complete = async () => {
        const all = await sorted()
        return (all.at(-1) ?? 0) > killedAt + 4 * PERIOD_S * 1000 && isWithoutGap(all)
      }
      await until('every time since has fired', complete)
      const all = await sorted()
      expect(new Set(all).size).toBe(all.length)
    })

    test('a restart misses nothing', async ({ onTestFinished }) => {
      const due = new Date(Math.ceil((Date.now() + 8_000) / 1000) * 1000)
      const schedule = `name: nightly\nschedule: { cron: "${patternFor(due)}", zone: UTC }\n`
      const sync = syncPlace(place(baseUrl, (await startOwn(onTestFinished)).url, onTestFinished), schedule)
      await kill(await scheduler(sync.where, sync.sync))
      await until('the time has passed', () => Date.now() > due.getTime() + 500)
      await scheduler(sync.where, sync.sync)
      await until('it fired', async () => (await sync.history()).length > 0)
      expect((await sync.history()).map((night) => night.due)).toEqual([due.toISOString()])
    })

    test('a time that others took up does not hide the one after it', async ({ onTestFinished }) => {
      const where = place(baseUrl, redis.url, onTestFinished)
      const sync = syncPlace(where, 'name: daily\nschedule: { cron: "30 2 * * *", zone: UTC }\n')
      const by = (time: string): Place => ({ ...where, env: { ...where.env, ...clockAt(Date.parse(time)) } })
      await kill(await scheduler(by('2026-03-01T02:00:00Z'), sync.sync))
      await run(by('2026-03-01T02:30:00Z'), ['sync', 'run', sync.sync, '--due', '2026-03-01T02:30:00Z'])
      await scheduler(by('2026-03-02T02:30:01Z'), sync.sync)
      const times = async () => {
        const { stdout } = await run(where, ['sync', 'history', 'daily', '--json'])
        return (JSON.parse(stdout) as { due: string }[]).map(({ due }) => due)
      }
      await until('the second fires', async () => (await times()).length > 1)
      expect(await times()).toEqual(['2026-03-01T02:30:00.000Z', '2026-03-02T02:30:00.000Z'])
    })
  })
})

function isWithoutGap(times: readonly number[]): boolean {
  return times.every((time, at) => at === 0 || time - (times[at - 1] ?? 0) <= PERIOD_S * 1000)
}

async function startOwn(onTestFinished: (clear: () => Promise<void>) => void) {
  const redis = await startRedis()
  onTestFinished(() => redis.close())
  return redis
}
