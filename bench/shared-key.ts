import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Summary } from '../src/report/summary.ts'
import { startSimulator } from '../src/simulator/start-simulator.ts'
import { type Finding, percent, seconds, whole } from './support/finding.ts'
import { KEY, newHome, startWithToken, startWorkerWithToken } from './support/oauth.ts'
import { startRedis } from './support/redis.ts'
import type { Workplace } from './support/workplace.ts'

const ROWS = 1_000
const WORKERS = [1, 4]
const OTHER_EVERY_MS = 400

interface Figures {
  readonly workers: number
  readonly done: number
  readonly requests: number
  readonly refused: number
  readonly tokens: number
  readonly tookMs: number
}

/** One key, of which another program fetches a token every 400 ms, where each new token ends the one before. */
export async function* sharedKey(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const rows = Math.max(ROWS * scale, 50)
  const file = join(place.folder, 'shared-key.csv')
  const plan = join(place.folder, 'shared-key.yaml')
  writeFileSync(file, csvOf(rows))
  writeFileSync(plan, PLAN)
  const all: Figures[] = []
  for (const workers of WORKERS) all.push(await measure(place, { workers, file, plan }))
  yield {
    title: `${whole(rows)} rows with a key of which another program fetches a token every ${OTHER_EVERY_MS} ms, each ending the last`,
    columns: ['', 'rows done', 'requests', '401', 'lost to 401', 'tokens of ours', 'took'],
    rows: all.map(({ workers, done, requests, refused, tokens, tookMs }) => [
      `${workers} ${workers === 1 ? 'worker' : 'workers'}`,
      whole(done),
      whole(requests),
      whole(refused),
      percent(refused / requests),
      whole(tokens),
      seconds(tookMs),
    ]),
    goals: [
      {
        aim: 'every row done',
        reached: all.map(({ done }) => whole(done)).join(', '),
        met: all.every(({ done }) => done === rows),
      },
    ],
  }
}

interface Trial {
  readonly workers: number
  readonly file: string
  readonly plan: string
}

async function measure(place: Workplace, { workers, file, plan }: Trial): Promise<Figures> {
  await using redis = await startRedis(place)
  const simulator = await startSimulator({ latencyMs: 20, soleToken: true })
  const where = { baseUrl: simulator.url, redisUrl: redis.url, home: newHome(place) }
  await using started = new AsyncDisposableStack()
  started.defer(() => simulator.close())
  for (let count = 1; count <= workers; count++) started.use(await startWorkerWithToken(place, where))
  const end = new AbortController()
  const other = fetchTokens(simulator.url, end.signal)
  const startedAt = performance.now()
  const importing = startWithToken(place, ['import', file, '--plan', plan, '--no-workers', '--json'], where)
  const { ok } = JSON.parse(await importing.output()) as Summary
  const tookMs = performance.now() - startedAt
  end.abort()
  const others = await other
  const { replies, tokensIssued } = simulator.stats()
  const asked = Object.values(replies).reduce((sum, count) => sum + count, 0) - tokensIssued
  return { workers, done: ok, requests: asked, refused: replies['401'] ?? 0, tokens: tokensIssued - others, tookMs }
}

/** What the other program does; how many tokens it was given. */
async function fetchTokens(baseUrl: string, signal: AbortSignal): Promise<number> {
  let given = 0
  for (; !signal.aborted; given++) {
    await fetch(`${baseUrl}/v3/oauth/token/generate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(KEY),
    })
    await delay(OTHER_EVERY_MS, undefined, { signal }).catch(() => {})
  }
  return given
}

function csvOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => `M-${at + 1},Name,91980${String(at).padStart(7, '0')}`)
  return `external_id,name,mobile\n${lines.join('\n')}\n`
}

const PLAN = `
rows: { key: external_id }
limits: { register: 1800 }
register:
  body:
    profiles:
      - firstName: \${name}
        identifiers:
          - { type: externalId, value: "\${external_id}" }
          - { type: mobile, value: "\${mobile}" }
        source: INSTORE
`
