import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, inject, onTestFinished } from 'vitest'
import { openBroker } from '../../src/broker/open-broker.ts'
import type { Json, Outcome, Status } from '../../src/model.ts'
import { entry } from './bundle-command.ts'

type Clear = () => void | Promise<void>

/** What is to be cleared away when the file ends, the latest first. */
const leftovers: Clear[] = []

afterAll(async () => {
  for (const clear of leftovers.splice(0).toReversed()) await clear()
})

/** Clears something away when the test ends or, where a hook made it, when the file does. */
function clearLater(clear: Clear): void {
  try {
    onTestFinished(clear)
  } catch {
    leftovers.push(clear)
  }
}

/** A folder of the test's own, gone when it ends. */
export function temporaryFolder(later = clearLater): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'))
  later(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

export interface Place {
  readonly folder: string
  readonly home: string
  readonly env: Readonly<Record<string, string>>
  /** Has something cleared away when the place is no longer needed: the processes that were started there, too. */
  readonly later: (clear: Clear) => void
}

/** The embedded broker's files as they are before the first job: one file of tests makes them, which takes seconds. */
let freshBroker: Promise<string> | undefined

/**
 * A place on the broker that `redis` says, or on the embedded one, whose files are there already.
 * Tests that run side by side give their context's `onTestFinished`: the global one does not tell them apart.
 */
export async function placeOn(
  baseUrl: string,
  redis: { readonly url: string } | undefined,
  later = clearLater,
): Promise<Place> {
  if (redis !== undefined) return place(baseUrl, redis.url, later)
  freshBroker ??= makeBroker()
  const template = await freshBroker
  const where = place(baseUrl, undefined, later)
  cpSync(template, where.home, { recursive: true })
  return where
}

async function makeBroker(): Promise<string> {
  const made = join(inject('shared'), 'broker')
  if (existsSync(made)) return made
  const home = mkdtempSync(join(inject('shared'), 'making-'))
  const broker = await openBroker({ redisUrl: undefined, home })
  await broker.close()
  try {
    renameSync(home, made)
  } catch (error) {
    // Another file has made it meanwhile.
    if (!existsSync(made)) throw error
  }
  return made
}

/** Where a test's runs live, and the environment of its commands. */
export function place(baseUrl: string, redisUrl?: string, later = clearLater): Place {
  const folder = temporaryFolder(later)
  const home = join(folder, 'home')
  return {
    folder,
    home,
    later,
    env: {
      ROLLCALL_BASE_URL: baseUrl,
      ROLLCALL_KEY: 'key',
      ROLLCALL_SECRET: 'secret',
      ROLLCALL_HOME: home,
      ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
    },
  }
}

export function write({ folder }: Place, name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

export interface Finished {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  /** What it has written to standard error so far. */
  readonly stderr: () => string
  readonly finished: Promise<Finished>
}

/**
 * Starts the real command as a process of its own; ended with the test at the latest. `wrap`: a command that runs what
 * follows it.
 */
export function start(
  { env, folder, later }: Place,
  args: readonly string[],
  input?: string,
  wrap: readonly string[] = [],
): Running {
  const [program = '', ...rest] = [...wrap, process.execPath, entry, ...args]
  const child = spawn(program, rest, { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const finished = once(child, 'close').then(([status]): Finished => ({
    status: status as number | null,
    stdout,
    stderr,
  }))
  later(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await finished
  })
  return { child, stderr: () => stderr, finished }
}

export function run(
  where: Place,
  args: readonly string[],
  input?: string,
  wrap: readonly string[] = [],
): Promise<Finished> {
  return start(where, args, input, wrap).finished
}

export async function kill({ child, finished }: Running): Promise<void> {
  child.kill('SIGKILL')
  await finished
}

/** The lines of a CSV report of the only (or latest) run, by column. */
export function readReport({ home }: Place, name: 'results.csv' | 'rejects.csv'): Record<string, string>[] {
  return parse(readFileSync(join(latestRun(home), name)), { columns: true, bom: true })
}

/** A line of results.jsonl, as far as tests look at it. */
export interface ResultLine {
  readonly row: number
  readonly key: string
  readonly status?: Status
  readonly input: Json
  readonly register?: Outcome
  readonly link?: Outcome
}

/** The lines of the latest run's results.jsonl, which is asked for with them. */
export async function readResults(where: Place): Promise<ResultLine[]> {
  const { home } = where
  await run(where, ['report', 'latest', '--format', 'jsonl'])
  const lines = readFileSync(join(latestRun(home), 'results.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map((line) => JSON.parse(line) as ResultLine)
}

export function readSummary({ home }: Place): Record<string, unknown> {
  return JSON.parse(readFileSync(join(latestRun(home), 'summary.json'), 'utf8')) as Record<string, unknown>
}

/** The run that began last: ids of one second are in order of their files' names. One that has no record yet is just being made. */
export function latestRun(home: string): string {
  const [latest] = readdirSync(join(home, 'runs'))
    .filter((name) => !name.startsWith('.'))
    .map((name) => ({ name, startedAt: startOf(join(home, 'runs', name)) }))
    .toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1))
  if (latest === undefined) throw new Error(`no run in ${home}`)
  return join(home, 'runs', latest.name)
}

function startOf(folder: string): string {
  const record = join(folder, 'run.json')
  return existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as { startedAt: string }).startedAt : NOT_YET
}

/** Behind all times. */
const NOT_YET = '~'
