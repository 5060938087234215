import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { CheckReport } from '../../src/app/check/check-file.ts'
import type { LaneName } from '../../src/model.ts'
import type { LaneSummary, Summary } from '../../src/report/summary.ts'
import type { Arrival } from '../../src/simulator/traffic.ts'
import type { SimulatorStats } from '../../src/simulator/world.ts'
import type { Started, Workplace } from './workplace.ts'

const root = join(import.meta.dirname, '../..')

/** What every request of a bench says it is. */
export const credentials = { username: 'bench', password: 'bench' } as const

/** A simulator in a process of its own. */
export interface SimulatorProcess extends AsyncDisposable {
  readonly url: string
  stats(): Promise<SimulatorStats>
  /** Empty unless it was started with `--record-arrivals`. */
  arrivals(): Promise<readonly Arrival[]>
}

/** Starts `rollcall simulate` on a free port. */
export async function startSimulator(place: Workplace, options: readonly string[]): Promise<SimulatorProcess> {
  const simulator = place.start(process.execPath, [...command(), 'simulate', '--port', '0', ...options])
  const [, url = ''] = await simulator.line(/listens at (http:\S+)\. /)
  return {
    url,
    stats: async () => (await (await fetch(`${url}/_simulator/stats`)).json()) as SimulatorStats,
    arrivals: async () => (await (await fetch(`${url}/_simulator/arrivals`)).json()) as readonly Arrival[],
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  }
}

/** Members that the simulator knows already and does not keep: as fast as it can be. */
export const TIRELESS = ['--stateless', '--knows-everyone', '--latency', '0'] as const

export interface ImportOptions {
  readonly file: string
  readonly plan: string
  readonly baseUrl: string
  /** Without it, the embedded broker. */
  readonly redisUrl?: string
  /** Where its run is kept; a place of its own unless told, which goes with it. */
  readonly home?: string | undefined
  /** For Node, beside those that the package starts rollcall with. */
  readonly nodeOptions?: readonly string[]
  /** Whether a request may be made again, which makes other figures meaningless. */
  readonly allowRetries?: boolean
}

export interface ImportEnd {
  readonly summary: Summary
  /** From the start of the process to its end. */
  readonly tookMs: number
  /** The most memory that the process held (VmHWM); 0 where the system does not tell. */
  readonly peakBytes: number
}

/** Runs `rollcall import` as a user does. Throws where a row is not done. */
export async function runImport(place: Workplace, options: ImportOptions): Promise<ImportEnd> {
  const { file, plan, baseUrl, redisUrl, home, nodeOptions = [], allowRetries = false } = options
  const env = { ...environment(place, { baseUrl, redisUrl }), ...(home !== undefined && { ROLLCALL_HOME: home }) }
  const startedAt = performance.now()
  const args = [...nodeOptions, ...command(), 'import', file, '--plan', plan, '--json']
  await using child = place.start(process.execPath, args, env)
  const peak = watchPeak(child)
  const summary = JSON.parse(await child.output()) as Summary
  const tookMs = performance.now() - startedAt
  const peakBytes = await peak
  checkDone(summary, allowRetries)
  // Runs hold some hundred bytes a row, and there are many of them.
  if (home === undefined) rmSync(env['ROLLCALL_HOME'] ?? '', { recursive: true })
  return { summary, tookMs, peakBytes }
}

/** Runs `rollcall sync run` once. Throws where it does not end with every row done. */
export async function runSyncOnce(
  place: Workplace,
  file: string,
  { home, ...rest }: Surroundings & { readonly home: string },
): Promise<Pick<ImportEnd, 'tookMs' | 'peakBytes'> & { readonly cpuMs: number }> {
  const startedAt = performance.now()
  const env = { ...environment(place, rest), ROLLCALL_HOME: home }
  await using child = place.start(process.execPath, [...command(), 'sync', 'run', file, '--json'], env)
  const peak = watchPeak(child)
  const cpu = watchCpu(child)
  await child.output()
  return { tookMs: performance.now() - startedAt, peakBytes: await peak, cpuMs: await cpu }
}

/** Runs `rollcall check`, from its start to its end. `peakBytes`: the peak of its resident memory. */
export async function runCheck(
  place: Workplace,
  file: string,
  plan: string,
): Promise<{ readonly report: CheckReport; readonly tookMs: number; readonly peakBytes: number }> {
  const startedAt = performance.now()
  await using child = place.start(process.execPath, [...command(), 'check', file, '--plan', plan, '--json'])
  const peak = watchPeak(child)
  const report = JSON.parse(await child.output()) as CheckReport
  const tookMs = performance.now() - startedAt
  return { report, tookMs, peakBytes: await peak }
}

