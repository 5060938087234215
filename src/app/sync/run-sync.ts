import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { takeFileLock } from '../../file-lock.ts'
import { UsageError } from '../../model.ts'
import { familyOf } from '../../run/family.ts'
import { listRuns } from '../../run/list-runs.ts'
import type { RunRecord } from '../../run/run-record.ts'
import { type InboxFile, listInbox, readyFiles } from '../../sync/inbox.ts'
import { type Sync, loadSync } from '../../sync/load-sync.ts'
import {
  type Night,
  addNight,
  closeTime,
  isPast,
  latestNights,
  openNight,
  saveNight,
  takeTime,
  timeState,
} from '../../sync/nights.ts'
import { openStore, syncFolder } from '../../sync/store.ts'
import { missedTimes } from '../../sync/times.ts'
import { toPrune } from '../../sync/to-prune.ts'
import type { Environment } from '../environment.ts'
import { EXIT, exitStatus } from '../../cli/exit.ts'
import { pruneRuns } from '../runs/prune-runs.ts'
import { sendTellings } from './send-notifications.ts'
import type { StopSignal } from '../../cli/stop-signal.ts'
import { sourceName, syncHere, withElsewhere } from './remote-places.ts'
import { type NightOptions, type NightResult, goOnWithNight, noteTrouble, takeFile } from './execution.ts'

export interface SyncOptions {
  readonly environment: Environment
  readonly force: boolean
  readonly workers: boolean
  /** The time that a scheduler calls it for, in milliseconds since the epoch. */
  readonly due?: number
  readonly stop: StopSignal
  readonly log: Logger
}

/** What a call of a sync came to. */
export interface SyncEnd {
  /** `busy`: another process is at it, and the sync says to skip then. `past`: that time was taken up before. */
  readonly state: 'done' | 'nothing' | 'held' | 'stopped' | 'busy' | 'past'
  readonly nights: readonly NightResult[]
  readonly exit: number
}

/** Reads a sync's file. Throws a UsageError that says what is wrong with it. */
export function readSync(path: string): Sync {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`The sync ${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`)
  }
  return loadSync(text, path)
}

/**
 * Does what is due of a sync: goes on with the night that was broken off, imports the files of the inbox, oldest first,
 * tells of what happened, and clears away what is old. One process at a time is at a sync.
 */
export async function runSync(sync: Sync, options: SyncOptions): Promise<SyncEnd> {
  const { environment, due, stop } = options
  // A time that comes again, after its scheduler died say, must not take the turn of the next one.
  if (due !== undefined && isPast(timeStateIn(environment.home, sync, due))) return PAST
  const unlock = await takeTurn(sync, options)
  if (unlock === undefined) {
    // It did not wait to the end: the file is still there for the next time, and nothing was skipped.
    if (stop.signal.aborted) return { state: 'stopped', nights: [], exit: EXIT.stopped }
    if (due !== undefined) noteOverlap(sync, due, environment)
    return { state: 'busy', nights: [], exit: EXIT.ok }
  }
  const store = openStore(environment.home, sync.name)
  try {
    store.setFact('file', sync.file)
    if (due !== undefined && !takeTime(store, due)) return PAST
    const here = syncHere(sync, environment.home)
    const night = { ...options, sync: here, inbox: here.source.folder, store, due }
    try {
      const end =
        due !== undefined && isMissed(due, night)
          ? NOTHING
          : await withElsewhere({ ...options, sync, store }, () => doWhatIsDue(night, sourceName(sync)))
      if (due !== undefined && end.state !== 'stopped') closeTime(store, due, end.state)
      await clearAway(night)
      return end
    } catch (error) {
      noteTrouble(
        { ...blank(night), outcome: 'halted', reason: firstLine(error) },
        { kind: 'halted', reason: firstLine(error) },
        '',
        night,
      )
      throw error
    } finally {
      await sendTellings(store, environment)
    }
  } finally {
    store.close()
    unlock()
  }
}

const NOTHING: SyncEnd = { state: 'nothing', nights: [], exit: EXIT.ok }
const PAST: SyncEnd = { state: 'past', nights: [], exit: EXIT.ok }
const LOOK_AGAIN_MS = 500

/** The sync's lock; undefined where another process has it, and the sync does not wait. */
async function takeTurn(sync: Sync, { environment, due, stop }: SyncOptions): Promise<(() => void) | undefined> {
  const { lock } = syncFolder(environment.home, sync.name)
  for (;;) {
    const unlock = takeFileLock(lock)
    if (unlock !== undefined || stop.signal.aborted) return unlock
    // The same time in other hands: a scheduler died, and what it had started goes on. That is no overlap.
    if (sync.overlap === 'skip' && (due === undefined || timeStateIn(environment.home, sync, due) !== 'begun'))
      return undefined
    await delay(LOOK_AGAIN_MS)
  }
}

/** A time that was skipped stands in the history. Where the other process is busy writing there, it is left out. */
function noteOverlap(sync: Sync, due: number, { home, now }: Environment): void {
  const store = openStore(home, sync.name)
  try {
    store.transaction(() => {
      if (timeState(store, due) !== undefined) return
      closeTime(store, due, 'skipped')
      const reason = 'Another process was at work on it.'
      addNight(store, { due, startedAt: now(), endedAt: now(), outcome: 'skipped', reason })
    })
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('locked'))) throw error
  } finally {
    store.close()
  }
}

function timeStateIn(home: string, sync: Sync, due: number): string | undefined {
  const store = openStore(home, sync.name)
  try {
    return timeState(store, due)
  } finally {
    store.close()
  }
}

