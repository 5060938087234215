import type { ApiRequest, Exchange } from '../src/capillary/exchange.ts'
import type { Lane, Step } from '../src/lanes/lane.ts'
import { type GateTools, type Passage, pass } from './gate.ts'
import type { HeldBatch } from './held-batch.ts'
import { type Shipment, type StepTools, rpmOf } from './steps.ts'
import type { WorkListener } from './work-event.ts'

export interface DeliveryTools extends GateTools, StepTools {
  readonly lane: Lane
  readonly send: (request: ApiRequest) => Promise<Exchange>
  /** By how many ms an answer of the broker's that took so long was late. */
  readonly latenessOf: (tookMs: number) => number
  /** What came of asking for a token, as the lane's health was told of it. */
  readonly heard: WeakSet<Exchange>
  /** Hears what is done, as it is done. */
  readonly tell: WorkListener
}

/** One pass under way. `stop`: why no further request may leave. */
export interface Visit {
  readonly batch: HeldBatch
  readonly tools: DeliveryTools
  stop: 'stop' | 'park' | 'drop' | undefined
  /** Rows that waited for a token which could not be had: told once of each, however long that takes. */
  readonly toldOfNoToken: Set<number>
}

/** Undefined where no further request of the pass may leave. */
export async function mayPass(
  visit: Visit,
  { rows, step }: Shipment,
): Promise<Extract<Passage, { kind: 'go' | 'no-token' | 'later' }> | undefined> {
  if (visit.stop !== undefined) return undefined
  const wasRefused = rows.some(({ refusedAt }) => refusedAt !== undefined)
  const passage = await passFor(step, visit, wasRefused)
  if (passage.kind === 'go' || passage.kind === 'no-token' || passage.kind === 'later') return passage
  visit.stop = passage.kind
  return undefined
}

/** On the limit of the lane that the step counts against. */
export function passFor(
  step: Step,
  { batch, tools }: Pick<Visit, 'batch' | 'tools'>,
  wasRefused = false,
): Promise<Passage> {
  const { run, lane, settings } = batch.data
  const { pace } = step
  const { outageMs } = settings
  const passing = { run, lane, pace, wasRefused, settings: { rpm: rpmOf(step, settings), outageMs } }
  return pass(passing, pace === undefined ? tools : { ...tools, pacer: tools.pacerOf(pace) })
}

/** Whether a run that was answered has but a few rows left: what is refused of it is refused for what these hold. */
export async function hasFewLeft({ batch, tools }: Visit): Promise<boolean> {
  if (batch.data.settings.answered !== true && !tools.health.hasAnswered()) return false
  const state = await tools.runState(batch.data.run)
  return state === 'few-left' || state === 'last-rows'
}
