import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { LaneName, Status } from '../model.ts'
import type { Sample } from './sample.ts'
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
  /** What started rollcall: its reports name commands so. */
  readonly command?: string
  /** Requests per minute by lane; a lane that is not there has no limit. */
  readonly limits: Record<LaneName, number>
  /** The limits among them that `rollcall pace` changed while the run was under way. */
  readonly paced?: Record<LaneName, number>
  readonly lanes: readonly LaneName[]
  /** Rows to read at most. */
  readonly limit?: number
  /** A rerun: of which run, and of which of its rows. */
  readonly rerunOf?: string
  readonly only?: readonly Status[]
  readonly code?: number
  /** A rerun from a mended rejects.csv: `file` is the copy of it in the run's folder. */
  readonly mended?: boolean
  /** Its cells are as they are meant, also where they look like a spreadsheet's doing. */
  readonly asIs?: boolean
  /** A verification: of which run, and of which of its members where not of all. */
  readonly verifies?: string
  readonly sample?: Sample
  /** Of a verification: the lanes of that run of which no look-up tells what they did. */
  readonly unseen?: readonly LaneName[]
  /** The sync that it belongs to, and the number of its night: `nightly/12`. */
  readonly sync?: string
  /** Whether results.jsonl is asked for among its reports. */
  readonly jsonl?: boolean
  readonly priority: Priority
  /** A session came to have a ledger: without it, nobody knows what was sent. */
  readonly hasLedger?: true
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
  /** While it can go on: what is to be known of the members in front of the ledger's `place`. */
  readonly journal: string
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
    journal: join(path, 'members.journal'),
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
  return [time, word, fourDigits()].filter((part) => part !== '').join('-')
}

/**
 * Of hexadecimals, by chance. By the platform's own, as who only looks at runs need not load what else there is of the
 * kind.
 */
function fourDigits(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(2))).toString('hex')
}

/** Sorts runs as they began. Their ids tell the second alone, and of those that cannot be read nobody knows more. */
export function byBeginning(a: BegunRun, b: BegunRun): number {
  return (
    compare(a.run.slice(0, SECOND), b.run.slice(0, SECOND)) ||
    compare(a.startedAt ?? '', b.startedAt ?? '') ||
    compare(a.run, b.run)
  )
}

export interface BegunRun {
  readonly run: string
  readonly startedAt?: string | undefined
}

const SECOND = '20300101-120000'.length

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

export function createRunFolder(home: string, run: string): RunFolder {
  const folder = runFolder(home, run)
  mkdirSync(folder.path, { recursive: true, mode: 0o700 })
  chmodSync(folder.path, 0o700)
  return folder
}

/** What a `run.json` of today calls its form. Earlier ones do not say. */
const VERSION = 1

/** Writes `run.json` whole: aside and onto the disk, then renamed. */
export function saveRunRecord(home: string, record: RunRecord): void {
  const { record: path } = runFolder(home, record.run)
  const text = `${JSON.stringify({ version: VERSION, ...record }, undefined, 2)}\n`
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}

/** Reads `run.json`. Throws an error that says in a few words why that cannot be done. */
export function readRunRecord(home: string, run: string): RunRecord {
  const { version = VERSION, ...record } = parseObject(readFileSync(runFolder(home, run).record, 'utf8'))
  if (version !== VERSION) throw new Error('its run.json was written by a newer rollcall')
  const missing = ALWAYS_THERE.find((name) => record[name] === undefined)
  if (missing !== undefined) throw new Error(`its run.json has no ${missing}`)
  if (record['run'] !== run) throw new Error(`its run.json is that of run ${String(record['run'])}`)
  return record as Record<string, unknown> as RunRecord & Record<string, unknown>
}

const ALWAYS_THERE: readonly (keyof RunRecord)[] = [
  'run',
  'file',
  'source',
  'sha256',
  'plan',
  'planSha256',
  'account',
  'baseUrl',
  'limits',
  'lanes',
  'priority',
  'state',
  'startedAt',
]

function parseObject(text: string): Partial<Record<string, unknown>> {
  try {
    const value = JSON.parse(text) as Partial<Record<string, unknown>> | null
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Said below: what the parser says would quote what is there.
  }
  throw new Error('its run.json is cut off, or is no JSON object')
}
