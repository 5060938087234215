import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { seconds } from '../support/finding.ts'
import { writeMembers } from '../support/members.ts'
import { unlimitedPlan } from '../support/plans.ts'
import { TIRELESS, environment, startSimulator } from '../support/rollcall.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, median, roundsOf } from './comparison.ts'

const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', '.git', 'dist', 'test'])
const QUIETLY = ['--prefer-offline', '--no-fund', '--no-audit', '--silent']

/**
 * From nothing to the first row at the API: this build from its tarball by `npm install -g`, the other one, which has
 * nothing to install, from a fresh clone by `npm ci`. What npm fetches, it has fetched before.
 */
export async function install(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  await using simulator = await startSimulator(place, [...TIRELESS, '--record-arrivals'])
  const tarball = await pack(place, builds.here)
  const args = ['import', await writeMembers(place, 1), '--plan', unlimitedPlan('register')]
  const env = { ...environment(place, { baseUrl: simulator.url }), ...machine() }

  const firstRow = async (steps: readonly (readonly [string, ...string[]])[]): Promise<Took> => {
    const before = (await simulator.arrivals()).length
    const startedAt = Date.now()
    const home = mkdtempSync(join(place.folder, 'home-'))
    let installedAt = startedAt
    for (const [command, ...rest] of steps) {
      installedAt = Date.now()
      await place.start(command, rest, { ...env, ROLLCALL_HOME: home }).output()
    }
    const first = (await simulator.arrivals()).slice(before).find(({ lane }) => lane === 'register')
    if (first === undefined) throw new Error('the simulator was to have the first row')
    rmSync(home, { recursive: true })
    return { installMs: installedAt - startedAt, firstRowMs: first.at - startedAt }
  }
  const here = async () => {
    const prefix = mkdtempSync(join(place.folder, 'prefix-'))
    const installing = ['npm', 'install', '--global', '--prefix', prefix, ...QUIETLY, tarball] as const
    const took = await firstRow([installing, [join(prefix, 'bin/rollcall'), ...args]])
    rmSync(prefix, { recursive: true })
    return took
  }
  const other = async () => {
    const clone = copyOf(place, builds.other)
    const took = await firstRow([
      ['npm', 'ci', '--prefix', clone, ...QUIETLY],
      ['npm', 'run', '--prefix', clone, '--silent', 'rollcall', '--', ...args],
    ])
    rmSync(clone, { recursive: true })
    return took
  }

  // The first time npm fetches.
  await here()
  await other()
  const taken = { here: [] as Took[], other: [] as Took[] }
  for (let round = 0; round < roundsOf(scale); round++) {
    taken.other.push(await other())
    taken.here.push(await here())
  }
  const line = (what: string, of: (took: Took) => number) => ({
    what,
    other: median(taken.other.map(of)),
    here: median(taken.here.map(of)),
    show: seconds,
  })
  return [
    line('from nothing to the first row sent', ({ firstRowMs }) => firstRowMs),
    line('of that, installing', ({ installMs }) => installMs),
  ]
}

interface Took {
  readonly installMs: number
  readonly firstRowMs: number
}

async function pack(place: Workplace, build: string): Promise<string> {
  const copy = copyOf(place, build)
  symlinkSync(join(build, 'node_modules'), join(copy, 'node_modules'))
  const folder = mkdtempSync(join(place.folder, 'packed-'))
  await place.start('npm', ['pack', '--silent', '--pack-destination', folder, copy], machine()).output()
  const [name = ''] = readdirSync(folder)
  return join(folder, name)
}

/** A checkout as it is cloned, as far as it takes to run it. */
function copyOf(place: Workplace, build: string): string {
  const copy = mkdtempSync(join(place.folder, 'clone-'))
  cpSync(build, copy, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) })
  return copy
}

/** What a shell of this user has, where npm keeps what it fetches. */
function machine(): Record<string, string> {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
  return { PATH: path.join(delimiter), HOME: homedir() }
}
