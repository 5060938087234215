import { commandOf } from '../../typed-commands.ts'
import type { GuardViolation } from '../../sync/guards.ts'
import { archivedPath, putAside } from '../../sync/inbox.ts'
import type { Execution } from '../../sync/executions.ts'
import type { ExecutionContext, ExecutionResult } from './execution-context.ts'
import { recordTrouble } from './record-trouble.ts'

/** Does not import a file. It stays where it is, but for one that nobody can read: that goes to `failed/`. */
export function holdBack(
  begun: Omit<Execution, 'id'>,
  violations: readonly GuardViolation[],
  context: ExecutionContext,
): ExecutionResult {
  const [{ guard } = { guard: 'unreadable' }] = violations
  const execution = { ...begun, outcome: 'guard', reason: violations.map(({ reason }) => reason).join(' ') }
  if (guard === 'unreadable' && begun.file !== undefined) {
    const stamp = stampOf(begun.startedAt)
    const archived = archivedPath(context.inbox, 'failed', stamp, begun.file)
    // Notification first: a file that did not get there is found again by the next call.
    const noted = recordTrouble(
      { ...execution, archived },
      { kind: 'guard', guard },
      `The file is in ${archived}.`,
      context,
    )
    putAside(context.inbox, begun.file, context.sync.ready, stamp)
    return noted
  }
  // What was read half may be whole the next time: it is looked at anew then.
  const known = guard === 'unsteady' ? { ...execution, sha256: undefined } : execution
  const next = guard === 'unsteady' ? 'It is looked at again the next time.' : forcing(context.sync.file)
  return recordTrouble(known, { kind: 'guard', guard }, next, context)
}

function forcing(sync: string): string {
  const command = commandOf('sync', 'run', sync, '--force')
  return `If the file is right all the same: \`${command}\`. Otherwise take it out of the inbox.`
}

export function vanished(name: string): GuardViolation {
  return { guard: 'unsteady', reason: `${name} was taken away or overwritten while it was being taken up.` }
}

/** `20261124-023000`, as runs' ids begin. */
export function stampOf(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
}
