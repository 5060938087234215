import { describe, expect, test } from 'vitest'
import { giveUp } from '../../src/capillary/give-up.ts'
import type { RetryVerdict } from '../../src/capillary/verdict.ts'
import { program } from '../lanes/link/link-replies.ts'

describe('a row that used up its attempts', () => {
  const retry: RetryVerdict = {
    kind: 'retry',
    reason: 'busy',
    code: 521,
    scope: 'row',
    ambiguous: false,
    requestId: 'r-9',
  }

  test('has failed, with the last reason', () => {
    const verdict = giveUp(retry)
    expect(verdict).toMatchObject({
      kind: 'final',
      result: 'failed',
      status: 'failed',
      code: 521,
      message: 'No final answer: busy',
      requestId: 'r-9',
      warnings: [],
      sideEffects: [],
    })
    expect(verdict.hint).toContain('rerun')
    expect(verdict).not.toHaveProperty('programs')
  })

  test('is partial where some of its programs are linked', () => {
    const programsLeft = [program('B'), {}]
    const linkedBefore = giveUp({ ...retry, programsDone: [{ program: 'A', result: 'linked' }], programsLeft })
    expect(linkedBefore).toMatchObject({
      result: 'partial',
      status: 'failed',
      programs: [
        { program: 'A', result: 'linked' },
        { program: 'B', result: 'failed', code: 521, message: 'busy' },
        { program: 'program 2', result: 'failed' },
      ],
    })
    const none = giveUp({ ...retry, programsDone: [{ program: 'A', result: 'rejected' }], programsLeft })
    expect(none).toMatchObject({ result: 'failed', status: 'failed' })
    const first = giveUp({ ...retry, programsLeft: [program('B')] })
    expect(first.programs).toEqual([{ program: 'B', result: 'failed', code: 521, message: 'busy' }])
  })
})
