import { randomBytes } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../../src/app/context.ts'
import type { AppEvent } from '../../src/app/events.ts'
import { type ImportRequest, startImport } from '../../src/app/import/start-import.ts'
import { resumeRun } from '../../src/app/resume/resume-run.ts'
import { listRuns } from '../../src/app/runs/list-runs.ts'
import { Stopped } from '../../src/app/stopped.ts'
import { readEnvironment } from '../../src/cli/environment.ts'
import { readRunRecord, runFolder, saveRunRecord } from '../../src/run/run-record.ts'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { temporaryFolder } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'

const ROWS = 200

describe.skipIf(!hasRedis)('an import that is asked for without a terminal', () => {
  let simulator: Simulator
  let redis: RedisServer
  beforeAll(async () => {
    simulator = await startSimulator({ latencyMs: 5 })
    redis = await startRedis()
  })
  afterAll(async () => {
    await simulator.close()
    await redis.close()
  })
  const trial = (stop?: AbortController) => prepare({ baseUrl: simulator.url, redisUrl: redis.url }, stop)

  test('gives what became of it, and tells how it goes by events', async () => {
    const { request, context, events } = trial()

    const result = await startImport(request, context)

    expect(result).toMatchObject({ kind: 'ended', end: { record: { state: 'finished' }, rejects: 0 } })
    const kinds = events.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind.startsWith('run-'))).toEqual(['run-started', 'run-ended'])
    const progress = events.filter((event) => event.kind === 'progress')
    expect(progress.filter(({ last }) => last)).toEqual([progress.at(-1)])
    expect(progress.at(-1)).toMatchObject({ counts: { rows: ROWS, open: 0 }, rowsInAll: ROWS, limits: {} })
    // Plain data, for whoever writes them down or sends them on; and nothing of a member or of the account in it.
    expect(JSON.parse(JSON.stringify(events))).toMatchObject(events.map(({ kind }) => ({ kind })))
    expect(JSON.stringify(events)).not.toMatch(/91980|M-1\b|hunter2/)
  })

  test('pauses where it is asked to stop, and goes on', async () => {
    const stop = new AbortController()
    const { request, context } = trial(stop)
    const stopping: Context = {
      ...context,
      on: (event) => {
        if (event.kind === 'progress' && event.counts.rows > 0) stop.abort()
      },
    }

    const paused = await startImport(request, stopping)
    expect(paused).toMatchObject({ kind: 'ended', end: { record: { state: 'paused' } } })
    const { home } = context.environment
    expect(listRuns(home).runs.map(({ status }) => status.state)).toEqual(['paused'])

    const { ledger } = runFolder(home, paused.kind === 'ended' ? paused.end.record.run : '')
    const resume = () =>
      resumeRun({ run: 'latest', workers: true }, { ...context, signal: new AbortController().signal })
    renameSync(ledger, `${ledger}.away`)
    await expect(resume()).rejects.toThrow(/^The ledger of run .* is gone .*: they would be sent again/)
    // A crash leaves it as running.
    const stopped = readRunRecord(home, ledger.split('/').at(-2) ?? '')
    saveRunRecord(home, { ...stopped, state: 'running' })
    await expect(resume()).rejects.toThrow(/^The ledger of run .* is gone .*: they would be sent again/)
    saveRunRecord(home, stopped)
    renameSync(`${ledger}.away`, ledger)

    const end = await resume()
    expect(end).toMatchObject({ record: { state: 'finished' }, summary: { rows: ROWS, ok: ROWS } })
  })

  test('pauses where it is asked to stop while the file is read through, and reads no further', async () => {
    const stop = new AbortController()
    const { request, context } = trial(stop)
    const [file = ''] = request.files
    // What is broken behind more than is looked at when the file is opened is never come to.
    const noise = Array.from({ length: 40_000 }, () => `${randomBytes(12).toString('hex')}\n`).join('')
    const packed = gzipSync(`external_id\n${noise}`)
    writeFileSync(file, packed.subarray(0, packed.length - 100))
    writeFileSync(
      request.plan,
      'duplicates: last\nregister: { body: { profiles: [{ firstName: "${external_id}" }] } }\n',
    )
    const stopping: Context = {
      ...context,
      on: (event) => {
        if (event.kind === 'stage' && event.text.startsWith('Reading the file through')) stop.abort()
      },
    }
    expect(await startImport(request, stopping)).toMatchObject({ end: { record: { state: 'paused' } } })
  })

  test('leaves nothing behind where it is stopped before there is a run', async () => {
    const stop = new AbortController()
    const { request, context } = trial(stop)
    stop.abort()
    await expect(startImport({ ...request, checkFirst: true }, context)).rejects.toThrow(Stopped)
    expect(listRuns(context.environment.home).runs).toEqual([])
  })
})

function prepare(
  { baseUrl, redisUrl }: { baseUrl: string; redisUrl: string },
  stop = new AbortController(),
): { request: ImportRequest; context: Context; events: AppEvent[] } {
  const folder = temporaryFolder()
  const [file, plan] = [join(folder, 'members.csv'), join(folder, 'plan.yaml')]
  writeFileSync(file, membersCsv(ROWS))
  writeFileSync(plan, membersPlan)
  const events: AppEvent[] = []
  const environment = {
    ...readEnvironment({ home: join(folder, 'home') }),
    redisUrl,
    api: () => ({ baseUrl, credentials: { kind: 'oauth', key: 'brand', secret: 'hunter2' } as const }),
  }
  return {
    request: { files: [file], plan, again: false, workers: true, priority: 'normal' },
    context: { environment, on: (event) => void events.push(event), signal: stop.signal },
    events,
  }
}
