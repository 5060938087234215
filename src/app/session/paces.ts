import type { Broker } from '../../broker/broker.ts'
import type { LaneName } from '../../model.ts'
import { laneSlots } from '../../pace/lane-slots.ts'
import type { RunRecord } from '../../run/run-record.ts'

/** The limits that a run goes by, and those among them that were changed while it was under way. */
export interface Paces {
  now(): Pick<RunRecord, 'limits' | 'paced'>
  /** Changes a lane's limit for all processes that send for it. */
  change(lane: LaneName, rpm: number): void
  /** The changes hold for this run: they are taken back. */
  close(): void
}

export function openPaces(broker: Broker, record: RunRecord, onError: (error: Error) => void): Paces {
  let { limits, paced } = record
  const setLimit = (lane: LaneName, rpm: number | undefined) => {
    laneSlots(broker, record.account, lane).setLimit(rpm).catch(onError)
  }
  for (const [lane, rpm] of Object.entries(paced ?? {})) setLimit(lane, rpm)
  return {
    now: () => ({ limits, paced }),
    change(lane, rpm) {
      limits = { ...limits, [lane]: rpm }
      paced = { ...paced, [lane]: rpm }
      setLimit(lane, rpm)
    },
    close() {
      for (const lane of Object.keys(paced ?? {})) setLimit(lane, undefined)
    },
  }
}
