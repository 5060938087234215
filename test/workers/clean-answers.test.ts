import { expect, test } from 'vitest'
import type { JobRow } from '../../src/broker/jobs.ts'
import type { Answer, FinalVerdict } from '../../src/capillary/verdict.ts'
import { laneNamed } from '../../src/lanes/lanes.ts'
import { keepSecrets } from '../../src/outside/secrets.ts'
import { withCleanAnswers } from '../../workers/clean-answers.ts'

const SECRET = 'canary-of-the-account'
const SAID = `Asha said ${SECRET}`
const rows: readonly JobRow[] = [{ row: 1, request: { body: { name: 'Asha' } }, sent: 1, attempts: 1 }]
const final: FinalVerdict = {
  kind: 'final',
  result: 'rejected',
  status: 'rejected',
  message: SAID,
  requestId: SAID,
  warnings: [{ message: SAID, lossy: false }],
  programs: [{ program: 'Gold', result: 'rejected', message: SAID }],
  sideEffects: [
    { kind: 'coupon', code: SAID, description: SAID },
    { kind: 'points', awarded: 5 },
    { kind: 'unknown', type: SAID, raw: { [SAID]: [SAID, 1, null] } },
  ],
}
const retry = { kind: 'retry', reason: SAID, requestId: SECRET, ambiguous: true } as const

/** What a lane is said to have read, as the worker gets to see it. */
function cleaned(answer: Answer): string {
  const lane = withCleanAnswers({ ...laneNamed('register'), read: () => answer }, keepSecrets([SECRET]).conceal)
  const exchange = { kind: 'fault', code: 'X', message: '', maybeSent: false, latencyMs: 1 } as const
  const settings = { onExists: 'ok', retryAttempts: 1, retryForMs: 1, outageMs: 1 } as const
  return JSON.stringify(lane.read(exchange, rows, settings))
}

test.each<[string, Answer, 'kept' | 'cut']>([
  ['a final verdict on a row', { kind: 'rows', verdicts: [final] }, 'kept'],
  [
    'a row that is tried again',
    { kind: 'rows', verdicts: [{ ...retry, scope: 'row', programsDone: final.programs }] },
    'kept',
  ],
  ['a request that is tried again', { ...retry, scope: 'row' }, 'kept'],
  ['a host that does not answer', { ...retry, scope: 'transport' }, 'cut'],
  ['a request that is split', { kind: 'refused', reason: SAID, requestId: SAID }, 'kept'],
  ['a halt', { kind: 'halt', about: 'request', reason: SAID, remedy: '' }, 'cut'],
])('%s tells no secret, and of its member only what stays with the row', (_what, answer, member) => {
  const text = cleaned(answer)
  expect(text).not.toContain(SECRET)
  expect(text).toContain('***')
  expect(text.includes('Asha')).toBe(member === 'kept')
})

test('what is left to be sent stays as it is', () => {
  const programsLeft = [{ partnerProgramName: SECRET }]
  expect(cleaned({ ...retry, reason: '', requestId: '', scope: 'row', programsLeft })).toContain(SECRET)
})
