import type { Broker } from '../../broker/broker.ts'
import type { LaneName } from '../../model.ts'
import { keepPace } from '../../pace/keep-pace.ts'
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
  const kept = keepPace({ broker, account: record.account, run: record.run, onError }, paced ?? {})
  return {
    now: () => ({ limits, paced }),
    change(lane, rpm) {
      limits = { ...limits, [lane]: rpm }
      paced = { ...paced, [lane]: rpm }
      kept.set(lane, rpm)
    },
    close: () => kept.release(),
  }
}
