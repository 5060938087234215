import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Execution } from '../../src/sync/executions.ts'
import { type Finished, type Place, run, write } from '../support/cli.ts'
import { membersPlan } from '../support/members.ts'

export interface Member {
  readonly id: string
  readonly name: string
  readonly mobile: string
  readonly membership: string
}

/** The member of that number, as `membersPlan` wants it. */
export function member(number: number, changes: Partial<Member> = {}): Member {
  return {
    id: `M-${number}`,
    name: 'Name',
    mobile: `91980${String(number).padStart(7, '0')}`,
    membership: `G-${number}`,
    ...changes,
  }
}

export function members(from: number, to: number): readonly Member[] {
  return Array.from({ length: to - from + 1 }, (_, at) => member(from + at))
}

export function csvOf(list: readonly Member[]): string {
  const rows = list.map(({ id, name, mobile, membership }) => `${id},${name},${mobile},${membership}`)
  return `external_id,name,mobile,membership\n${rows.map((row) => `${row}\n`).join('')}`
}

export interface SyncPlace {
  readonly where: Place
  readonly sync: string
  readonly inbox: string
  /** Puts a file into the inbox, whole. */
  readonly land: (name: string, text: string) => void
  readonly run: (args?: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Finished>
  readonly history: () => Promise<(Omit<Execution, 'startedAt' | 'endedAt' | 'due'> & { due?: string })[]>
  readonly files: (folder: 'inbox' | 'done' | 'failed' | 'working') => readonly string[]
}

/** A sync with an inbox, in a place; `more` is added to its file. */
export function syncPlace(where: Place, more = '', plan = membersPlan): SyncPlace {
  const inbox = join(where.folder, 'inbox')
  mkdirSync(inbox, { recursive: true })
  write(where, 'members.plan.yaml', plan)
  const sync = write(where, 'nightly.yaml', `plan: members.plan.yaml\nsource: inbox/*.csv\nready: renamed\n${more}`)
  const here = (env: Readonly<Record<string, string>> = {}): Place => ({ ...where, env: { ...where.env, ...env } })
  return {
    where,
    sync,
    inbox,
    land(name, text) {
      writeFileSync(join(inbox, `${name}.part`), text)
      renameSync(join(inbox, `${name}.part`), join(inbox, name))
    },
    run: (args = [], env) => run(here(env), ['sync', 'run', sync, ...args]),
    async history() {
      const { stdout } = await run(where, ['sync', 'history', 'nightly', '--last', '10000', '--json'])
      return JSON.parse(stdout) as Awaited<ReturnType<SyncPlace['history']>>
    },
    files(folder) {
      try {
        const names = readdirSync(folder === 'inbox' ? inbox : join(inbox, folder), { withFileTypes: true })
        return names.filter((entry) => entry.isFile()).map(({ name }) => name)
      } catch {
        return []
      }
    },
  }
}
