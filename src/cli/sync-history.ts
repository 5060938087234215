import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../model.ts'
import type { Sync } from '../sync/load-sync.ts'
import { type Night, latestNights } from '../sync/nights.ts'
import { openStore, syncFolder } from '../sync/store.ts'
import { nextTime } from '../sync/times.ts'
import { readEnvironment } from './environment.ts'
import { readSync } from '../app/sync/run-sync.ts'
import { describeSurvey } from '../app/sync/sync-notice.ts'

/** `rollcall sync list`: the syncs that were run in a home, how each stands, and when it is due next. */
export function listSyncs(options: { json?: boolean; home?: string }): void {
  const environment = readEnvironment(options)
  const folder = join(environment.home, 'syncs')
  const names = existsSync(folder) ? readdirSync(folder).toSorted() : []
  const syncs = names
    .filter((name) => existsSync(syncFolder(environment.home, name).database))
    .map((name) => {
      const store = openStore(environment.home, name)
      try {
        const file = store.fact('file') ?? ''
        const [last] = latestNights(store, 1)
        const { schedule, problem } = scheduleOf(file)
        const next = schedule === undefined ? undefined : iso(nextTime(schedule, environment.now()))
        return {
          name,
          file,
          last: last === undefined ? undefined : nightAsJson(last),
          state: last?.outcome,
          next,
          problem,
        }
      } finally {
        store.close()
      }
    })
  if (options.json === true) process.stdout.write(`${JSON.stringify(syncs, undefined, 2)}\n`)
  else if (syncs.length === 0) process.stdout.write(`No syncs in ${environment.home}.\n`)
  else {
    for (const { name, file, state = 'not run yet', next = 'not scheduled', problem } of syncs) {
      process.stdout.write(`${name}  last: ${state}  next: ${problem ?? next}  ${file}\n`)
    }
  }
}

function scheduleOf(file: string): Pick<Sync, 'schedule'> & { problem?: string } {
  try {
    return { schedule: readSync(file).schedule }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { problem: 'its file cannot be read' }
  }
}

/** `rollcall sync history`: how the nights of a sync went, the latest last. */
export function showHistory(given: string, options: { last: number; json?: boolean; home?: string }): void {
  const environment = readEnvironment(options)
  const name = existsSync(syncFolder(environment.home, given).database) ? given : nameIn(given)
  if (!existsSync(syncFolder(environment.home, name).database)) {
    throw new UsageError(
      `No sync ${JSON.stringify(name)} was run in ${environment.home}. \`rollcall sync list\` lists them.`,
    )
  }
  const store = openStore(environment.home, name)
  try {
    const nights = latestNights(store, options.last).toReversed()
    if (options.json === true) process.stdout.write(`${JSON.stringify(nights.map(nightAsJson), undefined, 2)}\n`)
    else for (const night of nights) process.stdout.write(describeNight(night))
  } finally {
    store.close()
  }
}

function nameIn(given: string): string {
  return existsSync(given) ? readSync(given).name : given
}

function describeNight(night: Night): string {
  const { startedAt, outcome = '', run, file, survey, reason, problems = 0 } = night
  const parts = [
    iso(startedAt)?.slice(0, 16).replace('T', ' '),
    outcome.padEnd(9),
    run ?? file,
    survey === undefined ? undefined : describeSurvey(survey),
    problems > 0 ? `${problems} not done.` : undefined,
    reason,
  ]
  return `${parts.filter((part) => part !== undefined && part !== '').join('  ')}\n`
}

function iso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString()
}

/** A night as scripts read it. */
export function nightAsJson({ due, startedAt, endedAt, ...night }: Night): object {
  return { ...night, due: iso(due), started_at: iso(startedAt), ended_at: iso(endedAt) }
}
