import { UsageError } from '../model.ts'
import { close } from './life/close.ts'
import { drain } from './life/drain.ts'
import { feed } from './life/feed.ts'
import { type OpenRun, openRun } from './life/open-run.ts'
import { settle } from './life/settle.ts'
import { watchRun } from './life/watch-run.ts'
import { unreadableInput } from './life/unreadable-input.ts'
import type { RunEnd, RunOptions } from './run-options.ts'

/**
 * Takes a run from wherever it stands to its end, or to the point where it is paused, halted or cancelled.
 * Throws where the ledger or the broker failed for good; the run can be resumed then as after a crash.
 */
export async function conductRun(options: RunOptions): Promise<RunEnd> {
  const open = await openRun(options)
  const { ending } = open
  ending.signal.addEventListener('abort', options.onEnding, { once: true })
  try {
    await work(open)
  } finally {
    open.dispatcher.close()
    options.onEnding()
    await putDown(open)
  }
  ending.throwFault()
  const { end } = ending
  options.ledger.write({ events: [{ kind: 'ended', at: Date.now(), how: end.state }] })
  return end
}

/** Works on the run until everything is done, or it is to end for another reason. */
async function work(open: OpenRun): Promise<void> {
  const { ending } = open
  using stack = new DisposableStack()
  stack.use(watchRun(open))
  try {
    await drain(open)
    await feed(open)
  } catch (error) {
    // What was told to end is cut short wherever it waits.
    if (ending.signal.aborted) return
    if (error instanceof UsageError) {
      ending.endWith(unreadableInput(error))
      return
    }
    // What is answered all the same is recorded, and waits for a resume.
    ending.endWith({ state: 'paused' })
    throw error
  }
}

/** A broker that stayed away has no part in the end: the ledger has what was answered, and `resume` finds the rest. */
async function putDown(open: OpenRun): Promise<void> {
  try {
    try {
      await settle(open)
    } finally {
      await close(open)
    }
  } catch (error) {
    if (!open.options.isAbandonment(error)) throw error
  }
}
