import { expect, test } from 'vitest'
import type { BatchSettings } from '../../src/broker/jobs.ts'
import type { RetryVerdict } from '../../src/capillary/verdict.ts'
import { laneNamed } from '../../src/lanes/lanes.ts'
import type { OpenRow } from '../../workers/open-row.ts'
import { type RetryContext, afterRetryVerdict } from '../../workers/row-progress.ts'

const settings: BatchSettings = { onExists: 'ok', retryAttempts: 3, retryForMs: 60_000, outageMs: 3_600_000 }
const row: OpenRow = { row: 1, request: { body: {} }, sent: 1, attempts: 0 }
const lost: RetryVerdict = { kind: 'retry', reason: 'the reply was lost', scope: 'transport', ambiguous: true }

function after(given: OpenRow, verdict: RetryVerdict, context: Partial<RetryContext> = {}) {
  return afterRetryVerdict(given, verdict, {
    settings,
    now: 1_000,
    costsAttempt: true,
    backoffMs: (n) => n * 100,
    ...context,
  })
}

test('a row that failed is due again after the backoff of its attempt, and has one attempt less', () => {
  expect(after({ ...row, attempts: 1 }, lost)).toMatchObject({ kind: 'again', row: { attempts: 2, dueAt: 1_200 } })
})

test('what the API asks to wait goes before our own backoff', () => {
  expect(after(row, { ...lost, afterMs: 7_000 })).toMatchObject({ row: { dueAt: 8_000 } })
})

test('a lost reply stays in the row’s memory, whatever a later attempt meets', () => {
  expect(after(row, lost)).toMatchObject({ row: { ambiguous: true } })
  expect(after({ ...row, ambiguous: true }, { ...lost, ambiguous: false })).toMatchObject({ row: { ambiguous: true } })
})

test('an outage costs no attempt, and no time of the row', () => {
  const failing = { ...row, attempts: 2, failingSince: 0 }
  const progress = after(failing, lost, { costsAttempt: false, now: 10 * settings.retryForMs })
  expect(progress).toMatchObject({ kind: 'again', row: { attempts: 2, dueAt: 10 * settings.retryForMs + 100 } })
  expect(progress.kind === 'again' && progress.row.failingSince).toBeUndefined()
})

test('a row fails when its attempts are spent', () => {
  expect(after({ ...row, attempts: 2 }, lost)).toMatchObject({ kind: 'final', verdict: { status: 'failed' } })
})

test('a row fails when it has failed for as long as the plan allows', () => {
  const failing = { ...row, attempts: 1, failingSince: 500 }
  expect(after(failing, lost, { now: 500 + settings.retryForMs - 1 }).kind).toBe('again')
  expect(after(failing, lost, { now: 500 + settings.retryForMs }).kind).toBe('final')
})

test('only the programs that are still open are sent again', () => {
  const link = {
    customer: { externalId: 'A' },
    linkToPartnerPrograms: [{ partnerProgramName: 'one' }, { partnerProgramName: 'two' }],
  }
  const progress = after(
    { ...row, request: link },
    { ...lost, programsDone: [{ program: 'one', result: 'linked' }], programsLeft: [{ partnerProgramName: 'two' }] },
    { programs: laneNamed('link').programs },
  )
  expect(progress).toMatchObject({
    row: {
      request: { customer: { externalId: 'A' }, linkToPartnerPrograms: [{ partnerProgramName: 'two' }] },
      programsDone: [{ program: 'one', result: 'linked' }],
    },
  })
})
