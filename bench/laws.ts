import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, seconds, whole } from './support/finding.ts'
import { thisBuild } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const ROUNDS = 20

/** A law that did not hold. */
interface Broken {
  readonly seed: number
  readonly file: string
  readonly law: string
}

/**
 * Tests of laws, with cases that the suite does not draw: each round has a seed of its own, which is said, so that
 * `ROLLCALL_LAWS_SEED=<seed> npx vitest run <file>` draws a failure's again.
 */
export async function* laws(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const files = filesWithLaws(scale)
  const first = Math.floor(Math.random() * 1e9)
  const rounds = Array.from({ length: Math.max(ROUNDS * scale, 1) }, (_, round) => first + round)
  const broken: Broken[] = []
  const rows: string[][] = []
  for (const seed of rounds) {
    const startedAt = performance.now()
    const found = await check(place, seed, files)
    broken.push(...found)
    rows.push([String(seed), whole(found.length), seconds(performance.now() - startedAt)])
  }
  yield {
    title: `${whole(files.length)} files of laws, with seeds of their own`,
    columns: ['seed', 'broken', 'took'],
    rows,
    goals: [{ aim: 'no law broken', reached: listOf(broken), met: broken.length === 0 }],
  }
}

function listOf(broken: readonly Broken[]): string {
  if (broken.length === 0) return 'none'
  return broken.map(({ seed, file, law }) => `\n  ROLLCALL_LAWS_SEED=${seed} npx vitest run ${file}: ${law}`).join('')
}

function filesWithLaws(scale: number): readonly string[] {
  const all = globSync('test/**/*.test.ts', { cwd: thisBuild }).filter((file) =>
    readFileSync(join(thisBuild, file), 'utf8').includes("from 'fast-check'"),
  )
  return scale < 1 ? all.slice(0, Math.ceil(all.length * scale)) : all
}

/** What Vitest writes down of its files, as far as it is read here. */
interface Results {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

async function check(place: Workplace, seed: number, files: readonly string[]): Promise<readonly Broken[]> {
  const results = join(place.folder, `laws-${seed}.json`)
  const args = ['run', '--root', thisBuild, '--reporter=json', `--outputFile=${results}`, ...files]
  const env = { ...process.env, ROLLCALL_LAWS_SEED: String(seed) } as Record<string, string>
  await using vitest = place.start(join(thisBuild, 'node_modules/.bin/vitest'), args, env)
  await vitest.ended()
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as Results
  return testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => ({ seed, file: file.slice(thisBuild.length + 1), law: fullName })),
  )
}
