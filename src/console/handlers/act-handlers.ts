import { setTimeout as delay } from 'node:timers/promises'
import { changePace } from '../../app/runs/change-pace.ts'
import { pauseRun } from '../../app/runs/pause-run.ts'
import { isAtWork } from '../../app/runs/run-status.ts'
import { showRun } from '../../app/runs/show-run.ts'
import { UsageError } from '../../model.ts'
import { Refusal, type Reply, ok } from '../reply.ts'
import type { Console } from '../route.ts'
import { existing } from './run-handlers.ts'

/** A request is taken, and carried out while the caller goes on: what is wrong with it is found within this time. */
const AT_ONCE_MS = 300
const LETTING_GO_MS = 10_000

export async function pause({ environment: { home } }: Console, name: string): Promise<Reply> {
  const run = idOf(home, name)
  return await accepted(run, pauseRun(home, run))
}

export async function cancel({ environment, launcher }: Console, name: string): Promise<Reply> {
  const run = idOf(environment.home, name)
  // It may need the broker, which may be embedded: as a process of its own.
  await launcher.start(['cancel', run]).catch(asConflict)
  return ok({ run }, 202)
}

export async function resume({ environment: { home }, launcher }: Console, name: string): Promise<Reply> {
  const run = idOf(home, name)
  if (!(await isLetGo(home, run))) throw new Refusal(409, `Run ${run} is at work already.`)
  await launcher.takeUpRun(['resume', run], run).catch(asConflict)
  return ok({ run }, 202)
}

/** Whether nobody is at work on a run; one that is paused already is waited for until its process has ended. */
async function isLetGo(home: string, run: string): Promise<boolean> {
  const patience = performance.now() + LETTING_GO_MS
  while (isAtWork(home, run)) {
    if (showRun(home, run).record.state === 'running' || performance.now() > patience) return false
    await delay(100)
  }
  return true
}

export interface RerunBody {
  readonly only?: readonly string[] | undefined
  readonly code?: number | undefined
}

export async function rerun(
  { environment: { home }, launcher }: Console,
  name: string,
  body: RerunBody,
): Promise<Reply> {
  const of = idOf(home, name)
  const run = await launcher.startRun(['rerun', of, ...rerunOptions(body)]).catch(asConflict)
  return ok({ run }, 202)
}

/** What a rerun would send, and how long it takes: as `rerun --dry-run` says. */
export async function rerunEstimate(
  { environment: { home }, launcher }: Console,
  name: string,
  { body, signal }: { readonly body: RerunBody; readonly signal: AbortSignal },
): Promise<Reply> {
  const of = idOf(home, name)
  const args = ['rerun', of, ...rerunOptions(body), '--dry-run', '--json', '--home', home]
  return ok(JSON.parse(await launcher.ask(args, signal)))
}

function rerunOptions({ only = [], code }: RerunBody): readonly string[] {
  return [
    ...(only.length > 0 ? ['--only', only.join(',')] : []),
    ...(code === undefined ? [] : ['--code', String(code)]),
  ]
}

export async function verify({ environment: { home }, launcher, runs }: Console, name: string): Promise<Reply> {
  const of = idOf(home, name)
  const unfinished = runs
    .list()
    .runs.findLast(
      ({ record: { verifies, state } }) => verifies === of && state !== 'finished' && state !== 'cancelled',
    )?.record
  if (unfinished !== undefined) {
    await launcher.takeUpRun(['verify', of], unfinished.run).catch(asConflict)
    return ok({ run: unfinished.run }, 202)
  }
  const run = await launcher.startRun(['verify', of]).catch(asConflict)
  return ok({ run }, 202)
}

export async function pace(
  { environment: { home } }: Console,
  name: string,
  { lane, rpm }: { readonly lane: string; readonly rpm: number },
): Promise<Reply> {
  const run = idOf(home, name)
  const { lanes } = existing(() => showRun(home, run)).record
  if (!lanes.includes(lane))
    throw new Refusal(400, `Run ${run} has no lane ${JSON.stringify(lane)}: it has ${lanes.join(', ')}.`)
  return await accepted(run, changePace(home, { run, lane, rpm }))
}

function idOf(home: string, name: string): string {
  return existing(() => showRun(home, name)).record.run
}

/** What is wrong with a request is known at once; what is right may take a while. */
async function accepted(run: string, doing: Promise<unknown>): Promise<Reply> {
  try {
    await Promise.race([doing, delay(AT_ONCE_MS)])
  } catch (error) {
    throw error instanceof UsageError ? new Refusal(409, error.message) : error
  }
  // Nobody waits for the rest: how the run stands is told by the run.
  doing.catch(() => {})
  return ok({ run }, 202)
}

/** What a command refuses about a run that is there has to do with how that run stands. */
function asConflict(error: unknown): never {
  if (error instanceof Refusal && error.status === 400) throw new Refusal(409, error.message)
  throw error
}
