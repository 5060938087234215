import type { Broker } from '../broker/broker.ts'
import type { LaneName } from '../model.ts'
import { laneSlots } from './lane-slots.ts'

export interface PaceOptions {
  readonly broker: Broker
  readonly account: string
  readonly run: string
  readonly onError: (error: Error) => void
}

/** The limits that were set for a run while it is under way, kept where slots are taken. */
export interface KeptPace {
  set(lane: LaneName, rpm: number): void
  /** The run is no longer under way: its limits are taken back, and those of other runs stay. */
  release(): void
}

/**
 * Sets the limits again and again: those of a run that died do not hold others for long. A broker that lost them has them
 * back from whoever takes slots.
 */
export function keepPace(
  { broker, account, run, onError }: PaceOptions,
  limits: Partial<Record<LaneName, number>>,
): KeptPace {
  const kept = new Map(Object.entries(limits) as [LaneName, number][])
  const setOne = (lane: LaneName, rpm: number | undefined) => laneSlots(broker, account, lane).setLimit(run, rpm)
  const setAll = () => {
    for (const [lane, rpm] of kept) setOne(lane, rpm).catch(onError)
  }
  setAll()
  const timer = setInterval(setAll, SET_EVERY_MS)
  broker.onConnection((lost) => {
    if (lost === undefined) setAll()
  })
  return {
    set(lane, rpm) {
      kept.set(lane, rpm)
      setOne(lane, rpm).catch(onError)
    },
    release() {
      clearInterval(timer)
      // Nobody waits for it: the broker may be away.
      for (const lane of kept.keys()) setOne(lane, undefined).catch(onError)
      kept.clear()
    },
  }
}

/** Several times in what a limit lasts for. */
const SET_EVERY_MS = 30_000
