import { rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type DiskTrouble, FolderGone, damageIn, diskTroubleOf } from '../disk-error.ts'
import { listRuns } from '../run/list-runs.ts'
import { formatBytes } from '../words.ts'
import { NEEDED_IN_WORDS, freeBytes } from './home-space.ts'
import { isAtWork } from './runs/run-status.ts'

/** What a home's disk does not take, and how to go on. */
export interface HomeTrouble {
  /** Sentences for people. */
  readonly words: string
  /** The run that was cut off by it, and can be resumed. */
  readonly run: string | undefined
}

/**
 * What an error says of the disk under a home, with the folder, how much room it has, and what to do; undefined where the
 * error says nothing of it, or the home takes what is written to it.
 */
export function homeTrouble(error: unknown, home: string): HomeTrouble | undefined {
  const damage = damageIn(error)
  if (damage !== undefined)
    return { words: `A database in ${resolve(home)} is damaged: ${damage}. ${FROM_BACKUP}`, run: undefined }
  const said = diskTroubleOf(error)
  if (said === undefined) return undefined
  const gone = folderIn(error)
  if (gone !== undefined) return { words: `${describe('gone', gone)} ${PUT_BACK}`, run: basename(gone) }
  const found = tryHome(home)
  const trouble = said === 'unsure' ? found : (found ?? said)
  // Another place than the home: a file that is not there, say.
  if (trouble === undefined || (said !== 'full' && found === undefined)) return undefined
  return { words: `${describe(trouble, resolve(home))} ${REMEDIES[trouble]}`, run: cutOffRun(home) }
}

const FROM_BACKUP =
  'Look at the disk, which may be failing, and copy the files back from a backup. `rollcall runs` names the runs that cannot be read.'

function folderIn(error: unknown): string | undefined {
  if (error instanceof FolderGone) return error.path
  return error instanceof SuppressedError ? (folderIn(error.suppressed) ?? folderIn(error.error)) : undefined
}

const PUT_BACK =
  'Put it back where it was. Where that cannot be, import the file again: members who are there already are found to be.'

/** What happens when something is written there now. */
function tryHome(home: string): DiskTrouble | undefined {
  const path = join(home, `.try-${process.pid}`)
  try {
    writeFileSync(path, Buffer.alloc(TRIED_BYTES))
    return undefined
  } catch (error) {
    const trouble = diskTroubleOf(error)
    return trouble === 'unsure' ? 'gone' : trouble
  } finally {
    rmSync(path, { force: true })
  }
}

const TRIED_BYTES = 64 * 1024

function describe(trouble: DiskTrouble, home: string): string {
  switch (trouble) {
    case 'full':
      return `The disk is full: ${home} takes nothing more${roomIn(home)}.`
    case 'read-only':
      return `Nothing can be written to ${home}: its disk takes no writes (it is mounted read-only, or fails).`
    case 'gone':
      return `The folder ${home} is gone: it was deleted or moved, or its disk was taken away.`
    case 'denied':
      return `Nothing may be written to ${home} by this user.`
    case 'failing':
      return `The disk under ${home} fails: it cannot be read or written.`
  }
}

const REMEDIES: Readonly<Record<DiskTrouble, string>> = {
  full: `Make room there (\`rollcall prune\` deletes old runs), or name another place with --home. ${NEEDED_IN_WORDS}`,
  'read-only': 'Have it take writes, or name another place with --home.',
  gone: 'Put it back where it was, or name another place with --home.',
  denied: 'Give it to this user, or name another place with --home.',
  failing: "Look at the machine's log, or name another place with --home.",
}

function roomIn(home: string): string {
  const free = freeBytes(home)
  return free === undefined ? '' : ` (${formatBytes(free)} are free there)`
}

/** The latest run, where it is not over and nobody is at work on it. */
function cutOffRun(home: string): string | undefined {
  try {
    const latest = listRuns(home).at(-1)
    return latest?.state === 'running' && !isAtWork(home, latest.run) ? latest.run : undefined
  } catch {
    // A disk that takes nothing may not tell either; the latest is what was worked on.
    return 'latest'
  }
}
