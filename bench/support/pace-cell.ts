import { setTimeout as delay } from 'node:timers/promises'
import type { BullmqLimiterArgument } from '../subjects/bullmq-limiter.ts'
import { type PaceFigures, readPace } from './arrivals.ts'
import { type PacedLane, limitedPlan, unlimitedPlan } from './plans.ts'
import { type RedisServer, startRedis } from './redis.ts'
import {
  type SimulatorProcess,
  credentials,
  startImport,
  startSimulator,
  startSubject,
  startVerify,
  startWorker,
} from './rollcall.ts'
import type { Started, Workplace } from './workplace.ts'

/** One way to send at a limit. */
export interface Cell {
  readonly sender: 'rollcall' | 'embedded' | 'bullmq'
  readonly lane: PacedLane
  /** Requests a minute. */
  readonly limit: number
  /** `rollcall worker` processes, or BullMQ's. With `embedded` it is one, that of the import. */
  readonly processes: number
  readonly latencyMs: number
  /** The simulator keeps the members, as who is looked up has to be. */
  readonly remembers?: boolean
  /** From the first request on: when Redis is killed, to come back empty two seconds later. */
  readonly killRedisAtMs?: number
  /** BullMQ: the first request goes alone, the others so much later. */
  readonly firstAloneMs?: number
}

/** How long the cells send, and what they take for a minute. */
export interface CellTime {
  readonly minuteMs: number
  /** The rolling window in which the simulator counts: no longer than the minute. */
  readonly windowMs: number
  readonly sendingMs: number
  /** Of the window that is judged is taken by how much the simulator itself saw requests too late. */
  readonly forgivesStalls?: boolean
}

export interface CellFigures extends PaceFigures {
  readonly cell: Cell
  readonly throttled: number
  /** Registrations or links that were made, a minute. */
  readonly rowsPerMinute: number
  /** From Redis' return to the next request. */
  readonly backAfterMs?: number
}

export const REDIS_AWAY_MS = 2_000
/** Rows that a request carries (bench/plans). */
const ROWS_A_REQUEST: Readonly<Record<PacedLane, number>> = { register: 1, 'register-v1': 10, link: 50, balance: 1 }
const LOOK_EVERY_MS = 250

/** Rows that last longer than the cell does, even where each minute's worth goes out at once. */
export function rowsFor({ lane, limit }: Cell, { minuteMs, sendingMs }: CellTime): number {
  const requests = limit * (Math.ceil(sendingMs / minuteMs) + 1)
  return requests * ROWS_A_REQUEST[lane]
}

/** Sends for as long as told, with a Redis and a simulator of the cell's own, and reads the pace from the arrivals. */
export async function measureCell(place: Workplace, cell: Cell, time: CellTime, file: string): Promise<CellFigures> {
  const { lane, limit, latencyMs } = cell
  await using redis = await startRedis(place)
  await using simulator = await startSimulator(place, [
    ...(lane === 'balance' || cell.remembers === true ? [] : ['--stateless', '--knows-everyone']),
    '--record-arrivals',
    '--latency',
    String(latencyMs),
    '--window',
    String(time.windowMs),
    '--limits',
    `${lane}=${limit}`,
  ])
  await using senders = new AsyncDisposableStack()
  const watched = await startSenders({ place, cell, time, file, redis, simulator, senders })
  const backAt = await sending(watched, { cell, time, redis, simulator })
  const arrivals = (await simulator.arrivals()).filter((arrival) => arrival.lane === lane).map(({ at }) => at)
  const { lanes, registrations, linksMade, stalledMs } = await simulator.stats()
  const windowMs = time.windowMs - (time.forgivesStalls === true ? stalledMs : 0)
  const next = backAt === undefined ? undefined : arrivals.find((at) => at > backAt)
  return {
    cell,
    ...readPace(arrivals, { ...time, windowMs, limit }),
    throttled: lanes[lane].throttled,
    rowsPerMinute: ((registrations + linksMade) * time.minuteMs) / ((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)),
    backAfterMs: backAt === undefined || next === undefined ? undefined : next - backAt,
  }
}

interface Scene {
  readonly place: Workplace
  readonly cell: Cell
  readonly time: CellTime
  readonly file: string
  readonly redis: RedisServer
  readonly simulator: SimulatorProcess
  /** Takes the processes that are to end with the cell. */
  readonly senders: AsyncDisposableStack
}

/** Starts those who send, when all are there; gives the one that must not end by itself. */
async function startSenders(scene: Scene): Promise<Started> {
  const { place, cell, time, file, redis, simulator, senders } = scene
  if (cell.sender === 'bullmq') return await startBullmq(scene)
  const embedded = cell.sender === 'embedded'
  const { minuteMs } = time
  const surroundings = { baseUrl: simulator.url, minuteMs, ...(!embedded && { redisUrl: redis.url }) }
  if (!embedded) {
    const starts = Array.from({ length: cell.processes }, () => startWorker(place, surroundings, cell.lane))
    for (const worker of await Promise.all(starts)) senders.use(worker)
  }
  const work = { ...surroundings, file, plan: limitedPlan(place, cell.lane, cell.limit), workers: embedded }
  return senders.use(cell.lane === 'balance' ? await startVerify(place, work) : startImport(place, work))
}

async function startBullmq({ place, cell, time, file, redis, simulator, senders }: Scene): Promise<Started> {
  const start = (addsJobs: boolean) => {
    const argument: BullmqLimiterArgument = {
      ...credentials,
      lane: cell.lane,
      limit: cell.limit,
      minuteMs: time.minuteMs,
      file,
      plan: unlimitedPlan(cell.lane),
      baseUrl: simulator.url,
      redisUrl: redis.url,
      concurrency: BULLMQ_CONCURRENCY,
      addsJobs,
      firstAloneMs: cell.firstAloneMs ?? 0,
    }
    return senders.use(startSubject(place, 'bullmq-limiter', argument))
  }
  const others = Array.from({ length: cell.processes - 1 }, () => start(false))
  await Promise.all(others.map((other) => other.line(/ready/)))
  return start(true)
}

/** Many times what 600 requests a minute need at 20 ms a reply. */
const BULLMQ_CONCURRENCY = 16

type Sending = Pick<Scene, 'cell' | 'time' | 'redis' | 'simulator'>

/**
 * Resolves when requests have come for long enough; gives the time at which Redis was back, where it was killed.
 * Throws where the sender ends before that, or nothing comes.
 */
async function sending(sender: Started, { cell, time, redis, simulator }: Sending): Promise<number | undefined> {
  let ended = false
  const end = sender.output().finally(() => (ended = true))
  // Killed in the end, which is no fault.
  end.catch(() => {})
  const giveUpAt = Date.now() + time.sendingMs + START_PATIENCE_MS
  let backAt: number | undefined
  for (;;) {
    const { firstAt } = (await simulator.stats()).lanes[cell.lane]
    const now = Date.now()
    const sinceMs = firstAt === undefined ? 0 : now - firstAt
    if (sinceMs >= time.sendingMs) return backAt
    if (ended) throw new Error(`the sender ended before its time: ${await end}`)
    if (now > giveUpAt) throw new Error(`no request came at a limit of ${cell.limit}`)
    if (backAt === undefined && cell.killRedisAtMs !== undefined && sinceMs >= cell.killRedisAtMs) {
      await redis.killFor(REDIS_AWAY_MS)
      backAt = Date.now()
    }
    await delay(LOOK_EVERY_MS)
  }
}

const START_PATIENCE_MS = 60_000
