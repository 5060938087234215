import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { UsageError } from '../model.ts'
import { type BegunRun, type RunRecord, byBeginning, readRunRecord, runFolder } from './run-record.ts'

/** A run whose `run.json` says nothing that can be relied on. */
export interface UnreadableRun {
  readonly run: string
  /** In a few words. */
  readonly why: string
}

/** The runs of a home that can be read, the latest last. */
export function listRuns(home: string): readonly RunRecord[] {
  return readRuns(home).records
}

/** All runs of a home, the latest last: those that can be read, and the others. */
export function readRuns(home: string): {
  readonly records: readonly RunRecord[]
  readonly unreadable: readonly UnreadableRun[]
} {
  const folder = join(home, 'runs')
  const records: RunRecord[] = []
  const unreadable: UnreadableRun[] = []
  for (const run of existsSync(folder) ? readdirSync(folder).toSorted() : []) {
    // A run has its record before it sends anything: what has none is being made, or was never begun.
    if (!existsSync(runFolder(home, run).record)) continue
    try {
      records.push(readRunRecord(home, run))
    } catch (error) {
      unreadable.push({ run, why: error instanceof Error ? error.message : String(error) })
    }
  }
  return { records: records.toSorted(byBeginning), unreadable }
}

/**
 * The run that `name` means: its id, the end or beginning of one, a part of its file's name, `latest` (an import) or
 * `latest-verify`.
 * Throws a UsageError where there is none, or more than one, or it cannot be read.
 */
export function findRun(home: string, name: string): RunRecord {
  const { records, unreadable } = readRuns(home)
  const run = chooseRun(namedRuns(records, unreadable), { home, name })
  const record = records.find((each) => each.run === run)
  if (record !== undefined) return record
  const why = unreadable.find((each) => each.run === run)?.why ?? ''
  throw new UsageError(`Run ${run} cannot be read: ${why}. ${unreadableRemedy(home, run)}`)
}

/** A run by its names: its id, and that of its file. */
interface NamedRun extends BegunRun {
  readonly file: string
  readonly isVerification: boolean
}

/** In the order in which they began. */
function namedRuns(records: readonly RunRecord[], unreadable: readonly UnreadableRun[]): readonly NamedRun[] {
  return [
    ...records.map(({ run, source, verifies, startedAt }) => ({
      run,
      startedAt,
      file: basename(source),
      isVerification: verifies !== undefined,
    })),
    ...unreadable.map(({ run }) => ({ run, file: '', isVerification: false })),
  ].toSorted(byBeginning)
}

function chooseRun(
  named: readonly NamedRun[],
  { home, name }: { readonly home: string; readonly name: string },
): string {
  const runs = named.map(({ run }) => run)
  if (runs.includes(name)) return name
  const latest = latestOf(named, name)
  if (latest !== undefined) return latest.run
  const ids = runs.filter((run) => run.startsWith(name) || run.endsWith(name))
  const imports = named.filter(({ isVerification }) => !isVerification)
  const called = imports.filter(({ file }) => file === name || file.replace(/\..*$/u, '') === name)
  const files = (called.length > 0 ? called : imports.filter(({ file }) => file.includes(name))).map(({ run }) => run)
  const alike = isLatest(name) || name === '' ? [] : ids.length > 0 ? ids : files
  const [only] = alike
  if (only !== undefined && alike.length === 1) return only
  const names = alike.length > 0 ? alike.slice(-5) : runs.slice(-5)
  const which = alike.length > 1 ? `${alike.length} runs are called like that` : 'There is no such run'
  const these = names.length > 0 ? `: ${names.join(', ')}` : ` in ${home}; --home names another place`
  throw new UsageError(
    `${JSON.stringify(name)}: ${which}${alike.length > 1 || names.length === 0 ? these : `. The latest${these}`}`,
  )
}

function isLatest(name: string): boolean {
  return name === 'latest' || name === 'latest-verify'
}

/** `latest`: what was imported last, and not what was looked up last. */
function latestOf(named: readonly NamedRun[], name: string): NamedRun | undefined {
  if (!isLatest(name)) return undefined
  return named.findLast(({ isVerification }) => isVerification === (name === 'latest-verify'))
}

/**
 * Throws a UsageError where a run cannot be read: for those who must know of each run what it did. `risk`: what they
 * might do wrong otherwise, in a sentence.
 */
export function refuseUnreadable(home: string, risk: string): void {
  const [first] = readRuns(home).unreadable
  if (first === undefined) return
  throw new UsageError(`Run ${first.run} cannot be read: ${first.why}. ${risk} ${unreadableRemedy(home, first.run)}`)
}

/** What to do about a run that cannot be read. */
export function unreadableRemedy(home: string, run: string): string {
  return `Where a newer rollcall wrote it, use that one; else put its files back from a backup, or delete ${runFolder(home, run).path} where nobody needs it.`
}
