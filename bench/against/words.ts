import { existsSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { ratio } from '../support/finding.ts'
import { writeMembers } from '../support/members.ts'
import { unlimitedPlan } from '../support/plans.ts'
import { TIRELESS, command, environment, runImport, runNode, startSimulator } from '../support/rollcall.ts'
import { cpuOfEnded } from '../support/watch-process.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, median } from './comparison.ts'

const TIMES = 15
const AIM = { of: 'itself', most: 2.5 } as const

/**
 * How long `rollcall runs` and `rollcall --version` take, of what Node takes to do nothing: in a clone, and as installed
 * where `npm run build` was. The other build may have no `--version`: its `--help` is nothing of the kind.
 */
export async function words(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  const homes = { other: await homeWithRun(place, builds.other), here: await homeWithRun(place, builds.here) }
  const installed = join(builds.here, 'bin/rollcall.js')
  const built = existsSync(join(builds.here, 'dist/main.js'))
  const figures = await ofBareNode(place, scale < 1 ? 3 : TIMES, {
    runsThere: { args: [...command(builds.other), 'runs'], home: homes.other },
    runs: { args: [...command(builds.here), 'runs'], home: homes.here },
    version: { args: [...command(builds.here), '--version'], home: homes.here },
    ...(built && {
      runsInstalled: { args: [installed, 'runs'], home: homes.here },
      versionInstalled: { args: [installed, '--version'], home: homes.here },
    }),
  })
  return [
    ...linesOf('rollcall runs', figures.runs, figures.runsThere),
    ...linesOf('rollcall --version', figures.version),
    ...linesOf('installed: rollcall runs', figures.runsInstalled),
    ...linesOf('installed: rollcall --version', figures.versionInstalled),
  ]
}

function linesOf(what: string, here: OfBare | undefined, other?: OfBare): readonly Line[] {
  if (here === undefined) return []
  return [
    { what: `${what}, of node -e 0: time`, ...both(here.time, other?.time), show: ratio, aim: AIM },
    { what: `${what}, of node -e 0: processor time`, ...both(here.cpu, other?.cpu), show: ratio },
  ]
}

function both(here: number, other: number | undefined): Pick<Line, 'here' | 'other'> {
  return other === undefined ? { here } : { here, other }
}

type Asked = 'runsThere' | 'runs' | 'version' | 'runsInstalled' | 'versionInstalled'

interface Word {
  readonly args: readonly string[]
  readonly home: string
}

/** How many times as much as bare Node a command takes. */
interface OfBare {
  /** The medians. */
  readonly time: number
  /** All together: one takes too little for the clock that counts it. */
  readonly cpu: number
}

/** Each in turn with the others and with bare Node. */
async function ofBareNode(
  place: Workplace,
  times: number,
  asked: Readonly<Partial<Record<Asked, Word>>>,
): Promise<Readonly<Partial<Record<Asked, OfBare>>>> {
  const env = { ...environment(place, { baseUrl: 'http://127.0.0.1:9' }), HOME: place.folder }
  const subjects = Object.entries<Word>({ bare: { args: ['-e', '0'], home: place.folder }, ...asked })
  const taken = new Map(subjects.map(([name]) => [name, { times: [] as number[], cpuMs: 0 }]))
  // Compiled code is put away the first time.
  for (let time = -1; time < times; time++) {
    for (const [name, { args, home }] of subjects) {
      const cpuBefore = cpuOfEnded()
      const { tookMs } = await runNode(place, args, { ...env, ROLLCALL_HOME: home })
      const took = taken.get(name)
      if (took === undefined || time < 0) continue
      took.times.push(tookMs)
      took.cpuMs += cpuOfEnded() - cpuBefore
    }
  }
  const bare = taken.get('bare') ?? { times: [], cpuMs: NaN }
  const ofBare = ({ times: all, cpuMs }: typeof bare) => ({
    time: median(all) / median(bare.times),
    cpu: cpuMs / bare.cpuMs,
  })
  return Object.fromEntries([...taken].map(([name, took]) => [name, ofBare(took)]))
}

/** A home with a run that is finished. */
async function homeWithRun(place: Workplace, build: string): Promise<string> {
  const home = mkdtempSync(join(place.folder, 'words-'))
  await using simulator = await startSimulator(place, TIRELESS)
  const file = await writeMembers(place, 1)
  await runImport(place, { file, plan: unlimitedPlan('register'), baseUrl: simulator.url, home, build })
  return home
}
