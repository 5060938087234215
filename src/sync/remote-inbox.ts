import { existsSync, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { below, isFetchedOnly, splitFolder } from '../remote/address.ts'
import type { Remote, RemoteFile } from '../remote/remote.ts'
import { RemoteError } from '../remote/remote-error.ts'
import { type InboxFile, markersOf, readyFiles, workingPath } from './inbox.ts'
import type { Ready } from './load-sync.ts'
import { latestExecutionOf } from './executions.ts'
import type { Store } from './store.ts'

/** An inbox in another place, and the folder here into which its files are brought: whole, and oldest first. */
export interface RemoteInbox {
  readonly address: string
  readonly folder: string
  readonly ready: Ready
  readonly store: Store
  readonly remote: Remote
  readonly now: number
  readonly signal: AbortSignal
}

/** A file that was brought here and not yet put away there. */
interface Brought {
  readonly file: RemoteFile
  readonly markers: readonly RemoteFile[]
  /** The last execution before: what became of the file stands in a later one. */
  readonly after: number
}

const FACT = 'brought'

/**
 * Brings the files that are whole there and not here yet. A file that waits here and was replaced or taken away there is
 * replaced or taken away here. Rejects with a RemoteError; what was brought before that stays.
 */
export async function fetchFiles(inbox: RemoteInbox): Promise<void> {
  const { address, folder, ready, now } = inbox
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { name: wanted } = splitFolder(address)
  const pattern = wanted === '' ? '*' : wanted
  const there = await listThere(inbox)
  const known = new Map(there.map((file) => [file.name, file]))
  forget(inbox, (brought) => !isToBeKept(inbox, brought, known.get(brought.file.name)))
  const rules = isFetchedOnly(address)
    ? { pattern: '*', ready: { kind: 'renamed' as const }, now }
    : { pattern, ready, now }
  if (rules.ready.kind === 'unchanged') refuseWithoutTimes(there)
  for (const { name } of readyFiles(there.map(asInboxFile), rules)) {
    const file = known.get(name)
    if (file === undefined || readBrought(inbox).some((brought) => brought.file.name === name)) continue
    const markers =
      ready.kind === 'marker' ? markersOf(name, ready.ending).flatMap((marker) => known.get(marker) ?? []) : []
    await bring(inbox, file, markers)
  }
}

/**
 * Moves the files whose executions are over to `done/` or `failed/` there, as they were moved here. One that was replaced
 * meanwhile stays, and is a new file. Rejects with a RemoteError where that is not allowed, say.
 */
export async function archiveFiles(inbox: RemoteInbox): Promise<void> {
  // Nothing is moved on a web server: what was brought from there is known by its version.
  if (isFetchedOnly(inbox.address)) return
  for (const { file, markers, after } of readBrought(inbox)) {
    const archived = latestExecutionOf(inbox.store, file.name, after)?.archived
    if (archived === undefined) continue
    // The markers first: one that stayed behind would say of the next file that it is whole.
    const prefix = basename(archived).slice(0, -file.name.length)
    for (const moved of [...markers, file]) await move(inbox, moved, `${prefix}${moved.name}`, archived)
    forget(inbox, (brought) => brought.file.name === file.name)
  }
}

async function listThere({ address, remote, signal }: RemoteInbox): Promise<readonly RemoteFile[]> {
  if (!isFetchedOnly(address)) return remote.list(splitFolder(address).folder, signal)
  const file = await remote.look(address, signal)
  return file === undefined ? [] : [{ ...file, name: file.name === '' ? 'file' : file.name }]
}

/** That a file has been left alone for a while cannot be seen then. */
function refuseWithoutTimes(there: readonly RemoteFile[]): void {
  const without = there.find(({ changedAt }) => changedAt === undefined)
  if (without === undefined) return
  throw new RemoteError(
    'lasting',
    `The server does not say when ${without.address} was changed, so that nobody knows whether it is whole. ` +
      'Have files renamed when they are (`ready: renamed`), or a marker written beside them (`ready: { marker: .ok }`).',
  )
}

/** The place has one time of a file, and the content is that of the file then. */
function asInboxFile({ name, bytes = 0, changedAt = 0 }: RemoteFile): InboxFile {
  return { name, size: bytes, changedAt, modifiedAt: changedAt }
}

function isToBeKept(inbox: RemoteInbox, { file, after }: Brought, there: RemoteFile | undefined): boolean {
  const waiting = join(inbox.folder, file.name)
  const isSame = there !== undefined && there.version !== undefined && there.version === file.version
  if (existsSync(waiting)) {
    if (!isSame) rmSync(waiting)
    return isSame
  }
  if (existsSync(workingPath(inbox.folder, file.name))) return true
  // It is over: remembered until it is put away there; on a web server, for as long as it is the same.
  const isOver = latestExecutionOf(inbox.store, file.name, after)?.archived !== undefined
  return isOver && (isSame || !isFetchedOnly(inbox.address))
}

async function bring(inbox: RemoteInbox, file: RemoteFile, markers: readonly RemoteFile[]): Promise<void> {
  const { address, folder, remote, store, signal } = inbox
  const aside = join(folder, '.brought')
  const where = isFetchedOnly(address) ? address : below(splitFolder(address).folder, file.name)
  const fetched = await remote.fetch(where, aside, signal)
  if (fetched.version !== file.version) {
    // It is another since it was found to be whole: that is asked anew the next time.
    rmSync(aside)
    return
  }
  const changedAt = (fetched.changedAt ?? inbox.now) / 1000
  utimesSync(aside, changedAt, changedAt)
  const brought: Brought = { file: { ...fetched, name: file.name }, markers, after: latestExecutionOf(store)?.id ?? 0 }
  save(inbox, [...readBrought(inbox), brought])
  renameSync(aside, join(folder, file.name))
}

async function move(inbox: RemoteInbox, file: RemoteFile, name: string, archived: string): Promise<void> {
  const { folder } = splitFolder(inbox.address)
  const to = below(folder, basename(dirname(archived)), name)
  try {
    await inbox.remote.move(file, to, inbox.signal)
  } catch (error) {
    if (!(error instanceof RemoteError && error.trouble === 'changed')) throw error
  }
}

function readBrought({ store }: RemoteInbox): readonly Brought[] {
  return JSON.parse(store.fact(FACT) ?? '[]') as readonly Brought[]
}

function forget(inbox: RemoteInbox, isOver: (brought: Brought) => boolean): void {
  save(
    inbox,
    readBrought(inbox).filter((brought) => !isOver(brought)),
  )
}

function save({ store }: RemoteInbox, brought: readonly Brought[]): void {
  store.setFact(FACT, JSON.stringify(brought))
}
