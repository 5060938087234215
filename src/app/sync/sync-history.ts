import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../../model.ts'
import type { Sync } from '../../sync/load-sync.ts'
import { type Execution, lastBegun, latestExecutions } from '../../sync/executions.ts'
import { pausedSince } from '../../sync/paused.ts'
import { type Store, openStore, syncFolder } from '../../sync/store.ts'
import { nextTime } from '../../sync/times.ts'
import type { Environment } from '../environment.ts'
import { readSync } from './read-sync.ts'

/** How a sync stands. */
export interface SyncStatus {
  readonly name: string
  /** The path of its file. */
  readonly file: string
  /** Undefined where it has not been run yet. */
  readonly last: Execution | undefined
  /** Since when it is paused, in milliseconds since the epoch; undefined where it is not. */
  readonly paused?: number | undefined
  /** When it is due next, in milliseconds since the epoch; undefined where it has no schedule, or is paused. */
  readonly next: number | undefined
  /** Why that is not known. */
  readonly problem: string | undefined
}

/** The syncs that were run in a home, by name: how each stands, and when it is due next. */
export function listSyncs({ home, now }: Environment): readonly SyncStatus[] {
  const folder = join(home, 'syncs')
  const names = existsSync(folder) ? readdirSync(folder).toSorted() : []
  return names
    .filter((name) => existsSync(syncFolder(home, name).database))
    .map((name) => {
      using stack = new DisposableStack()
      const opened = openUnlessDamaged(home, name)
      if (opened === undefined) return { name, file: '', last: undefined, next: undefined, problem: DAMAGED }
      const store = stack.adopt(opened, (each) => each.close())
      const file = store.fact('file') ?? ''
      const last = lastBegun(store)
      const paused = pausedSince(store)
      const { schedule, problem } = scheduleOf(file)
      const next = schedule === undefined || paused !== undefined ? undefined : nextTime(schedule, now())
      return { name, file, last, paused, next, problem }
    })
}

/** One that cannot be read keeps nobody from seeing the others. */
function openUnlessDamaged(home: string, name: string): Store | undefined {
  try {
    return openStore(home, name)
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

const DAMAGED = 'what it remembers cannot be read'

function scheduleOf(file: string): Pick<Sync, 'schedule'> & { problem?: string } {
  try {
    return { schedule: readSync(file).schedule }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { problem: 'its file cannot be read' }
  }
}

/**
 * The executions of a sync, the latest last; `last` of them. `given`: its name, or the path of its file.
 * Throws a UsageError where it was not run in this home.
 */
export function syncHistory({ home }: Environment, given: string, last: number): readonly Execution[] {
  const name = knownSync(home, given)
  using stack = new DisposableStack()
  const store = stack.adopt(openStore(home, name), (opened) => opened.close())
  return latestExecutions(store, last).toReversed()
}

/**
 * The name of a sync that was run in a home. `given`: its name, or the path of its file. Throws a UsageError where there
 * is none.
 */
export function knownSync(home: string, given: string): string {
  const name = existsSync(syncFolder(home, given).database) ? given : nameIn(given)
  if (existsSync(syncFolder(home, name).database)) return name
  throw new UsageError(`No sync ${JSON.stringify(name)} was run in ${home}. \`rollcall sync list\` lists them.`)
}

function nameIn(given: string): string {
  return existsSync(given) ? readSync(given).name : given
}
