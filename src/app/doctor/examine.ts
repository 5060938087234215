import { statSync } from 'node:fs'
import { readRedisFacts } from '../../broker/redis-facts.ts'
import { checkBaseUrl } from '../../capillary/credentials.ts'
import { refuseUnknownHost } from '../../capillary/known-host.ts'
import { type AccountTrial, tryAccount } from '../../capillary/try-account.ts'
import { UsageError } from '../../model.ts'
import { listRuns } from '../../run/list-runs.ts'
import { expandFiles } from '../../source/expand-files.ts'
import { version } from '../../version.ts'
import { checkFile } from '../check/check-file.ts'
import type { Context } from '../context.ts'
import type { Environment } from '../environment.ts'
import { openImport } from '../input/open-import.ts'
import { isAtWork } from '../runs/run-status.ts'
import { listWorkers } from '../workers/list-workers.ts'
import { type Finding, findingsOf, worstOf } from './finding.ts'
import { readHome } from './home-facts.ts'
import { judgeClock } from './judge-clock.ts'
import { judgeHome } from './judge-home.ts'
import { judgePlan } from './judge-plan.ts'
import { judgeRedis } from './judge-redis.ts'
import { judgeWorkers } from './judge-workers.ts'

export interface ExamineRequest {
  /** Files that are to be imported, or patterns; none: the machine alone is looked at. */
  readonly files: readonly string[]
  readonly plan?: string
}

/** Rows that a plan is tried with. */
const ROWS_TRIED = 1_000

/**
 * Looks at all that an import needs, in the order in which it needs it, and changes nothing: environment, account,
 * clock, Redis, home, plan against file. Throws a UsageError where a plan is named without a file.
 */
export async function* examine({ files, plan }: ExamineRequest, context: Context): AsyncGenerator<Finding> {
  const { environment } = context
  if (plan !== undefined && files.length === 0) {
    throw new UsageError('--plan is looked at against a file: name the file, too.')
  }
  const seen = examineEnvironment(environment)
  yield* seen
  if (worstOf(seen) !== 'failed') yield* examineAccount(environment)
  if (environment.redisUrl !== undefined) {
    const redis = await examineRedis(environment.redisUrl)
    yield* redis
    if (worstOf(redis) !== 'failed') yield await examineWorkers(environment)
  }
  const found = await sizeOf(files)
  const need = { fileBytes: found.bytes, embedded: environment.redisUrl === undefined }
  yield* judgeHome(readHome(environment.home), need)
  if (found.problem !== undefined) yield { name: 'plan', state: 'failed', message: found.problem }
  else if (plan !== undefined) yield await examinePlan({ files, plan }, context)
}

function examineEnvironment({ api, region, redisUrl }: Environment): readonly Finding[] {
  const versions = { state: 'ok', message: `rollcall ${version}, Node ${process.versions.node}.` } as const
  const account = attempt(() => {
    const { baseUrl, credentials } = api()
    const kind = credentials.kind === 'oauth' ? 'OAuth' : 'Basic'
    return { state: 'ok', message: `The API is at ${checkBaseUrl(baseUrl)}; the credentials are for ${kind}.` }
  })
  const limits: Omit<Finding, 'name'> =
    region === undefined
      ? {
          state: 'warned',
          message: 'ROLLCALL_REGION is not set: where the plan sets no `limits`, the lowest ones are kept to.',
          remedy: 'Set it to your region (asia-1, asia-2, emea, us or demo), or `limits` in the plan.',
        }
      : { state: 'ok', message: `The default limits are those of ${region}.` }
  const broker =
    redisUrl === undefined
      ? [{ state: 'ok', message: 'REDIS_URL is not set: the embedded broker is used.' } as const]
      : []
  return findingsOf('environment', [versions, account, limits, ...broker])
}

async function* examineAccount({ api, home, proxies }: Environment): AsyncGenerator<Finding> {
  let trial: AccountTrial
  try {
    const { baseUrl, credentials } = api()
    await refuseUnknownHost(checkBaseUrl(baseUrl), proxies)
    const atWork = credentials.kind === 'basic' && runAtWork(home)
    if (typeof atWork === 'string') {
      yield { name: 'credentials', state: 'ok', message: `Not tried: run ${atWork} is at work, and has the requests.` }
      return
    }
    trial = await tryAccount({ baseUrl, credentials, proxies })
  } catch (error) {
    yield { name: 'credentials', state: 'failed', message: wordsOf(error) }
    return
  }
  yield judgeTrial(trial)
  yield judgeClock(trial)
}

/** With Basic credentials what is tried is a request like others, and takes none away from a run's pace. */
function runAtWork(home: string): string | undefined {
  return listRuns(home).find(({ run, state }) => state === 'running' && isAtWork(home, run))?.run
}

function judgeTrial({ kind, message }: AccountTrial): Finding {
  switch (kind) {
    case 'accepted':
      return { name: 'credentials', state: 'ok', message: `The API takes them: ${message}.` }
    case 'refused':
      return {
        name: 'credentials',
        state: 'failed',
        message: `The API does not take them. ${message}.`,
        remedy: 'Compare them with what Capillary gave you, and see that they are for this host.',
      }
    case 'unanswered':
      return {
        name: 'credentials',
        state: 'failed',
        message: `The API said nothing of them. ${message}.`,
        remedy: 'See that the host is reached from here (ROLLCALL_BASE_URL, proxy, firewall), and try again.',
      }
  }
}

async function examineRedis(url: string): Promise<readonly Finding[]> {
  try {
    return judgeRedis(await readRedisFacts(url))
  } catch (error) {
    return [{ name: 'redis', state: 'failed', message: wordsOf(error) }]
  }
}

async function examineWorkers(environment: Environment): Promise<Finding> {
  try {
    const { workers, account } = await listWorkers(environment)
    return judgeWorkers(workers, { account, version })
  } catch (error) {
    return { name: 'workers', state: 'failed', message: wordsOf(error) }
  }
}

/** Of files elsewhere, and of standard input, nobody knows it before they are here. */
async function sizeOf(files: readonly string[]): Promise<{ readonly bytes?: number; readonly problem?: string }> {
  try {
    const found = files.length === 0 ? [] : await expandFiles(files)
    const sizes = found.flatMap((path) => statSync(path, { throwIfNoEntry: false })?.size ?? [])
    return sizes.length === 0 ? {} : { bytes: sizes.reduce((sum, size) => sum + size, 0) }
  } catch (error) {
    return { problem: wordsOf(error) }
  }
}

async function examinePlan(request: { files: readonly string[]; plan: string }, context: Context): Promise<Finding> {
  try {
    await using open = await openImport(request, context)
    const report = await checkFile(open, { limit: ROWS_TRIED }, context)
    return judgePlan(report, { files: request.files, all: report.rows < ROWS_TRIED })
  } catch (error) {
    return { name: 'plan', state: 'failed', message: wordsOf(error) }
  }
}

function attempt(look: () => Omit<Finding, 'name'>): Omit<Finding, 'name'> {
  try {
    return look()
  } catch (error) {
    return { state: 'failed', message: wordsOf(error) }
  }
}

/** A person's mistake in the words that it has; a fault of ours is none of the findings. */
function wordsOf(error: unknown): string {
  if (error instanceof UsageError) return error.message
  throw error
}
