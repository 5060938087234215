import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckReport } from '../../src/app/check/check-file.ts'
import type { LaneName } from '../../src/model.ts'
import type { LaneSummary, Summary } from '../../src/report/summary.ts'
import type { Arrival } from '../../src/simulator/traffic.ts'
import type { SimulatorStats } from '../../src/simulator/world.ts'
import { type Spent, watchProcess } from './watch-process.ts'
import type { ImportLane } from './plans.ts'
import type { Started, Workplace } from './workplace.ts'

/** The folder of this checkout. Another one's, where its build is measured beside this one, has the same parts. */
export const thisBuild = join(import.meta.dirname, '../..')

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

/**
 * Requests that a process has under way at most where a lane has no limit: 3 register jobs of 64 rows, 16 link jobs of
 * one request (workers/jobs-at-a-time.ts, src/run/settings.ts).
 */
export const CONCURRENCY: Readonly<Record<ImportLane, number>> = { register: 3 * 64, link: 16 }

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
  /** The checkout whose rollcall it is; this one unless told. */
  readonly build?: string
  /** Whether this checkout's sources are run themselves and not bundled, so that what takes time has its name. */
  readonly sources?: boolean
}

/** What a command cost, from the start of its process to its end. */
export interface Took extends Spent {
  readonly tookMs: number
}

export interface ImportEnd extends Took {
  readonly summary: Summary
}

/** Runs `rollcall import` as a user does. Throws where a row is not done. */
export async function runImport(place: Workplace, options: ImportOptions): Promise<ImportEnd> {
  const {
    file,
    plan,
    baseUrl,
    redisUrl,
    home,
    nodeOptions = [],
    allowRetries = false,
    build,
    sources = false,
  } = options
  const env = {
    ...setBy(build),
    ...environment(place, { baseUrl, redisUrl }),
    ...(home !== undefined && { ROLLCALL_HOME: home }),
  }
  const words = sources ? [...packageOptions(thisBuild), join(thisBuild, 'src/cli/main.ts')] : command(build)
  const args = [...nodeOptions, ...words, 'import', file, '--plan', plan, '--json']
  const { output, ...took } = await runNode(place, args, env)
  const summary = JSON.parse(output) as Summary
  checkDone(summary, allowRetries)
  // Runs hold some hundred bytes a row, and there are many of them.
  if (home === undefined) rmSync(env['ROLLCALL_HOME'] ?? '', { recursive: true })
  return { summary, ...took }
}

/** Runs `rollcall sync run` once. Throws where it does not end with every row done. */
export async function runSyncOnce(
  place: Workplace,
  file: string,
  { home, build, ...rest }: Surroundings & { readonly home: string; readonly build?: string },
): Promise<Took> {
  const env = { ...setBy(build), ...environment(place, rest), ROLLCALL_HOME: home }
  return await runNode(place, [...command(build), 'sync', 'run', file, '--json'], env)
}

/** Runs `rollcall check`, from its start to its end. */
export async function runCheck(
  place: Workplace,
  file: string,
  { plan, build }: { readonly plan: string; readonly build?: string },
): Promise<Took & { readonly report: CheckReport }> {
  const { output, ...took } = await runNode(
    place,
    [...command(build), 'check', file, '--plan', plan, '--json'],
    setBy(build),
  )
  return { report: JSON.parse(output) as CheckReport, ...took }
}

/** Runs Node to its end, and watches what it takes. Throws where its exit status is not 0. */
export async function runNode(
  place: Workplace,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<Took & { readonly output: string }> {
  const startedAt = performance.now()
  await using child = place.start(process.execPath, args, env)
  const spent = watchProcess(child.pid)
  const output = await child.output()
  const tookMs = performance.now() - startedAt
  return { output, tookMs, ...(await spent) }
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
  return place.start(process.execPath, [...command(), ...args], { ...setBy(), ...environment(place, rest) })
}

/** Imports a file to its end, as fast as its plan lets it, and starts `rollcall verify` of that run. */
export async function startVerify(
  place: Workplace,
  { file, plan, workers, ...rest }: Surroundings & { file: string; plan: string; workers: boolean },
): Promise<Started> {
  const env = { ...setBy(), ...environment(place, rest) }
  await place.start(process.execPath, [...command(), 'import', file, '--plan', plan], env).output()
  const args = ['verify', 'latest', ...(workers ? [] : ['--no-workers'])]
  return place.start(process.execPath, [...command(), ...args], env)
}

/** Starts `rollcall worker`. Resolves when it waits for jobs. */
export async function startWorker(place: Workplace, surroundings: Surroundings, lane: LaneName): Promise<Started> {
  const args = [...command(), 'worker', '--lane', lane]
  const worker = place.start(process.execPath, args, { ...setBy(), ...environment(place, surroundings) })
  await worker.line(/worker started/)
  return worker
}

/** What rollcall finds in its environment: where the API and the broker are, and a home of its own. */
export function environment(place: Workplace, { baseUrl, redisUrl, minuteMs }: Surroundings): Record<string, string> {
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
export async function runSubject<T>(place: Workplace, name: string, argument: object, build?: string): Promise<T> {
  await using child = startSubject(place, name, argument, build)
  return JSON.parse(await child.output()) as T
}

/** The same, for as long as the caller likes. */
export function startSubject(place: Workplace, name: string, argument: object, build = thisBuild): Started {
  const file = join(build, 'bench/subjects', `${name}.ts`)
  return place.start(process.execPath, [...packageOptions(build), file, JSON.stringify(argument)])
}

/** Rows a second from the lane's first request to its last. */
export function laneRate({ lanes, rows }: Summary, lane: LaneName): number {
  const { requests, mean_rpm } = lanes[lane] as LaneSummary
  return ((rows / requests) * (mean_rpm ?? 0)) / 60
}

/** Node's options and the script, as `npm run rollcall` has them in a checkout. */
export function command(build = thisBuild): readonly string[] {
  const words = rollcallScript(build)
  return words.slice(words.indexOf('node') + 1).map((word) => (word.startsWith('--') ? word : join(build, word)))
}

/** What `npm run rollcall` sets in the environment. */
export function setBy(build = thisBuild): Readonly<Record<string, string>> {
  const words = rollcallScript(build)
  return Object.fromEntries(words.slice(0, words.indexOf('node')).map((word) => word.split('=', 2)))
}

function packageOptions(build: string): readonly string[] {
  return rollcallScript(build).filter((word) => word.startsWith('--'))
}

function rollcallScript(build: string): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(build, 'package.json'), 'utf8')) as { scripts: { rollcall: string } }
  return scripts.rollcall.split(' ')
}

function checkDone({ state, rows, ok, warned, lanes }: Summary, allowRetries: boolean): void {
  const retries = Object.values(lanes).reduce((sum, lane) => sum + lane.retries, 0)
  if (state !== 'finished' || ok + warned !== rows || (retries > 0 && !allowRetries)) {
    throw new Error(`the import was to end well: ${JSON.stringify({ state, rows, ok, warned, lanes })}`)
  }
}
