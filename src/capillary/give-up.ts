import type { ProgramOutcome } from '../model.ts'
import { findCode } from './code-table.ts'
import { requestCodes } from './codes/request-codes.ts'
import { fieldOf, textOf } from './coerce.ts'
import type { FinalVerdict, RetryVerdict } from './verdict.ts'

/** What becomes of a row that used up its attempts: `failed`, or `partial` where some of its programs are done. */
export function giveUp(verdict: RetryVerdict): FinalVerdict {
  const { code, reason, requestId, programsDone = [], programsLeft } = verdict
  const left = programsLeft?.map((program, at): ProgramOutcome => {
    const name = textOf(fieldOf(program, 'partnerProgramName')) ?? `program ${at + 1}`
    return { program: name, result: 'failed', code, message: reason }
  })
  const isPartial = programsDone.some(({ result }) => result !== 'rejected' && result !== 'failed')
  return {
    kind: 'final',
    result: isPartial ? 'partial' : 'failed',
    status: 'failed',
    code,
    message: `No final answer: ${reason}`,
    hint: findCode(requestCodes, 'error', 503)?.remedy,
    ...(left && { programs: [...programsDone, ...left] }),
    warnings: [],
    sideEffects: [],
    requestId,
  }
}
