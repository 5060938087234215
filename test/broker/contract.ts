import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { DelayedError, type Worker } from 'bullmq'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { Broker, Process } from '../../src/broker/broker.ts'
import { openBroker } from '../../src/broker/open-broker.ts'
import { temporaryFolder } from '../support/cli.ts'
import { until } from '../support/wait.ts'

interface Data {
  readonly rows: readonly number[]
}

/** Where a broker's servers are: started for all tests of the contract, and ended after them. */
export interface BrokerServers {
  readonly url: string | undefined
  close(): Promise<void>
}

/** What whoever uses a broker relies on, whichever it is. */
export function brokerContract(kind: Broker['kind'], startServers: () => Promise<BrokerServers>): void {
  let servers: BrokerServers
  let home: string
  let broker: Broker
  let queueName: string
  let queues = 0

  const open = () => openBroker({ home, redisUrl: servers.url })
  const queue = () => broker.queue<Data>(queueName)

  beforeAll(async () => {
    servers = await startServers()
    home = temporaryFolder()
    broker = await open()
  })
  afterAll(async () => {
    await broker.close()
    await servers.close()
  })
  beforeEach(() => {
    queueName = `queue-${(queues += 1)}`
  })

  function startWorker(process: Process<Data>, concurrency = 4): Worker<Data, void, string> {
    const worker = broker.worker<Data>(queueName, process, { concurrency, putsBack: true, onError: () => {} })
    onTestFinished(() => worker.close(true))
    return worker
  }

  async function isEmpty(): Promise<boolean> {
    const counts = await queue().getJobCounts('waiting', 'active', 'delayed', 'completed', 'failed')
    return Object.values(counts).every((count) => count === 0)
  }

  test('says which one it is', () => {
    expect(broker.kind).toBe(kind)
  })

  test('knows who works, from when they begin until they end', async () => {
    const entry = {
      account: 'a1',
      api: 'api.test',
      lanes: ['link'],
      host: 'here',
      pid: 7,
      version: '1.0.0',
      form: 2,
      run: 'r1',
    }
    const before = Date.now()
    const enrolment = broker.registry.enrol(entry)
    await until('it stands there', async () => (await broker.registry.list()).length === 1)
    const [found] = await broker.registry.list()
    expect(found).toEqual({ ...entry, since: expect.any(Number) as number })
    expect(Math.abs((found?.since ?? 0) - before)).toBeLessThan(5_000)
    await enrolment.end()
    expect(await broker.registry.list()).toEqual([])
  })

  test('gives the same queue for the same name', () => {
    expect(broker.queue('same')).toBe(broker.queue('same'))
  })

  test('a job that is added twice under one id runs once, with the data that came first', async () => {
    const opts = { jobId: 'run-register-1' }
    const jobs = [1, 2, 3].map((row) => ({ name: 'batch', data: { rows: [row] }, opts }))
    await queue().addBulk(jobs.slice(0, 2))
    await queue().addBulk(jobs.slice(2))
    const seen: Data[] = []

    startWorker((taken) => Promise.resolve(void seen.push(taken.data)))

    await until('the queue is empty', isEmpty)
    expect(seen).toEqual([{ rows: [1] }])
  })

  test('a job that is done leaves nothing behind, and its id is free again', async () => {
    const seen: (string | undefined)[] = []
    startWorker((taken) => Promise.resolve(void seen.push(taken.id)))
    await queue().add('batch', { rows: [1] }, { jobId: 'run-register-1' })
    await until('the first run', async () => seen.length === 1 && (await isEmpty()))
    expect(await queue().getJobState('run-register-1')).toBe('unknown')

    await queue().add('batch', { rows: [1] }, { jobId: 'run-register-1' })

    await until('the second run', () => seen.length === 2)
  })

  test('a job that is put off comes back with the data and the progress that were saved', async () => {
    const seen: { data: Data; progress: unknown }[] = []
    startWorker(async (job, token) => {
      seen.push({ data: job.data, progress: job.progress })
      if (seen.length > 1) return
      expect(await broker.writeHeld(job, token ?? '', { name: 'progress', value: { pass: 1, rows: [1, 2] } })).toBe(
        true,
      )
      expect(await broker.writeHeld(job, token ?? '', { name: 'data', value: { rows: [2] } })).toBe(true)
      await broker.putBack(job, token ?? '', 50)
      throw new DelayedError()
    })

    await queue().add('batch', { rows: [1, 2] })

    await until('it has run again', async () => seen.length === 2 && (await isEmpty()))
    expect(seen[0]?.data).toEqual({ rows: [1, 2] })
    expect(seen[1]).toEqual({ data: { rows: [2] }, progress: { pass: 1, rows: [1, 2] } })
  })

  test('a job that is put off for long is called back by promoting it', async () => {
    let taken = 0
    startWorker(async (job, token) => {
      taken += 1
      if (taken > 1) return
      await broker.putBack(job, token ?? '', undefined)
      throw new DelayedError()
    })
    await queue().add('batch', { rows: [1] }, { jobId: 'parked' })
    await until('it is put off', async () => (await queue().getJobState('parked')) === 'delayed')

    await (await queue().getJob('parked'))?.promote()

    await until('it is done', isEmpty)
    expect(taken).toBe(2)
  })

  test.each([-3_600_000, 3_600_000])(
    'a job that is put off comes back in time, though the wall clock jumps by %d ms',
    async (byMs) => {
      vi.useFakeTimers({ toFake: ['Date'] })
      onTestFinished(() => void vi.useRealTimers())
      const taken: number[] = []
      startWorker(async (job, token) => {
        taken.push(performance.now())
        if (taken.length > 1) return
        await broker.putBack(job, token ?? '', 400)
        vi.setSystemTime(Date.now() + byMs)
        throw new DelayedError()
      })

      await queue().add('batch', { rows: [1] })

      await until('it is done', async () => taken.length === 2 && (await isEmpty()))
      const [first = 0, second = 0] = taken
      expect(second - first).toBeGreaterThan(395)
      expect(second - first).toBeLessThan(5_000)
    },
  )

  test('a job that somebody else holds cannot be written, and stays as it is', async () => {
    const written = Promise.withResolvers<boolean>()
    startWorker(async (job) => {
      written.resolve(await broker.writeHeld(job, 'somebody else', { name: 'data', value: { rows: [] } }))
      expect((await queue().getJob(job.id ?? ''))?.data).toEqual({ rows: [1] })
    })
    await queue().add('batch', { rows: [1] })
    expect(await written.promise).toBe(false)
    await until('it is done', isEmpty)
  })

  test('a job whose processor throws comes back', async () => {
    let taken = 0
    startWorker(() => {
      taken += 1
      return taken === 1 ? Promise.reject(new Error('the broker stumbled')) : Promise.resolve()
    })

    await queue().add('batch', { rows: [1] })

    await until('it is done', isEmpty)
    expect(taken).toBe(2)
  })

  test('a worker that closes lets its job end, and takes no other', async () => {
    const started = Promise.withResolvers<void>()
    const mayEnd = Promise.withResolvers<void>()
    const ended: unknown[] = []
    const worker = startWorker(async (job) => {
      started.resolve()
      await mayEnd.promise
      ended.push(job.data.rows)
    }, 1)
    await queue().addBulk([1, 2].map((row) => ({ name: 'batch', data: { rows: [row] } })))
    await started.promise

    const closing = worker.close()
    mayEnd.resolve()
    await closing

    expect(ended).toEqual([[1]])
    expect(await queue().getJobCounts('waiting', 'active')).toEqual({ waiting: 1, active: 0 })
  })

  test('a worker runs as many jobs at a time as it is told', async () => {
    let atATime = 0
    const mayEnd = Promise.withResolvers<void>()
    startWorker(async () => {
      atATime += 1
      await mayEnd.promise
    }, 3)
    await queue().addBulk([1, 2, 3, 4, 5].map((row) => ({ name: 'batch', data: { rows: [row] } })))

    await until('three run', () => atATime === 3)
    expect(await queue().getJobCounts('waiting', 'active')).toEqual({ waiting: 2, active: 3 })
    mayEnd.resolve()
    await until('all are done', isEmpty)
    expect(atATime).toBe(5)
  })

  test('what a job carries comes back as it was', async () => {
    const data = {
      rows: [1.5, -0.25, 9_007_199_254_740_991],
      text: 'Zoë 王 🎈 "quoted" \\ \u2028 \t',
      empty: { list: [], object: {}, text: '' },
      nothing: null,
      yes: true,
    }
    const seen: unknown[] = []
    startWorker((job) => Promise.resolve(void seen.push(job.data)))
    await queue().add('batch', data)
    await until('it is done', isEmpty)
    expect(seen).toEqual([data])
  })

  test('jobs go by their priority, the lowest first, and those of one priority as they came', async () => {
    const priorities = [3, 1, 2, 1]
    await queue().addBulk(
      priorities.map((priority, at) => ({ name: 'batch', data: { rows: [at] }, opts: { priority } })),
    )
    const seen: number[] = []
    startWorker((job) => Promise.resolve(void seen.push(...job.data.rows)), 1)
    await until('the queue is empty', async () => seen.length === 4 && (await isEmpty()))
    expect(seen).toEqual([1, 3, 2, 0])
  })

  test('a job that waits can be looked up, and removed for good', async () => {
    expect(await queue().getJob('batch-1')).toBeUndefined()
    await queue().add('batch', { rows: [1] }, { jobId: 'batch-1', priority: 1 })
    const job = await queue().getJob('batch-1')
    expect(job?.data).toEqual({ rows: [1] })
    expect(await job?.isDelayed()).toBe(false)

    await queue().remove('batch-1')

    expect(await queue().getJob('batch-1')).toBeUndefined()
    expect(await queue().getJobState('batch-1')).toBe('unknown')
    // What is not there can be removed as well.
    await queue().remove('batch-1')
  })

  test('a queue that is obliterated is empty, and can be used again', async () => {
    await queue().addBulk(
      [1, 2].map((row) => ({ name: 'batch', data: { rows: [row] }, opts: { delay: row * 60_000 } })),
    )
    await queue().obliterate({ force: true })
    expect(await isEmpty()).toBe(true)
    const seen: Data[] = []
    startWorker((job) => Promise.resolve(void seen.push(job.data)))
    await queue().add('batch', { rows: [3] })
    await until('it is done', () => seen.length === 1)
    expect(seen).toEqual([{ rows: [3] }])
  })

  test('a schedule is kept, and setting it anew leaves one job for the next time', async () => {
    const pattern = '30 2 * * *'
    const schedule = () =>
      queue().upsertJobScheduler('nightly', { pattern, tz: 'Europe/Berlin' }, { name: 'due', data: { rows: [] } })
    expect(await queue().getJobScheduler('nightly')).toBeUndefined()
    await schedule()
    const known = await queue().getJobScheduler('nightly')
    expect(known).toMatchObject({ pattern, tz: 'Europe/Berlin' })
    expect(known?.next).toBeGreaterThan(Date.now())
    await schedule()
    expect(await queue().getJobCounts('delayed')).toEqual({ delayed: 1 })
    expect(await queue().getJobState(`repeat:nightly:${known?.next}`)).toBe('delayed')
  })

  test('jobs of a broker that was not started anew are of one generation', async () => {
    const generation = await broker.generation()
    expect(await broker.generation()).toBe(generation)
  })

  test('a run goes on unless it is told otherwise', async () => {
    expect(await broker.runState('run')).toBe('running')
    for (const state of ['parked', 'cancelled', 'running'] as const) {
      await broker.setRunState('run', state)
      expect(await broker.runState('run')).toBe(state)
      expect(await broker.runState('another')).toBe('running')
    }
  })

  test('jobs outlive the broker that added them', async () => {
    await queue().add('batch', { rows: [1] }, { jobId: 'kept' })
    await broker.close()
    broker = await open()
    expect((await queue().getJob('kept'))?.data).toEqual({ rows: [1] })
  })

  test('a job whose holder was killed with -9 is taken up again', async () => {
    queueName = 'jobs'
    await queue().add('batch', { rows: [1] }, { jobId: 'held' })
    // The embedded broker serves one process at a time.
    if (kind === 'embedded') await broker.close()
    const args = [
      fileURLToPath(new URL('hold-for-ever.ts', import.meta.url)),
      home,
      ...(servers.url === undefined ? [] : [servers.url]),
    ]
    const holder = spawn(process.execPath, args, { env: {}, stdio: ['ignore', 'pipe', 'inherit'] })
    const exit = once(holder, 'exit')
    const [word]: unknown[] = await once(holder.stdout.setEncoding('utf8'), 'data')
    expect(word).toBe('holding held\n')
    holder.kill('SIGKILL')
    await exit
    if (kind === 'embedded') broker = await open()
    // Whoever opens the embedded broker knows that nobody else has it; on Redis, somebody may still be at work.
    expect(await queue().getJobState('held')).toBe(kind === 'embedded' ? 'waiting' : 'active')

    const seen: Data[] = []
    startWorker((job) => Promise.resolve(void seen.push(job.data)))

    await until('it is done', isEmpty)
    expect(seen).toEqual([{ rows: [1] }])
  })
}
