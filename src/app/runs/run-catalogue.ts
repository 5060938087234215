import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type UnreadableRun, unreadableRemedy } from '../../run/list-runs.ts'
import { type RunRecord, byBeginning, readRunRecord, runFolder } from '../../run/run-record.ts'
import { type RunStatus, runStatus } from './run-status.ts'

export interface RunList {
  /** The latest last. */
  readonly runs: readonly ListedRun[]
  /** Runs whose record or ledger cannot be read: why, and what to do about it. */
  readonly unreadable: readonly (UnreadableRun & { readonly remedy: string })[]
}

export interface ListedRun {
  readonly record: RunRecord
  readonly status: RunStatus
}

/** All runs of a home, and how each stands, again and again: of a run that is over nothing is read twice. */
export class RunCatalogue {
  readonly #home: string
  readonly #known = new Map<string, { readonly stamp: string; readonly listed: ListedRun }>()

  constructor(home: string) {
    this.#home = home
  }

  list(): RunList {
    const folder = join(this.#home, 'runs')
    const names = existsSync(folder) ? readdirSync(folder).toSorted() : []
    const runs: ListedRun[] = []
    const unreadable: RunList['unreadable'][number][] = []
    for (const run of names) {
      try {
        const listed = this.#look(run)
        if (listed !== undefined) runs.push(listed)
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        unreadable.push({ run, why, remedy: unreadableRemedy(this.#home, run) })
      }
    }
    const there = new Set(names)
    for (const run of this.#known.keys()) if (!there.has(run)) this.#known.delete(run)
    return { runs: runs.toSorted((a, b) => byBeginning(a.record, b.record)), unreadable }
  }

  #look(run: string): ListedRun | undefined {
    const found = statSync(runFolder(this.#home, run).record, { throwIfNoEntry: false })
    // A run has its record before it sends anything: what has none is being made, or was never begun.
    if (found === undefined) return undefined
    const stamp = `${found.ino} ${found.mtimeMs} ${found.size}`
    const known = this.#known.get(run)
    if (known !== undefined && known.stamp === stamp) return known.listed
    const record = readRunRecord(this.#home, run)
    const listed = { record, status: runStatus(this.#home, record) }
    // Its record is written anew when a session begins, and when it ends.
    if (record.state === 'running') this.#known.delete(run)
    else this.#known.set(run, { stamp, listed })
    return listed
  }
}
