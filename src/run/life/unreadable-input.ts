import type { UsageError } from '../../model.ts'
import { InputChanged } from '../../source/file-stamp.ts'
import type { RunEnd } from '../run-options.ts'

/** How a run ends whose file cannot be read to its end: nothing of what follows is sent. */
export function unreadableInput(error: UsageError): RunEnd {
  return { state: 'halted', reason: error.message, remedy: error instanceof InputChanged ? PUT_BACK : GET_AGAIN }
}

const FIND_OUT = 'members who are there already are found to be.'
const PUT_BACK = `Nothing that was read after that was sent. Put the file back as it was, and resume the run; or cancel the run, and import the file as it is now: ${FIND_OUT}`
const GET_AGAIN = `What could be read before that was sent. Cancel the run, and import a whole file: ${FIND_OUT}`
