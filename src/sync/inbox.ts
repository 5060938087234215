import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { UsageError } from '../model.ts'
import type { Ready } from './load-sync.ts'

/** A file as its folder shows it. Times are milliseconds since the epoch. */
export interface InboxFile {
  readonly name: string
  readonly size: number
  /** The later of its times: a sender that sets the one when it is done does not set the other. */
  readonly changedAt: number
  /** What files are taken by: oldest first. */
  readonly modifiedAt: number
}

/** Names that senders give to what is not whole yet. */
const UNFINISHED = /(^\.|\.(tmp|part|partial|filepart|crdownload)$|~$)/i

/** Of a folder's files, those that the pattern means and that are whole, oldest first. */
export function readyFiles(
  files: readonly InboxFile[],
  { pattern, ready, now }: { readonly pattern: string; readonly ready: Ready; readonly now: number },
): readonly InboxFile[] {
  const matches = compilePattern(pattern)
  const names = new Set(files.map(({ name }) => name))
  return files
    .filter(({ name }) => matches(name) && !UNFINISHED.test(name))
    .filter((file) => isWhole(file, ready, names, now))
    .toSorted((a, b) => a.modifiedAt - b.modifiedAt || a.name.localeCompare(b.name))
}

function isWhole(file: InboxFile, ready: Ready, names: ReadonlySet<string>, now: number): boolean {
  switch (ready.kind) {
    case 'renamed':
      return true
    case 'unchanged':
      return now - file.changedAt >= ready.forMs
    case 'marker':
      return !file.name.endsWith(ready.ending) && markersOf(file.name, ready.ending).some((name) => names.has(name))
  }
}

/** `members.csv.ok` or `members.ok`. */
export function markersOf(name: string, ending: string): readonly string[] {
  return [`${name}${ending}`, `${basename(name, extname(name))}${ending}`]
}

/** `*` stands for any characters, `?` for one. */
function compilePattern(pattern: string): (name: string) => boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const expression = new RegExp(`^${source}$`, 'su')
  return (name) => expression.test(name)
}

/** What lies in an inbox. Throws a UsageError where there is no such folder. */
export function listInbox(folder: string): readonly InboxFile[] {
  if (!existsSync(folder)) throw new UsageError(`There is no inbox ${folder}. Make the folder, or mend \`source\`.`)
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): InboxFile[] => {
    if (!entry.isFile()) return []
    const stat = statSync(join(folder, entry.name), { throwIfNoEntry: false })
    if (stat === undefined) return []
    const { size, mtimeMs, ctimeMs } = stat
    // A time to come was set by a sender whose clock is ahead: it tells nothing, and might be waited for until then.
    const changedAt = mtimeMs > Date.now() ? ctimeMs : Math.max(mtimeMs, ctimeMs)
    return [{ name: entry.name, size, changedAt, modifiedAt: mtimeMs }]
  })
}

/** Where a file is while it is imported: beside the inbox's own files, out of the sender's way. */
export function workingPath(folder: string, name: string): string {
  return join(folder, 'working', name)
}

/** Takes a file out of the inbox, with its markers; it cannot be overwritten then. Gives where it is. */
export function claimFile(folder: string, name: string, ready: Ready): string {
  const path = workingPath(folder, name)
  moveTo(join(folder, name), path)
  dropMarkers(folder, name, ready)
  return path
}

/**
 * Deletes a file's markers: one that stayed behind would say of the next file of that name that it is whole. `until`:
 * only those that were there by then, in milliseconds since the epoch.
 */
export function dropMarkers(folder: string, name: string, ready: Ready, until = Infinity): void {
  if (ready.kind !== 'marker') return
  for (const marker of markersOf(name, ready.ending)) {
    const path = join(folder, marker)
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat !== undefined && stat.mtimeMs <= until) rmSync(path, { force: true })
  }
}

/** Moves a file that was taken out back into the inbox; to `failed/` where another of its name is there. */
export function giveBack(folder: string, name: string, id: string): void {
  const path = workingPath(folder, name)
  if (!existsSync(path)) return
  if (existsSync(join(folder, name))) archiveFile(path, folder, 'failed', id)
  else renameSync(path, join(folder, name))
}

/** Moves a file from the inbox to `failed/`, and drops its markers. Gives where it is. */
export function putAside(folder: string, name: string, ready: Ready, id: string): string {
  const path = archiveFile(join(folder, name), folder, 'failed', id)
  dropMarkers(folder, name, ready)
  return path
}

/** Where a file of that name is when it was moved to `done/` or `failed/`. */
export function archivedPath(folder: string, to: 'done' | 'failed', id: string, name: string): string {
  return join(folder, to, `${id}.${name}`)
}

/** Moves a file to `done/` or `failed/`, its name behind the run's id; does nothing where it was moved before. */
export function archiveFile(from: string, folder: string, to: 'done' | 'failed', id: string): string {
  const path = archivedPath(folder, to, id, basename(from))
  if (existsSync(from)) moveTo(from, path)
  return path
}

function moveTo(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  renameSync(from, to)
}