/** What a rollcall process that is not waited for is given. */
export interface Surroundings {
  readonly baseUrl: string
  /** Without it, the embedded broker. */
  readonly redisUrl?: string
  /** What counts as a minute; that of the clock unless told. */
  readonly minuteMs?: number
}

/** Starts `rollcall import`, for as long as the caller likes. */
export function startImport(
  place: Workplace,
  { file, plan, workers, ...rest }: Surroundings & { file: string; plan: string; workers: boolean },
): Started {
  const args = ['import', file, '--plan', plan, ...(workers ? [] : ['--no-workers'])]
  return place.start(process.execPath, [...command(), ...args], environment(place, rest))
}

/** Imports a file to its end, as fast as its plan lets it, and starts `rollcall verify` of that run. */
export async function startVerify(
  place: Workplace,
  { file, plan, workers, ...rest }: Surroundings & { file: string; plan: string; workers: boolean },
): Promise<Started> {
  const env = environment(place, rest)
  await place.start(process.execPath, [...command(), 'import', file, '--plan', plan], env).output()
  const args = ['verify', 'latest', ...(workers ? [] : ['--no-workers'])]
  return place.start(process.execPath, [...command(), ...args], env)
}

/** Starts `rollcall worker`. Resolves when it waits for jobs. */
export async function startWorker(place: Workplace, surroundings: Surroundings, lane: LaneName): Promise<Started> {
  const args = [...command(), 'worker', '--lane', lane]
  const worker = place.start(process.execPath, args, environment(place, surroundings))
  await worker.line(/worker started/)
  return worker
}

function environment(place: Workplace, { baseUrl, redisUrl, minuteMs }: Surroundings): Record<string, string> {
  return {
    ROLLCALL_BASE_URL: baseUrl,
    ROLLCALL_USERNAME: credentials.username,
    ROLLCALL_PASSWORD: credentials.password,
    ROLLCALL_HOME: mkdtempSync(join(place.folder, 'home-')),
    ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
    ...(minuteMs !== undefined && { ROLLCALL_MINUTE_MS: String(minuteMs) }),
  }
}

/** A program of `bench/subjects`, with the same Node options as rollcall; gives the JSON that it prints. */
export async function runSubject<T>(place: Workplace, name: string, argument: object): Promise<T> {
  await using child = startSubject(place, name, argument)
  return JSON.parse(await child.output()) as T
}

/** The same, for as long as the caller likes. */
export function startSubject(place: Workplace, name: string, argument: object): Started {
  const file = join(root, 'bench/subjects', `${name}.ts`)
  return place.start(process.execPath, [...packageOptions(), file, JSON.stringify(argument)])
}

/** Rows a second from the lane's first request to its last. */
export function laneRate({ lanes, rows }: Summary, lane: LaneName): number {
  const { requests, mean_rpm } = lanes[lane] as LaneSummary
  return ((rows / requests) * (mean_rpm ?? 0)) / 60
}

/** Node's options and the script, as `npm run rollcall` has them. */
export function command(): readonly string[] {
  return [...packageOptions(), join(root, 'src/cli/main.ts')]
}

function packageOptions(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { rollcall: string } }
  return scripts.rollcall.split(' ').filter((word) => word.startsWith('--'))
}

const LOOK_EVERY_MS = 20

/** The kernel keeps the peak itself; the last look before the end misses at most what came within a moment. */
async function watchPeak({ pid }: Started): Promise<number> {
  let peak = 0
  for (;;) {
    const kilobytes = readPeak(pid)
    if (kilobytes === undefined) return peak * 1024
    peak = kilobytes
    await delay(LOOK_EVERY_MS)
  }
}

/** The processor's time that it took, all of its threads together: what a machine that others share cannot lengthen. */
async function watchCpu({ pid }: Started): Promise<number> {
  let ticks = 0
  for (;;) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      ticks = Math.max(ticks, Number(fields[11]) + Number(fields[12]))
    } catch {
      return (ticks * 1000) / TICKS_A_SECOND
    }
    await delay(LOOK_EVERY_MS)
  }
}

const TICKS_A_SECOND = 100

/** The most memory that a process has held so far (VmHWM), in bytes; undefined where the system does not tell. */
export function peakOf(pid: number): number | undefined {
  const kilobytes = readPeak(pid)
  return kilobytes === undefined ? undefined : kilobytes * 1024
}

function readPeak(pid: number): number | undefined {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return found === null ? undefined : Number(found[1])
  } catch {
    return undefined
  }
}

function checkDone({ state, rows, ok, warned, lanes }: Summary, allowRetries: boolean): void {
  const retries = Object.values(lanes).reduce((sum, lane) => sum + lane.retries, 0)
  if (state !== 'finished' || ok + warned !== rows || (retries > 0 && !allowRetries)) {
    throw new Error(`the import was to end well: ${JSON.stringify({ state, rows, ok, warned, lanes })}`)
  }
}
