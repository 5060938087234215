import { execFileSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { UsageError } from '../src/model.ts'
import { against } from './against.ts'
import type { PaceChoice } from './pace.ts'
import type { Finding } from './support/finding.ts'
import { formatFinding } from './support/finding.ts'
import { PACED_LANES } from './support/plans.ts'
import { thisBuild } from './support/rollcall.ts'
import { type Workplace, openWorkplace } from './support/workplace.ts'

/** Measures one thing. `scale`: 1, or the small share of the work that a trial does. */
type Bench = (place: Workplace, scale: number, choice: PaceChoice) => AsyncIterable<Finding>

/** Each is loaded where it is asked for: together they take in most of the sources. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  memory: async () => (await import('./memory.ts')).memory,
  throughput: async () => (await import('./throughput.ts')).throughput,
  reading: async () => (await import('./reading.ts')).reading,
  parquet: async () => (await import('./parquet.ts')).parquet,
  check: async () => (await import('./check.ts')).check,
  pace: async () => (await import('./pace.ts')).pace,
  lanes: async () => (await import('./lanes.ts')).lanes,
  oddities: async () => (await import('./oddities.ts')).oddities,
  report: async () => (await import('./report.ts')).report,
  console: async () => (await import('./console.ts')).console,
  metrics: async () => (await import('./metrics.ts')).metrics,
  sync: async () => (await import('./sync.ts')).sync,
  nights: async () => (await import('./nights.ts')).nights,
  changes: async () => (await import('./changes.ts')).changes,
  chaos: async () => (await import('./chaos.ts')).chaos,
  'shared-key': async () => (await import('./shared-key.ts')).sharedKey,
  laws: async () => (await import('./laws.ts')).laws,
  profile: async () => (await import('./profile.ts')).profile,
}
const QUICK = 0.05
const AT_ONCE = '4'

/**
 * `npm run bench -- against <another checkout> [<comparison>...] [--quick]`: measures both builds in turn.
 *
 * `npm run bench [-- <name>...] [--quick] [--at-once <n>] [--cell <limit>,<processes>,<seconds>[,<lane>]]...`: runs the benches
 * named, or all of them, and prints what they found.
 */
async function main(): Promise<void> {
  const { chosen, quick, choice } = readArguments()
  // As whoever has installed the checkout starts it.
  execFileSync('npm', ['run', '--silent', 'build:command'], { cwd: thisBuild })
  await using place = openWorkplace()
  process.stdout.write(
    `${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}, ` +
      `load ${loadavg()[0]?.toFixed(1)} before the start\n`,
  )
  if (quick) process.stdout.write('A trial (--quick): that it runs is all it shows, its figures mean little.\n')
  for (const [name, load] of chosen) {
    const bench = await load()
    const startedAt = performance.now()
    process.stdout.write(`\n## ${name}\n`)
    for await (const finding of bench(place, quick ? QUICK : 1, choice)) {
      process.stdout.write(`\n${formatFinding(finding)}`)
    }
    process.stdout.write(`\n(${((performance.now() - startedAt) / 1000).toFixed(0)} s)\n`)
  }
}

interface Arguments {
  readonly chosen: readonly (readonly [name: string, load: () => Promise<Bench>])[]
  readonly quick: boolean
  readonly choice: PaceChoice
}

function readArguments(): Arguments {
  const options = {
    quick: { type: 'boolean', default: false },
    'at-once': { type: 'string', default: AT_ONCE },
    cell: { type: 'string', multiple: true },
  } as const
  const known = Object.keys(benches)
  const { values, positionals: given } = parseArgs({ allowPositionals: true, strict: false, options })
  const compares = given[0] === 'against'
  const positionals = compares ? [] : given
  const unknown = [
    ...positionals.filter((name) => !known.includes(name)),
    ...Object.keys(values)
      .filter((name) => !Object.hasOwn(options, name))
      .map((name) => `--${name}`),
  ]
  if (unknown.length > 0) {
    throw new UsageError(
      `There is no bench ${unknown.join(', ')}: expected --quick, --at-once <n>, --cell <cell>, any of ${known.join(', ')}, or against <another checkout>.`,
    )
  }
  const atOnce = Number(values['at-once'])
  if (!Number.isSafeInteger(atOnce) || atOnce < 1) {
    throw new UsageError(`--at-once is ${JSON.stringify(values['at-once'])}: expected a whole number, at least 1.`)
  }
  const cells = values.cell?.map((text) => readCell(String(text)))
  const names = positionals.length > 0 ? positionals : known
  // Refused before anything is made, where it cannot be.
  const comparison = compares ? against(given.slice(1)) : undefined
  return {
    chosen: comparison
      ? [['against', () => Promise.resolve(comparison)]]
      : names.map((name) => [name, benches[name] as () => Promise<Bench>]),
    quick: values.quick === true,
    choice: { atOnce, cells },
  }
}

function readCell(text: string): NonNullable<PaceChoice['cells']>[number] {
  const [, limit, processes, replySeconds, name = 'register'] =
    /^(\d+),(\d+),(\d+(?:\.\d+)?)(?:,([\w-]+))?$/.exec(text) ?? []
  const lane = PACED_LANES.find((known) => known === name)
  if (Number(limit) > 0 && Number(processes) > 0 && lane !== undefined)
    return { limit: Number(limit), processes: Number(processes), latencyMs: Number(replySeconds) * 1_000, lane }
  throw new UsageError(
    `--cell is ${JSON.stringify(text)}: expected requests a minute, processes and the seconds after which replies come, as in 600,1,3, and perhaps a lane (${PACED_LANES.join(', ')}), as in 1000,2,0.02,balance.`,
  )
}

try {
  await main()
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`bench: ${error.message}\n`)
  process.exitCode = 2
}
