import type { Broker } from '../../broker/broker.ts'
import type { RunRecord } from '../../run/run-record.ts'
import type { RunInput } from '../resume/open-run-input.ts'
import type { ConnectionWatch } from './watch-connection.ts'

/** What one process needs to work on a run. */
export interface SessionOptions {
  readonly record: RunRecord
  /** Opened before there is a run: without a broker there is none. */
  readonly broker: Broker
  readonly connection: ConnectionWatch
  readonly input: Pick<RunInput, 'plan' | 'compiled' | 'source'>
  /** Whether this process works on the lanes itself. */
  readonly workers: boolean
}
