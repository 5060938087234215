import { existsSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { ratio } from '../support/finding.ts'
import { writeMembers } from '../support/members.ts'
import { unlimitedPlan } from '../support/plans.ts'
import { TIRELESS, command, environment, runImport, runNode, startSimulator } from '../support/rollcall.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, median } from './comparison.ts'

const TIMES = 15
const AIM = 2.5

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
  const aimed = { show: ratio, aim: { of: 'itself', most: AIM } } as const
  const { runsThere = NaN, runs = NaN, version = NaN, runsInstalled, versionInstalled } = figures
  return [
    { what: 'rollcall runs, of node -e 0', other: runsThere, here: runs, ...aimed },
    { what: 'rollcall --version, of node -e 0', here: version, ...aimed },
    ...(runsInstalled === undefined
      ? []
      : [{ what: 'installed: rollcall runs, of node -e 0', here: runsInstalled, ...aimed }]),
    ...(versionInstalled === undefined
      ? []
      : [{ what: 'installed: rollcall --version, of node -e 0', here: versionInstalled, ...aimed }]),
  ]
}

interface Word {
  readonly args: readonly string[]
  readonly home: string
}

/** The median time of each, in turn with the others and with bare Node, as a ratio to that of bare Node. */
async function ofBareNode(
  place: Workplace,
  times: number,
  asked: Readonly<Record<string, Word>>,
): Promise<Readonly<Record<string, number | undefined>>> {
  const env = { ...environment(place, { baseUrl: 'http://127.0.0.1:9' }), HOME: place.folder }
  const bareMs: number[] = []
  const askedMs = new Map(Object.keys(asked).map((name) => [name, [] as number[]]))
  // Compiled code is put away the first time.
  for (const { args, home } of Object.values(asked)) await runNode(place, args, { ...env, ROLLCALL_HOME: home })
  for (let time = 0; time < times; time++) {
    bareMs.push((await runNode(place, ['-e', '0'], env)).tookMs)
    for (const [name, { args, home }] of Object.entries(asked)) {
      askedMs.get(name)?.push((await runNode(place, args, { ...env, ROLLCALL_HOME: home })).tookMs)
    }
  }
  const bare = median(bareMs)
  return Object.fromEntries([...askedMs].map(([name, all]) => [name, median(all) / bare]))
}

/** A home with a run that is finished. */
async function homeWithRun(place: Workplace, build: string): Promise<string> {
  const home = mkdtempSync(join(place.folder, 'words-'))
  await using simulator = await startSimulator(place, TIRELESS)
  const file = await writeMembers(place, 1)
  await runImport(place, { file, plan: unlimitedPlan('register'), baseUrl: simulator.url, home, build })
  return home
}