/** Tells of times that nobody was there for; true where the sync is not to run late. */
function isMissed(due: number, options: NightOptions): boolean {
  const { sync, store, environment } = options
  if (sync.schedule === undefined) return false
  const missed = missedTimes(sync.schedule, due, environment.now())
  const [first] = missed.filter((time) => time === due || timeState(store, time) === undefined)
  if (first === undefined || store.fact('missed') === String(due)) return missed.length > 0 && sync.missed === 'skip'
  const times = missed.map((time) => new Date(time).toISOString().slice(0, 16).replace('T', ' '))
  const reason = `No scheduler was at work at ${times.slice(0, 3).join(', ')}${times.length > 3 ? ` and ${times.length - 3} more times` : ''} (UTC).`
  const next = sync.missed === 'skip' ? 'It runs again at the next time.' : 'It runs now, once.'
  noteTrouble({ ...blank(options), outcome: 'missed', reason }, { kind: 'missed' }, next, options)
  store.setFact('missed', String(due))
  for (const time of missed) if (time !== due) closeTime(store, time, 'missed')
  return sync.missed === 'skip'
}

async function doWhatIsDue(options: NightOptions, source: string): Promise<SyncEnd> {
  const { sync, inbox, store, stop } = options
  const nights: NightResult[] = []
  const broken = openNight(store)
  if (broken !== undefined) nights.push(await goOnWithNight(broken, options))
  const seen = new Set<string>()
  for (;;) {
    if (nights.some(({ night }) => isOpen(night)) || stop.signal.aborted) return summed('stopped', nights)
    const [file, newer] = waitingFiles(options, seen)
    if (file === undefined) break
    seen.add(file.name)
    const taken = await takeFile(file, newer === undefined, options)
    nights.push(taken)
    // Changes are made in their order, or not at all.
    if (sync.holds === 'changes' && taken.night.outcome === 'guard' && taken.night.archived === undefined) break
  }
  if (nights.some(({ night }) => night.outcome === 'guard')) return summed('held', nights)
  if (nights.length > 0) return summed('done', nights)
  if (sync.noFile === 'tell') noteNoFile(options, listInbox(inbox))
  process.stderr.write(`No file waits in ${source}.\n`)
  return NOTHING
}

/** A halted or paused run keeps its night open. */
function isOpen({ endedAt, outcome }: Night): boolean {
  return endedAt === undefined && outcome !== 'guard'
}

function summed(state: SyncEnd['state'], nights: readonly NightResult[]): SyncEnd {
  const exits = nights
    .filter(({ night }) => night.outcome !== 'superseded')
    .map(({ night, end }) =>
      end === undefined || night.outcome === 'guard' ? EXIT.stopped : exitStatus(end.record.state, end.summary),
    )
  const worst = [EXIT.stopped, EXIT.fault, EXIT.problems].find((status) => exits.includes(status))
  return { state, nights, exit: worst ?? EXIT.ok }
}

function waitingFiles({ sync, inbox, environment }: NightOptions, seen: ReadonlySet<string>): readonly InboxFile[] {
  const pattern = sync.source.kind === 'inbox' ? sync.source.pattern : '*'
  const files = readyFiles(listInbox(inbox), { pattern, ready: sync.ready, now: environment.now() })
  return files.filter(({ name }) => !seen.has(name))
}

function noteNoFile(options: NightOptions, files: readonly InboxFile[]): void {
  const [last] = latestNights(options.store, 1)
  const reason =
    files.length === 0
      ? 'No file came.'
      : `No file is ready; ${files.length} in the inbox are not whole yet, or not meant.`
  // Who looks every minute need not read it every minute.
  if (options.due === undefined && last?.outcome === 'missed' && last.reason === reason) return
  noteTrouble({ ...blank(options), outcome: 'missed', reason }, { kind: 'missed' }, '', options)
}

/** Runs of the sync that are old, and the files that they were of. */
async function clearAway({ sync, store, environment }: NightOptions): Promise<void> {
  const now = environment.now()
  const nights = latestNights(store, MOST_NIGHTS)
    .filter(({ archived, endedAt }) => archived !== undefined && endedAt !== undefined)
    .map((night) => ({ night, at: night.endedAt ?? 0 }))
    .toReversed()
  const old = toPrune(nights, sync.keep, now)
  if (old.length === 0) return
  const records = listRuns(environment.home)
  const only = new Set(old.flatMap(({ night }) => withRelatives(night.run, records, now - sync.keep.forMs)))
  await pruneRuns(environment, { olderThanMs: 0, keep: 0, all: false, dryRun: false, only })
  const left = new Set(listRuns(environment.home).map(({ run }) => run))
  for (const { night } of old) {
    if (night.run !== undefined && left.has(night.run)) continue
    if (night.archived !== undefined) rmSync(night.archived, { force: true })
    saveNight(store, { ...night, archived: undefined })
  }
}

/**
 * A night's run, and what was rerun of it or verified, which goes with it: once the last of them is older than the nights
 * that are kept, or not at all.
 */
function withRelatives(run: string | undefined, records: readonly RunRecord[], before: number): readonly string[] {
  if (run === undefined) return []
  const family = familyOf(records, run)
  const isInUse = family.some(
    ({ run: relative, finishedAt, startedAt }) => relative !== run && Date.parse(finishedAt ?? startedAt) > before,
  )
  return isInUse ? [run] : [run, ...family.map((relative) => relative.run)]
}

const MOST_NIGHTS = 100_000

function blank({ due, environment }: Pick<NightOptions, 'due' | 'environment'>): Pick<Night, 'due' | 'startedAt'> {
  return { due, startedAt: environment.now() }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n').slice(0, 3).join(' ').slice(0, 300)
}
