import { describe, expect, test } from 'vitest'
import type { Json } from '../../../src/model.ts'
import { lookUpCode } from '../../../src/lanes/catalogue.ts'
import {
  clean,
  echo,
  strict,
  program,
  row,
  status,
  fine,
  found,
  link,
  bare,
  customer,
  linked,
  one,
  already,
  verdictOf,
} from './link-replies.ts'
import { reply } from '../../capillary/replies.ts'
import { sampleReplies } from '../../capillary/samples.ts'

const warned = (code: number) => {
  return reply(200, { linkCustomers: [customer({ id: 5 })], warnings: [{ code, message: 'w' }] })
}

describe('one row', () => {
  test('is linked where the boolean says so', () => {
    expect(verdictOf(one())).toEqual({
      kind: 'final',
      result: 'linked',
      status: 'ok',
      customerId: '5',
      requestId: 'r-1',
      programs: [{ program: 'Gold', result: 'linked' }],
      warnings: [],
      sideEffects: [],
    })
  })

  test('of the page’s sample: one program is linked, one failed though its message says Success', () => {
    const verdict = verdictOf(reply(200, sampleReplies.link), row({ mobile: '6215000000' }, '1stProgram', '2ndProgram'))
    const message = 'The API says that the link failed (status false), although it adds "Success", code 200'
    expect(verdict).toMatchObject({
      kind: 'final',
      result: 'partial',
      status: 'rejected',
      customerId: '382741349',
      code: 200,
      message,
      hint: lookUpCode('link', 'error', 200)?.remedy,
      programs: [
        { program: '1stProgram', result: 'linked' },
        { program: '2ndProgram', result: 'rejected', code: 200, message },
      ],
    })
  })

  test('takes "true" and "false" for booleans, and codes in strings', () => {
    expect(verdictOf(one(link('Gold', status('true', '200', 'x'))))).toMatchObject({ result: 'linked' })
    expect(verdictOf(one(link('Gold', status('FALSE', '2006', 'x'))))).toMatchObject({
      result: 'rejected',
      code: 2006,
      message: 'x',
    })
  })

  test('is judged by the boolean even where code and message are those of a failure', () => {
    expect(verdictOf(one(link('Gold', status(true, 2006, 'not found'))))).toMatchObject({
      result: 'linked',
      status: 'ok',
    })
  })

  test.each([
    [status(false, 2001, 'partner program event failed'), 'partner program event failed'],
    [
      status(false, 400, 'partner tier expiry date should be future date or today date'),
      'partner tier expiry date should be future date or today date',
    ],
    [status(false, 400, 'Invalid Request: ERR_PE_INVALID_DATA'), 'Invalid Request: ERR_PE_INVALID_DATA'],
    [status(false, 400, 'ERR_PARTNER_MEMBERSHIP_START_DATE'), 'ERR_PARTNER_MEMBERSHIP_START_DATE'],
    [status(false, 2005, 'Enroll the customer in the Loyalty Program'), 'Enroll the customer in the Loyalty Program'],
    [status(false, 31337, 'something new'), 'something new'],
  ])('is rejected for %o', (failure, message) => {
    const verdict = verdictOf(one(link('Gold', failure)))
    const hint = lookUpCode('link', 'error', failure.code as number, message)?.remedy
    expect(verdict).toMatchObject({
      kind: 'final',
      result: 'rejected',
      status: 'rejected',
      code: failure.code,
      message,
      hint,
    })
  })

  test('is rejected in our words where the API gives none', () => {
    expect(verdictOf(one(link('Gold', { status: false, code: 2007 })))).toMatchObject({
      message: lookUpCode('link', 'error', 2007)?.meaning,
    })
    expect(verdictOf(one(link('Gold', { status: false, code: 31337 })))).toMatchObject({
      message: 'The link was refused without a reason',
    })
    expect(verdictOf(one(link('Gold', { status: false })))).toMatchObject({
      result: 'rejected',
      message: lookUpCode('link', 'error', 400)?.meaning,
    })
    expect(verdictOf(one(link('Gold', { status: false, code: 1000 })))).toMatchObject({
      message: expect.stringMatching(/link failed.* adds code 1000$/),
    })
    expect(verdictOf(one(link('Gold', { status: false, message: 'success' })))).toMatchObject({
      message: expect.stringMatching(/link failed.* adds "success"$/),
    })
    expect(verdictOf(one(link('Gold', status(false, 200, 'Done'))))).toMatchObject({
      message: expect.stringMatching(/link failed.* adds "Done", code 200$/),
    })
  })

  test('is rejected in the API’s words where these do not sound like success', () => {
    expect(verdictOf(one(link('Gold', status(false, 2001, 'Unsuccessful'))))).toMatchObject({ message: 'Unsuccessful' })
  })

  test('shows the remedy of the program that failed, also where the API gives neither code nor words', () => {
    const answer = one(link('Gold'), link('Blue', { status: false }))
    expect(verdictOf(answer, row({ mobile: '5550001' }, 'Gold', 'Blue'))).toMatchObject({
      result: 'partial',
      code: undefined,
      hint: lookUpCode('link', 'error', 400)?.remedy,
    })
  })

  test('already linked: exists on a clean attempt, linked and confirmed on an echo, rejected where the plan says so', () => {
    const outcome = { program: 'Gold', result: 'linked', already: true, code: 2005, message: already.message }
    const answer = one(link('Gold', already))
    expect(verdictOf(answer)).toMatchObject({
      result: 'exists',
      status: 'ok',
      code: 2005,
      message: already.message,
      programs: [outcome],
    })
    expect(verdictOf(answer)).toHaveProperty('hint', lookUpCode('link', 'error', 2005, 'already')?.remedy)
    expect(verdictOf(answer)).not.toHaveProperty('confirmed')
    const confirmed = verdictOf(answer, undefined, echo)
    expect(confirmed).toMatchObject({ result: 'linked', status: 'ok', confirmed: true, programs: [outcome] })
    expect(confirmed).toHaveProperty('message', `Confirmed after a lost reply: ${already.message} (2005)`)
    expect(confirmed).not.toHaveProperty('code')
    expect(verdictOf(answer, undefined, strict)).toMatchObject({ result: 'rejected', status: 'rejected', code: 2005 })
    expect(verdictOf(answer, undefined, { ambiguous: [true], onExists: 'reject' })).toMatchObject({ result: 'linked' })
  })

  test('is linked where one program was there already and another is new', () => {
    const verdict = verdictOf(one(link('Gold', already), link('Blue')), row({ mobile: '5550001' }, 'Gold', 'Blue'))
    expect(verdict).toMatchObject({
      result: 'linked',
      status: 'ok',
      programs: [{ already: true }, { program: 'Blue' }],
    })
    expect(verdict).not.toHaveProperty('code')
  })

  test('whose customer is not found is rejected with the customer’s reason, with or without a program status', () => {
    const message = 'Cannot find customer for provided mobile/external-id/e-mail/id'
    const absent = { status: status(false, 400, message) }
    for (const programs of [[bare('Gold')], [], [link('Gold', status(false, 2001, 'failed'))]]) {
      const verdict = verdictOf(linked({ customer: absent, linkToPartnerPrograms: programs }))
      expect(verdict).toMatchObject({
        kind: 'final',
        result: 'rejected',
        code: 400,
        message,
        hint: lookUpCode('link', 'error', 400, message)?.remedy,
      })
    }
  })

  test('without a status for its program, and a customer who was found, is asked again', () => {
    for (const programs of [[bare('Gold')], [], [link('Gold', { code: 200 })], [link('Other')]]) {
      expect(verdictOf(linked({ customer: { id: 5, status: found }, linkToPartnerPrograms: programs }))).toMatchObject({
        kind: 'retry',
        scope: 'row',
        ambiguous: true,
        reason: 'The reply does not say whether the member is linked to Gold',
        programsDone: [],
        programsLeft: [program('Gold')],
        requestId: 'r-1',
      })
    }
  })

  test.each([
    [521, 'Multiple actions are running for the same customer', false],
    [2010, 'events queued', true],
    [461, 'busy', false],
  ])('is asked again after %i', (code, message, ambiguous) => {
    expect(verdictOf(one(link('Gold', status(false, code, message))))).toMatchObject({
      kind: 'retry',
      scope: 'row',
      ambiguous,
      code,
      reason: message,
    })
  })

  test('a customer’s passing trouble leaves all programs', () => {
    const busy = linked({ customer: { status: status(false, 521, 'Multiple actions') }, linkToPartnerPrograms: [] })
    expect(verdictOf(busy, row({ id: 5 }, 'A', 'B'))).toMatchObject({
      kind: 'retry',
      programsLeft: [program('A'), program('B')],
      ambiguous: false,
    })
  })

  test('sends again only the programs that failed for a passing reason, and keeps the others', () => {
    const asked = row({ mobile: '5550001' }, 'A', 'B', 'C')
    const first = verdictOf(
      one(link('A'), link('B', status(false, 2010, 'queued')), link('C', status(false, 2006, 'no such'))),
      asked,
    )
    const done = [
      { program: 'A', result: 'linked' },
      { program: 'C', result: 'rejected', code: 2006, message: 'no such' },
    ] as const
    expect(first).toMatchObject({
      kind: 'retry',
      programsDone: done,
      programsLeft: [program('B')],
      code: 2010,
      ambiguous: true,
    })
    const second = verdictOf(one(link('B')), row({ mobile: '5550001' }, 'B'), { ...clean, done: [done] })
    expect(second).toMatchObject({
      kind: 'final',
      result: 'partial',
      status: 'rejected',
      code: 2006,
      message: 'no such',
      programs: [...done, { program: 'B', result: 'linked' }],
    })
    expect(second).toHaveProperty('hint', lookUpCode('link', 'error', 2006)?.remedy)
    const allFine = verdictOf(one(link('B')), row({ mobile: '5550001' }, 'B'), { ...clean, done: [[done[0]]] })
    expect(allFine).toMatchObject({ result: 'linked', programs: [{ program: 'A' }, { program: 'B' }] })
  })

  test('may have been carried out in part, where any of its programs may', () => {
    const answer = one(link('A', status(false, 521, 'busy')), link('B', status(false, 2010, 'queued')))
    expect(verdictOf(answer, row({ mobile: '5550001' }, 'A', 'B'))).toMatchObject({
      kind: 'retry',
      code: 521,
      ambiguous: true,
    })
  })

  test('without a status of the customer is judged by its programs', () => {
    const answer = linked({ customer: { id: 5 }, linkToPartnerPrograms: [link('Gold', already)] })
    expect(verdictOf(answer)).toMatchObject({ result: 'exists', code: 2005 })
  })

  test('programs are found by name where the reply has another order', () => {
    const verdict = verdictOf(one(link('b '), link('A', status(false, 2006, 'no'))), row({ id: 5 }, 'A', 'B'))
    expect(verdict).toMatchObject({
      programs: [
        { program: 'A', result: 'rejected' },
        { program: 'B', result: 'linked' },
      ],
    })
  })

  test('programs of the same name are answered by their positions', () => {
    const verdict = verdictOf(one(link('A'), link('A', status(false, 2006, 'no'))), row({ id: 5 }, 'A', 'A'))
    expect(verdict).toMatchObject({ programs: [{ result: 'linked' }, { result: 'rejected' }] })
    const noted = status(false, 2006, 'no')
    expect(
      verdictOf(one({ partnerLinkStatus: fine }, link('A', noted)), row({ id: 5 }, 'A', 'A')),
      'the first without its name',
    ).toMatchObject({ programs: [{ result: 'linked' }, { result: 'rejected' }] })
    expect(verdictOf(one(link('A'), link('A', fine)), row({ id: 5 }, 'A')), 'one more than asked for').toMatchObject({
      result: 'linked',
    })
    expect(
      verdictOf(one(link('A'), link('A', noted)), row({ id: 5 }, 'A')),
      'one more, that contradicts it',
    ).toMatchObject({
      kind: 'retry',
      ambiguous: true,
    })
  })

  test('one status answers one program, though two of that name were asked for', () => {
    const verdict = verdictOf(one(link('B'), link('B'), link('A')), row({ id: 5 }, 'A', 'A'))
    expect(verdict).toMatchObject({ kind: 'retry', programsDone: [{ program: 'A' }], programsLeft: [program('A')] })
  })

  test('a program found by its name keeps that status, whatever stands in its place', () => {
    const verdict = verdictOf(one({ partnerLinkStatus: already }, link('A')), row({ id: 5 }, 'A', 'B'))
    expect(verdict).toMatchObject({
      kind: 'retry',
      programsDone: [{ program: 'A', result: 'linked' }],
      programsLeft: [program('B')],
    })
    expect(verdict).not.toHaveProperty('programsDone.0.already')
  })

  test('a status without a name counts for its position where the lengths agree', () => {
    const nameless: Json = { partnerLinkStatus: fine }
    expect(verdictOf(one(nameless))).toMatchObject({ result: 'linked' })
    expect(verdictOf(one(nameless, nameless))).toMatchObject({ kind: 'retry' })
    expect(verdictOf(one(nameless, nameless), { customer: { id: 5 }, linkToPartnerPrograms: [{}] })).toMatchObject({
      kind: 'retry',
    })
    expect(verdictOf(one(link('Gold')), { customer: { id: 5 }, linkToPartnerPrograms: [{}] })).toMatchObject({
      programs: [{ program: 'program 1', result: 'linked' }],
    })
  })

  test('a warning of the request is shown, and a lossy one counts', () => {
    expect(verdictOf(warned(1302), row({ id: 5 }))).toMatchObject({
      status: 'ok',
      warnings: [{ code: 1302, lossy: false }],
    })
    expect(verdictOf(warned(400), row({ id: 5 }))).toMatchObject({
      status: 'warned',
      warnings: [{ code: 400, lossy: true }],
    })
  })

  test('the body counts before the HTTP status', () => {
    const body = { linkCustomers: [customer({ id: 5 })] }
    for (const code of [400, 500, 502]) expect(verdictOf(reply(code, body))).toMatchObject({ result: 'linked' })
  })
})
