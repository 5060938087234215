import type { RunStatus } from '../../app/runs/run-status.ts'
import type { Status } from '../../model.ts'
import type { Style } from './span.ts'

/** How rows with a status look. */
export const statusStyles: Readonly<Record<Status, Style>> = {
  ok: 'good',
  warned: 'doubtful',
  rejected: 'bad',
  failed: 'bad',
  invalid: 'bad',
  skipped: 'minor',
}

/** How a run in a state looks. */
export const stateStyles: Readonly<Record<RunStatus['state'], Style>> = {
  running: 'active',
  finished: 'good',
  paused: 'doubtful',
  halted: 'bad',
  crashed: 'bad',
  cancelled: 'minor',
}
