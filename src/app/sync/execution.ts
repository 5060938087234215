import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { repeatedRow } from '../../check/heed-duplicates.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { countRejects } from '../../ledger/rejects.ts'
import { UsageError } from '../../model.ts'
import { loadPlan } from '../../plan/load-plan.ts'
import { summarise } from '../../report/summary.ts'
import { listRuns, refuseUnreadable } from '../../run/list-runs.ts'
import { type RunRecord, runFolder, saveRunRecord } from '../../run/run-record.ts'
import { hashFile } from '../../source/hash-file.ts'
import { type Doubt, doubtsAbout, sameFileDoubt } from '../../sync/guards.ts'
import {
  type InboxFile,
  archiveFile,
  archivedPath,
  claimFile,
  dropMarkers,
  giveBack,
  putAside,
  workingPath,
} from '../../sync/inbox.ts'
import type { Sync } from '../../sync/load-sync.ts'
import { type NightEnd, newsOf, troubleOf } from '../../sync/news.ts'
import { type Night, addNight, importedBy, lastGood, saveNight, wasHeld } from '../../sync/nights.ts'
import { rememberingPlan } from '../../sync/remembering-plan.ts'
import { type Outcomes, settle } from '../../sync/settle.ts'
import type { Store } from '../../sync/store.ts'
import { type Survey, surveyFile } from '../../sync/survey.ts'
import { type Told, noteNews, toldSince } from '../../sync/tellings.ts'
import { writeGone } from '../../sync/write-gone.ts'
import type { Environment } from '../environment.ts'
import { goOn } from '../resume/resume-run.ts'
import { type OpenImport, openImport, readPlan } from '../input/open-import.ts'
import { reportInfo } from '../report/report-info.ts'
import type { SessionEnd } from '../session/run-session.ts'
import { startRun } from '../import/start-run.ts'
import type { StopSignal } from '../../cli/stop-signal.ts'
import { plainNotice, runNotice } from './sync-notice.ts'

/** What a sync's nights need. */
export interface NightOptions {
  readonly sync: Sync
  readonly inbox: string
  readonly store: Store
  readonly environment: Environment
  /** Go on where a guard tripped, the file was imported before, or `stop_when` halted the run. */
  readonly force: boolean
  readonly workers: boolean
  /** When it was due, where a scheduler called it. */
  readonly due: number | undefined
  readonly stop: StopSignal
  readonly log: Logger
}

/** How a night stands now, and the end of its run's session, where it has a run. */
export interface NightResult {
  readonly night: Night
  readonly end?: SessionEnd
}

/** A file that was read and compared, before anything is sent. */
type Surveyed =
  | { readonly kind: 'sound'; readonly survey: Survey; readonly doubts: readonly Doubt[] }
  | { readonly kind: 'unusable'; readonly doubt: Doubt }

/**
 * Takes up one file of the inbox: looks at it, and imports it where no guard trips. `isLatest`: no newer one waits; a
 * file that was held back before goes to `failed/` where there is, as the newer one has all that it has.
 */
export async function takeFile(file: InboxFile, isLatest: boolean, options: NightOptions): Promise<NightResult> {
  const { sync, inbox, store, environment, force, due } = options
  const path = join(inbox, file.name)
  const begun = { due, startedAt: environment.now(), file: file.name }
  const sha256 = await hashFile(path).catch((error: unknown) => error)
  if (typeof sha256 !== 'string') return holdBack({ ...begun }, [vanished(file.name)], options)
  const held = force ? undefined : wasHeld(store, sha256)
  if (held !== undefined && isStillHeld(held, options)) {
    // The newest list has all that an older one has; of changes, none is in the place of another.
    return { night: isLatest || sync.holds === 'changes' ? held : supersede(held, file.name, options) }
  }
  const before = importedBy(store, sha256)
  if (before !== undefined && sync.guards.sameFile && !force) {
    return holdBack({ ...begun, sha256 }, [sameFileDoubt(before)], options)
  }
  store.db.exec('BEGIN IMMEDIATE')
  try {
    const surveyed = await survey(path, sha256, options)
    const doubts = surveyed.kind === 'sound' ? surveyed.doubts : [surveyed.doubt]
    if (surveyed.kind === 'unusable' || (doubts.length > 0 && !force)) {
      store.db.exec('ROLLBACK')
      const known = surveyed.kind === 'sound' ? { ...begun, sha256, survey: surveyed.survey } : { ...begun, sha256 }
      return holdBack(known, doubts, options)
    }
    const night = { ...begun, sha256, survey: surveyed.survey, outcome: 'begun' }
    const id = addNight(store, night)
    store.db.exec('COMMIT')
    return await importFile({ ...night, id }, options)
  } catch (error) {
    if (store.db.isTransaction) store.db.exec('ROLLBACK')
    throw error
  }
}

