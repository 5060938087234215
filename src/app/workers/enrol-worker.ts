import { hostname } from 'node:os'
import type { Broker } from '../../broker/broker.ts'
import { JOB_FORM } from '../../broker/jobs.ts'
import type { Enrolment } from '../../broker/worker-registry.ts'
import type { LaneName } from '../../model.ts'
import { version } from '../../version.ts'

export interface Work {
  readonly account: string
  readonly baseUrl: string
  readonly lanes: readonly LaneName[]
  /** The run within whose process it is. */
  readonly run?: string
}

/** Has this process stand among those that work, for `rollcall workers` and for who waits for one. */
export function enrolWorker(broker: Broker, { baseUrl, ...work }: Work): Enrolment {
  const api = new URL(baseUrl).host
  return broker.registry.enrol({ ...work, api, host: hostname(), pid: process.pid, version, form: JOB_FORM })
}
