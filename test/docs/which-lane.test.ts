import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { defaultLimit } from '../../src/lanes/default-limit.ts'
import { formatCount } from '../../src/words.ts'

const page = readFileSync(new URL('../../docs/which-lane.md', import.meta.url), 'utf8')

/** What the table says of a lane: how many requests a million members take. */
const MILLION: readonly (readonly [words: string, lane: string, requests: number])[] = [
  ['`register`', 'register', 1_000_000],
  ['`register-v1`, ten a request', 'register-v1', 100_000],
  ['the look-ups of `existing: keep`, by one identifier', 'look-up-v1', 100_000],
  ['the same, by three', 'look-up-v1', 300_000],
  ['`update`', 'update', 1_000_000],
  ['`link`, fifty a request', 'link', 20_000],
  ['`tier`, fifty a request', 'tier', 20_000],
  ['`unlink`', 'unlink', 1_000_000],
  ['`verify` of points', 'balance', 1_000_000],
  ['`verify` of records, ten a request', 'look-up-v1', 100_000],
]

test.each(MILLION)('a million members: %s', (words, lane, requests) => {
  const hours = (['asia-1', 'asia-2', 'emea', undefined] as const).map((region) =>
    (requests / defaultLimit(lane, region) / 60).toFixed(1),
  )
  expect(page).toContain(`| ${words} | ${formatCount(requests)} | ${hours.join(' | ')} |`)
})