/** Reads a file and says what would be done with it. `options.store`: one of `openStoreToTry`. */
export async function tryFile(file: InboxFile, options: NightOptions): Promise<Surveyed> {
  const path = join(options.inbox, file.name)
  return survey(path, await hashFile(path), options)
}

/** Goes on with the night that an earlier process began and did not end. */
export async function goOnWithNight(night: Night, options: NightOptions): Promise<NightResult> {
  const { sync, store, environment, force } = options
  const { home } = environment
  const record = listRuns(home).find((run) => run.sync === runName(sync, night))
  if (record === undefined) {
    refuseUnreadable(home, `It may be that of this night of the sync ${sync.name}, which would be sent again.`)
    return importFile(night, options)
  }
  if (record.state === 'finished' || record.state === 'cancelled') return endNight(night, endOf(home, record), options)
  if (record.state === 'halted' && record.stopWhen === true && !force) return { night, end: endOf(home, record) }
  const change = (plan: OpenImport['compiled']) => rememberingPlan(plan, store)
  return endNight(night, await goOn(record, { ...options, change }), options)
}

/** Notes that there is trouble without a run, and tells of it. */
export function noteTrouble(night: Omit<Night, 'id'>, end: NightEnd, next: string, options: NightOptions): NightResult {
  const { store, environment, sync } = options
  return store.transaction(() => {
    const noted = { ...night, endedAt: environment.now() }
    const id = addNight(store, noted)
    note(end, plainNotice(sync.name, { ...noted, id }, next), options)
    return { night: { ...noted, id } }
  })
}

/**
 * Whether the guards, as the sync's file has them now, would trip over a file again that they held back. What nobody could
 * read is looked at again: the plan may have been mended.
 */
function isStillHeld({ survey: found, sha256 = '' }: Night, { sync, store }: NightOptions): boolean {
  if (found !== undefined) return doubtsAbout(found, lastGood(store), sync.guards).length > 0
  return sync.guards.sameFile && importedBy(store, sha256) !== undefined
}

function supersede(held: Night, name: string, { store, sync, inbox }: NightOptions): Night {
  const archived = putAside(inbox, name, sync.ready, stampOf(held.startedAt))
  saveNight(store, { ...held, archived })
  return { ...held, archived, outcome: 'superseded' }
}

/** The file stays where it is, but for one that nobody can read: that goes to `failed/`. */
function holdBack(begun: Omit<Night, 'id'>, doubts: readonly Doubt[], options: NightOptions): NightResult {
  const [{ guard } = { guard: 'unreadable' }] = doubts
  const night = { ...begun, outcome: 'guard', reason: doubts.map(({ reason }) => reason).join(' ') }
  if (guard === 'unreadable' && begun.file !== undefined) {
    const stamp = stampOf(begun.startedAt)
    const archived = archivedPath(options.inbox, 'failed', stamp, begun.file)
    // Told first: a file that did not get there is found again by the next call.
    const noted = noteTrouble({ ...night, archived }, { kind: 'guard', guard }, `The file is in ${archived}.`, options)
    putAside(options.inbox, begun.file, options.sync.ready, stamp)
    return noted
  }
  // What was read half may be whole the next time: it is looked at anew then.
  const known = guard === 'unsteady' ? { ...night, sha256: undefined } : night
  const next = guard === 'unsteady' ? 'It is looked at again the next time.' : FORCE
  return noteTrouble(known, { kind: 'guard', guard }, next, options)
}

const FORCE = 'If the file is right all the same: rollcall sync run <file> --force. Otherwise take it out of the inbox.'

async function survey(path: string, sha256: string, { sync, store, environment }: NightOptions): Promise<Surveyed> {
  // A plan that cannot be read is no fault of the file's.
  loadPlan(readPlan(sync.plan), sync.plan)
  const before = statOf(path)
  let open: OpenImport
  try {
    open = await openImport([path], sync.plan, environment)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const guard = statOf(path) === undefined ? 'unsteady' : 'unreadable'
    return { kind: 'unusable', doubt: { guard, reason: error.message } }
  }
  try {
    const { source, compiled } = open
    const found = await surveyFile(store, source.chunks(), compiled, {
      columns: source.columns,
      retryRejected: sync.retryRejected,
      holds: sync.holds,
    })
    const after = statOf(path)
    if ((await hashFile(path)) !== sha256 || after === undefined || after !== before) {
      return { kind: 'unusable', doubt: { guard: 'unsteady', reason: 'The file changed while it was read.' } }
    }
    return { kind: 'sound', survey: found, doubts: doubtsAbout(found, lastGood(store), sync.guards) }
  } finally {
    await open.close()
  }
}

/** `20261124-023000`, as runs' ids begin. */
function stampOf(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
}

function statOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? undefined : `${stat.size} ${stat.mtimeMs}`
}

/** From the surveyed file to the end of its run's session. */
async function importFile(night: Night, options: NightOptions): Promise<NightResult> {
  const { sync, inbox, store, environment } = options
  const name = night.file ?? ''
  let path = workingPath(inbox, name)
  if (existsSync(path)) dropMarkers(inbox, name, sync.ready, night.startedAt)
  else if (existsSync(join(inbox, name))) path = claimFile(inbox, name, sync.ready)
  if (!existsSync(path) || (await hashFile(path)) !== night.sha256) {
    // It was taken away, or overwritten, before it was ours. Nothing of it was sent; what is there now may be whole.
    giveBack(inbox, name, stampOf(night.startedAt))
    return store.transaction(() => {
      const ended = { ...night, endedAt: environment.now(), outcome: 'guard', reason: vanished(name).reason }
      saveNight(store, { ...ended, sha256: undefined })
      note({ kind: 'guard', guard: 'unsteady' }, plainNotice(sync.name, ended, ''), options)
      return { night: ended }
    })
  }
  const open = await openImport([path], sync.plan, environment)
  try {
    const compiled = rememberingPlan(open.compiled, store)
    const run = { ...options, priority: 'normal', again: true, sync: runName(sync, night) } as const
    return endNight(night, await startRun({ ...open, source: open.source, compiled }, run), options)
  } finally {
    await open.close()
  }
}

/** Remembers what the run has come to, tells of it, and puts the file away; a run that is not over keeps its file. */
function endNight(begun: Night, end: SessionEnd, options: NightOptions): NightResult {
  const { store, environment, sync } = options
  const { home } = environment
  const { record, summary } = end
  const { run, state } = record
  const problems = countRejects(summary)
  const night: Night = { ...begun, run, outcome: state, reason: record.reason, problems }
  const told = runNotice(sync.name, night, end, home)
  if (state !== 'finished' && state !== 'cancelled') {
    store.transaction(() => {
      saveNight(store, night)
      if (state === 'halted') note({ kind: 'halted', reason: record.reason ?? '' }, told, options)
    })
    return { night, end }
  }
  // A night that comes to this again, after a crash, has all but the file's move behind it.
  if (begun.outcome !== 'finished' && begun.outcome !== 'cancelled') {
    const folder = runFolder(home, run)
    const ledger = openLedger(folder.ledger, { readOnly: true })
    try {
      const complete = state === 'finished' && sync.holds === 'everyone'
      if (complete) writeGone(store, join(folder.path, 'gone.csv'))
      store.transaction(() => {
        settle(store, run, outcomesIn(ledger), { complete })
        saveNight(store, night)
        const how: NightEnd =
          state === 'finished'
            ? { kind: 'finished', problems, rows: summary.rows }
            : { kind: 'halted', reason: 'cancelled' }
        note(how, told, options)
      })
    } finally {
      ledger.close()
    }
  }
  const from = workingPath(options.inbox, night.file ?? '')
  const archived = archiveFile(from, options.inbox, state === 'finished' ? 'done' : 'failed', run)
  // A file that was decrypted lies in the run's folder already.
  if (resolve(record.file) === resolve(from)) saveRunRecord(home, { ...record, file: archived })
  const ended = { ...night, endedAt: environment.now(), archived }
  saveNight(store, ended)
  return { night: ended, end }
}

function outcomesIn(ledger: Ledger): Outcomes {
  return {
    rowStates: (first, last) => ledger.rowStates(first, last),
    repeatedBy(row) {
      const { register, link } = ledger.row(row)?.outcomes ?? {}
      return repeatedRow((register ?? link)?.message)
    },
  }
}

/** What is told of an end goes into the book, in the transaction that the caller has open. */
function note(end: NightEnd, told: Told, { store, sync, environment }: NightOptions): void {
  const good = troubleOf(end, sync.problemsOver) === undefined
  const news = newsOf(end, toldSince(store), sync.problemsOver)
  const heartbeat = sync.heartbeat === undefined ? [] : [{ kind: 'heartbeat', address: sync.heartbeat } as const]
  noteNews(store, { news, told, ways: [...sync.tell, ...heartbeat], good, now: environment.now() })
}

function endOf(home: string, record: RunRecord): SessionEnd {
  const ledger = openLedger(runFolder(home, record.run).ledger, { readOnly: true })
  try {
    return { record, summary: summarise(ledger, reportInfo(home, record)), codes: ledger.codes() }
  } finally {
    ledger.close()
  }
}

function runName({ name }: Sync, { id }: Night): string {
  return `${name}/${id}`
}

function vanished(name: string): Doubt {
  return { guard: 'unsteady', reason: `${name} was taken away or overwritten while it was being taken up.` }
}
