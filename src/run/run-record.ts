import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type LaneName, type Status, UsageError } from '../model.ts'
import type { Priority } from './turn-taker.ts'

/** How a run stands. `running` in a run that nobody works on means that its process died: `resume` goes on. */
export type State = 'running' | 'finished' | 'paused' | 'halted' | 'cancelled'

/** What `run.json` holds: all that `resume` needs beside the ledger, and nothing secret. */
export interface RunRecord {
  readonly run: string
  /** The file as a full path; for standard input, the copy in the run's folder. */
  readonly file: string
  /** Several files as one: each as a full path, and as the user called it. `file` is the first of them. */
  readonly files?: readonly { readonly path: string; readonly name: string }[]
  /** What the user called it: a path, or `-`. */
  readonly source: string
  readonly sha256: string
  readonly plan: string
  /** The hash of the plan's text. */
  readonly planSha256: string
  /** The account's short name, and where its API is. */
  readonly account: string
  readonly baseUrl: string
  /** Requests per minute by lane; a lane that is not there has no limit. */
  readonly limits: Partial<Record<LaneName, number>>
  /** The limits among them that `rollcall pace` changed while the run was under way. */
  readonly paced?: Partial<Record<LaneName, number>>
  readonly lanes: readonly LaneName[]
  /** Rows to read at most. */
  readonly limit?: number
  /** A rerun: of which run, and of which of its rows. */
  readonly rerunOf?: string
  readonly only?: readonly Status[]
  readonly code?: number
  /** A rerun from a mended rejects.csv: `file` is the copy of it in the run's folder. */
  readonly mended?: boolean
  /** A verification: of which run. */
  readonly verifies?: string
  /** The sync that it belongs to, and the number of its night: `nightly/12`. */
  readonly sync?: string
  readonly priority: Priority
  readonly state: State
  /** Why it is halted, and what to do about it. */
  readonly reason?: string
  readonly remedy?: string
  /** Whether the plan's `stop_when` halted it. */
  readonly stopWhen?: boolean
  readonly startedAt: string
  readonly finishedAt?: string
}

/** The files of one run. */
export interface RunFolder {
  readonly path: string
  readonly record: string
  readonly plan: string
  readonly input: string
  readonly ledger: string
  readonly lock: string
  /** Where another process asks for a pause or a cancellation. */
  readonly request: string
}

export function runFolder(home: string, run: string): RunFolder {
  const path = join(home, 'runs', run)
  return {
    path,
    record: join(path, 'run.json'),
    plan: join(path, 'plan.yaml'),
    input: join(path, 'input'),
    ledger: join(path, 'ledger.db'),
    lock: join(path, 'lock'),
    request: join(path, 'request'),
  }
}

/** A new run's id: when, what, and enough chance that two of one second differ. Sorts by time. */
export function newRunId(source: string, now: Date, prefix = ''): string {
  const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const name = source === '-' ? 'stdin' : basename(source).replace(/\..*$/, '')
  const word = `${prefix}${name}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 24)
    .replaceAll(/^-|-$/g, '')
  return [time, word, randomBytes(2).toString('hex')].filter((part) => part !== '').join('-')
}

export function createRunFolder(home: string, run: string): RunFolder {
  const folder = runFolder(home, run)
  mkdirSync(folder.path, { recursive: true, mode: 0o700 })
  chmodSync(folder.path, 0o700)
  return folder
}

/** Writes `run.json` whole: aside, then renamed. */
export function saveRunRecord(home: string, record: RunRecord): void {
  const { record: path } = runFolder(home, record.run)
  writeFileSync(`${path}.new`, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

/** All runs of a home, the latest last. */
export function listRuns(home: string): readonly RunRecord[] {
  const folder = join(home, 'runs')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .toSorted()
    .filter((run) => existsSync(runFolder(home, run).record))
    .map((run) => readRecord(home, run))
}

/**
 * The run that `name` means: its id, the end or beginning of one, or `latest`.
 * Throws a UsageError where there is none, or more than one.
 */
export function findRun(home: string, name: string): RunRecord {
  const runs = listRuns(home)
  const exact = runs.find(({ run }) => run === name)
  if (exact !== undefined) return exact
  if (name === 'latest' && runs.length > 0) return runs.at(-1) as RunRecord
  const alike = name === 'latest' ? [] : runs.filter(({ run }) => run.startsWith(name) || run.endsWith(name))
  const [only] = alike
  if (only !== undefined && alike.length === 1) return only
  const names = (alike.length > 0 ? alike : runs.slice(-5)).map(({ run }) => run)
  const which = alike.length > 1 ? `${alike.length} runs are called like that` : 'There is no such run'
  const these = names.length > 0 ? `: ${names.join(', ')}` : ` in ${home}; --home names another place`
  throw new UsageError(
    `${JSON.stringify(name)}: ${which}${alike.length > 1 || names.length === 0 ? these : `. The latest${these}`}`,
  )
}

function readRecord(home: string, run: string): RunRecord {
  const { record } = runFolder(home, run)
  try {
    return JSON.parse(readFileSync(record, 'utf8')) as RunRecord
  } catch (error) {
    throw new UsageError(`${record} cannot be read (${String(error)}). Delete the run's folder if it is of no use.`)
  }
}
