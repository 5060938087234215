import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Finding, seconds, whole } from './support/finding.ts'
import type { Workplace } from './support/workplace.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const VITEST = `${ROOT}/node_modules/.bin/vitest`
const ROUNDS = 20

/**
 * Tests of laws, with cases that the suite does not draw: each round has a seed of its own, which is said, so that
 * `ROLLCALL_LAWS_SEED=<seed> npx vitest run <file>` draws a failure's again. Throws with what failed.
 */
export async function* laws(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const files = filesWithLaws(scale)
  const first = Math.floor(Math.random() * 1e9)
  const rounds: (readonly [seed: number, tookMs: number])[] = []
  for (let seed = first; seed < first + Math.max(ROUNDS * scale, 1); seed += 1) {
    const startedAt = performance.now()
    await check(place, seed, files)
    rounds.push([seed, performance.now() - startedAt])
  }
  yield {
    title: `${whole(files.length)} files of laws, with seeds of their own`,
    columns: ['seed', 'broken', 'took'],
    rows: rounds.map(([seed, tookMs]) => [String(seed), '0', seconds(tookMs)]),
    goals: [{ aim: 'no law broken', reached: `none in ${rounds.length} rounds`, met: true }],
  }
}

function filesWithLaws(scale: number): readonly string[] {
  const all = globSync('test/**/*.test.ts', { cwd: ROOT }).filter((file) =>
    readFileSync(`${ROOT}/${file}`, 'utf8').includes("from 'fast-check'"),
  )
  return scale < 1 ? all.slice(0, Math.ceil(all.length * scale)) : all
}

async function check(place: Workplace, seed: number, files: readonly string[]): Promise<void> {
  const env = { ...process.env, ROLLCALL_LAWS_SEED: String(seed) } as Record<string, string>
  await using vitest = place.start(VITEST, ['run', '--root', ROOT, ...files], env)
  try {
    await vitest.output()
  } catch (error) {
    throw new Error(`Seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
