import type { BatchJob, BatchSettings, Notice } from '../src/broker/jobs.ts'
import type { RunState } from '../src/broker/broker.ts'
import type { Client, NoToken } from '../src/capillary/client.ts'
import type { LaneName } from '../src/model.ts'
import type { Pacer } from '../src/pace/pacer.ts'
import type { LaneHealth, Standstill } from './lane-health.ts'
import type { RunPatience } from './run-patience.ts'

/**
 * `go`: send one request now. `no-token`: what came of asking for a token stands for the request. `stop`: the worker is
 * closing. `park`: the run is paused. `drop`: it was cancelled. `later`: it was refused before, and others are to find out
 * first whether the host and the credentials are well.
 */
export type Passage =
  /** `isProbe`: the host or the credentials are in doubt, and this request finds out. */
  | { readonly kind: 'go'; readonly isProbe: boolean }
  | { readonly kind: 'no-token'; readonly came: NoToken }
  | { readonly kind: 'later' }
  | { readonly kind: 'stop' | 'park' | 'drop' }

export interface GateTools {
  readonly pacer: Pacer
  readonly health: LaneHealth
  readonly account: Pick<Client, 'clear' | 'isReady'>
  readonly signal: AbortSignal
  readonly runState: (run: string) => Promise<RunState>
  readonly notify: (run: string, notice: Notice) => Promise<void>
  readonly patience: RunPatience
}

/** Whose request it is, and the limit that it counts against: that of the lane `pace`, where it is another one's. */
export type Passing = Pick<BatchJob, 'run' | 'lane'> & {
  readonly settings: Pick<BatchSettings, 'rpm' | 'outageMs'>
  readonly pace?: LaneName | undefined
  /** What is to be sent was refused before. */
  readonly wasRefused?: boolean
}

/**
 * Lets a request through when its run goes on, its host answers, its account has a token, and the lane has a slot. Slots
 * may be a while in coming, so the rest is looked at again when one has come; a slot that is not used then is lost.
 */
export async function pass(job: Passing, tools: GateTools): Promise<Passage> {
  const { signal, notify, patience } = tools
  let attempt: Attempt = { kind: 'wait' }
  while (true) {
    if (signal.aborted) return { kind: 'stop' }
    const state = await tools.runState(job.run)
    if (!goesOn(state)) {
      patience.parked(job.run)
      return { kind: state === 'cancelled' ? 'drop' : 'park' }
    }
    patience.goesOn(job.run)
    const halt = standstillHalt(job, tools)
    if (halt !== undefined) {
      patience.parked(job.run)
      await notify(job.run, halt)
      return { kind: 'park' }
    }
    if (attempt.kind === 'no-token') return attempt
    // Who holds on to a job with nothing else in it keeps others from being taken.
    if (attempt.kind === 'doubt' && job.wasRefused === true && !tools.health.isSilent()) return { kind: 'later' }
    if (attempt.kind === 'slot' && (attempt.isProbe || (tools.health.isOpen() && tools.account.isReady())))
      return { kind: 'go', isProbe: attempt.isProbe }
    try {
      attempt = await tryFor(job, tools)
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}

type Attempt =
  /** `doubt`: somebody else finds out how it stands. */
  | { readonly kind: 'wait' | 'doubt' }
  | { readonly kind: 'slot'; readonly isProbe: boolean }
  | { readonly kind: 'no-token'; readonly came: NoToken }

/** A while at a time: the run may be paused, or lose its patience, while the host is away. */
const LOOK_AGAIN_MS = 500
/** A token takes its time; whoever looks again meanwhile goes behind those who came later. */
const TOKEN_PATIENCE_MS = 3_000

async function tryFor(job: Passing, tools: GateTools): Promise<Attempt> {
  const { health, account, pacer, signal } = tools
  const host = await health.clear(signal, LOOK_AGAIN_MS, job.wasRefused)
  if (host === 'wait') return { kind: 'doubt' }
  const credentials = await account.clear(signal, TOKEN_PATIENCE_MS)
  if (credentials === 'wait') return { kind: 'doubt' }
  if (typeof credentials !== 'string') return { kind: 'no-token', came: credentials }
  const place = pacer.join({ run: job.run, rpm: job.settings.rpm }, signal)
  while ((await place.turn(LOOK_AGAIN_MS)) === 'wait') {
    await heedHold(job, tools)
    if (goesOn(await tools.runState(job.run)) && standstillHalt(job, tools) === undefined) continue
    place.leave()
    return { kind: 'wait' }
  }
  return { kind: 'slot', isProbe: host === 'probe' || credentials === 'probe' }
}

function goesOn(state: RunState): boolean {
  return state !== 'parked' && state !== 'cancelled'
}

/**
 * A lane is held by what the API said to others as well, or to this run before it was resumed: whoever waits for the end of
 * that is told, and waits no longer than its plan allows.
 */
async function heedHold({ run, lane, pace }: Passing, { health, pacer, patience, notify }: GateTools): Promise<void> {
  const heldMs = pacer.heldForMs()
  if (heldMs < TOLD_HOLD_MS) return
  // What was answered since had left before.
  if (heldMs >= LONG_HOLD_MS && health.standstill() === undefined) {
    health.report({ kind: 'throttled', reason: HELD }, performance.now())
  }
  if (!patience.isNews(run, pace ?? lane, heldMs)) return
  const since = Date.now()
  await notify(run, { kind: 'throttled', lane: pace ?? lane, since, until: Math.ceil(since + heldMs), reason: HELD })
}

/** So long a hold is told to whoever has not heard of it. */
const TOLD_HOLD_MS = 4_000
const HELD = 'it said so to a request before'

/** Nothing was answered for as long as the plan waits, though it was tried again, or a hold lasts longer than that. */
function standstillHalt({ run, lane, settings }: Passing, { health, pacer, patience }: GateTools): Notice | undefined {
  const standstill = health.standstill()
  const goesOnForMs = patience.goesOnForMs(run)
  if (standstill === undefined || Math.min(standstill.forMs, goesOnForMs) < settings.outageMs) return undefined
  const isConfirmed = standstill.confirmed && standstill.heardMs <= goesOnForMs
  if (!isConfirmed && pacer.heldForMs() < LONG_HOLD_MS) return undefined
  return { kind: 'halt', lane, ...wordsOf(lane, standstill), outage: true }
}

/** A limit of so many a minute lets some through again after that. */
const LONG_HOLD_MS = 60_000

function wordsOf(
  lane: BatchJob['lane'],
  { kind, reason, since }: Standstill,
): { readonly reason: string; readonly remedy: string } {
  const sinceWhen = `on the ${lane} lane since ${new Date(since).toISOString()}`
  switch (kind) {
    case 'failed':
      return {
        reason: `The host has not answered ${sinceWhen}. What came last: ${reason}.`,
        remedy: 'Find out why it does not answer, then resume the run.',
      }
    case 'throttled':
      return {
        reason: `The API has let nothing through ${sinceWhen}: ${reason}.`,
        remedy: 'Wait until the API takes requests again, or ask for a higher limit, then resume the run.',
      }
    case 'erred':
      return {
        reason: `The API has answered everything ${sinceWhen} with an error of its own: ${reason}.`,
        remedy: 'It is not about what is in the rows. Ask Capillary support why it does so, then resume the run.',
      }
    case 'refused':
      return {
        reason: `The API has refused everything ${sinceWhen}: ${reason}.`,
        remedy: 'Find out why it refuses, then resume the run.',
      }
  }
}
