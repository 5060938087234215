import { describe, expect, test } from 'vitest'
import type { LinkRequest } from '../../../src/lanes/link/link-request.ts'
import { lookUpCode } from '../../../src/lanes/catalogue.ts'
import { classifyLink } from './classify-link.ts'
import type { LinkContext } from './classify-link.ts'
import type { Exchange } from '../../../src/capillary/exchange.ts'
import { clean, echo, strict, program, row, link, customer, linked, already, verdictOf } from './link-replies.ts'
import { errors, fault, htmlPage, reply } from '../../capillary/replies.ts'

describe('the rows of a reply', () => {
  const rows = [row({ mobile: '5550001' }), row({ email: 'B@example.com' }), row({ externalId: 'X3' })]
  const context: LinkContext = { ambiguous: [false, false, false], onExists: 'ok' }
  const [a, b, c] = [
    { id: 1, mobile: '00915550001' },
    { id: 2, email: 'b@example.COM', mobile: '9' },
    { id: 3, externalId: 'x3' },
  ]
  const ids = (exchange: Exchange, of: readonly LinkRequest[] = rows) => {
    const verdict = classifyLink(exchange, of, context)
    if (verdict.kind !== 'rows') return verdict.kind
    return verdict.verdicts.map((each) => (each.kind === 'final' ? each.customerId : each.kind))
  }

  test.each([
    ['in their order, identifiers normalised', [a, b, c], ['1', '2', '3']],
    ['in another order', [c, a, b], ['1', '2', '3']],
    ['two changed places', [b, a, c], ['1', '2', '3']],
    ['without identifiers, by position', [{ id: 1 }, { id: 2 }, { id: 3 }], ['1', '2', '3']],
    ['one without identifiers, by position', [a, { id: 8 }, c], ['1', '8', '3']],
    ['one fewer, by identifiers', [c, a], ['1', 'retry', '3']],
    ['one more, by identifiers', [b, { id: 9 }, a, c], ['1', '2', '3']],
    ['somebody else in one place', [a, { id: 7, email: 'other@example.com' }, c], ['1', 'retry', '3']],
    ['somebody else, and nothing else known', [{ id: 6, mobile: '44' }, { id: 7 }, { id: 8 }], ['retry', '7', '8']],
    ['another order with a stranger whom nobody names', [{ id: 8 }, a, c], ['1', 'retry', '3']],
    ['one without a customer, by position', [a, undefined, c], ['1', undefined, '3']],
    ['two that name the first row, by position', [a, { ...a, id: 4 }, c], ['1', '4', '3']],
    [
      'empty identifiers, which say nothing',
      [{ id: 1, mobile: '' }, { id: 2, email: null }, { id: 3 }],
      ['1', '2', '3'],
    ],
  ] as const)('%s', (_title, identifiers, expected) => {
    const customers = identifiers.map((each) =>
      each ? customer({ ...each }) : { linkToPartnerPrograms: [link('Gold')] },
    )
    expect(ids(linked(...customers))).toEqual(expected)
  })

  test('one identifier that agrees is enough: the account fills in the others', () => {
    const both = [row({ mobile: '5550001', email: 'new@example.com' })]
    expect(ids(linked(customer({ id: 1, mobile: '915550001', email: 'old@example.com' })), both)).toEqual(['1'])
  })

  test('an identifier that was sent empty is no evidence, though the account fills it in', () => {
    const partly = [row({ mobile: '', externalId: 'X3' })]
    expect(ids(linked(customer({ id: 1, mobile: '915550001', externalId: 'x3' })), partly)).toEqual(['1'])
  })

  test('one element answers one row, though two rows name the same member', () => {
    expect(ids(linked(customer(c)), [row({ externalId: 'X3' }), row({ externalId: 'X3' })])).toEqual(['3', 'retry'])
  })

  test('short numbers must be equal, long ones may lack the country code and the zero', () => {
    expect(ids(linked(customer({ id: 1, mobile: '91234' })), [row({ mobile: '1234' })])).toEqual(['retry'])
    expect(ids(linked(customer({ id: 1, mobile: '1234' })), [row({ mobile: '1234' })])).toEqual(['1'])
    expect(ids(linked(customer({ id: 1, mobile: '2712345' })), [row({ mobile: '+0 12345' })])).toEqual(['1'])
    expect(ids(linked(customer({ id: 1, mobile: '12345' })), [row({ mobile: '2712345' })])).toEqual(['1'])
    expect(ids(linked(customer({ id: 1, mobile: '2712345' })), [row({ mobile: '0012345' })])).toEqual(['1'])
    expect(ids(linked(customer({ id: 1, mobile: '1234' })), [row({ mobile: '91234' })])).toEqual(['retry'])
    expect(ids(linked(customer({ id: 1, mobile: '2712346' })), [row({ mobile: '12345' })])).toEqual(['retry'])
  })

  test('two elements that could both be the row’s are neither', () => {
    expect(
      ids(linked(customer({ id: 9, externalId: 'Z' }), customer(a), customer({ ...a, id: 4 })), [rows[0] ?? row({})]),
    ).toEqual(['retry'])
  })

  test('a row that the reply does not answer is asked again with all its programs', () => {
    const verdict = classifyLink(linked(customer(a)), rows.slice(0, 2), {
      ...context,
      done: [[], [{ program: 'D', result: 'linked' }]],
    })
    expect(verdict).toMatchObject({
      verdicts: [
        { result: 'linked' },
        {
          kind: 'retry',
          scope: 'row',
          ambiguous: true,
          reason: 'The reply has no answer that is surely this row’s',
          programsDone: [{ program: 'D' }],
          programsLeft: [program('Gold')],
          requestId: 'r-1',
        },
      ],
    })
  })

  test('each row has its own evidence of an earlier attempt', () => {
    const both = [row({ id: 1 }), row({ id: 2 })]
    const answer = linked(customer({ id: 1 }, link('Gold', already)), customer({ id: 2 }, link('Gold', already)))
    expect(classifyLink(answer, both, { ambiguous: [false, true], onExists: 'ok' })).toMatchObject({
      verdicts: [{ result: 'exists' }, { result: 'linked', confirmed: true }],
    })
    expect(classifyLink(answer, both, { ambiguous: [], onExists: 'ok' })).toMatchObject({
      verdicts: [{ result: 'exists' }, { result: 'exists' }],
    })
  })
})

describe('a reply about the request as a whole', () => {
  const two = [row({ id: 1 }), row({ id: 2 })]
  const both: LinkContext = { ambiguous: [false, false], onExists: 'ok' }

  test.each([
    [
      '400 with the input-is-invalid envelope',
      reply(400, errors(400, 'Input is invalid')),
      { kind: 'refused', code: 400, reason: 'Input is invalid', requestId: 'r-1' },
    ],
    ['400 with a page', reply(400, htmlPage), { kind: 'refused', code: 400 }],
    ['413', reply(413, ''), { kind: 'refused', code: 413 }],
    [
      '2008, too many programs',
      reply(500, errors(2008, 'limit is more than 50')),
      { kind: 'refused', code: 2008, hint: lookUpCode('link', 'error', 2008)?.remedy },
    ],
    ['an unknown code', reply(200, errors(7777, '?')), { kind: 'refused', code: 7777 }],
    [
      'errors beside an empty list',
      reply(400, { linkCustomers: [], errors: [{ code: 2002, message: 'name' }] }),
      { kind: 'refused', code: 2002 },
    ],
    [
      '2005 already linked, and nobody says who',
      reply(500, errors(2005, 'already linked')),
      { kind: 'refused', code: 2005 },
    ],
    [
      'a V1 envelope',
      reply(400, { response: { status: { success: false, code: 400, message: 'bad' } } }),
      { kind: 'refused', code: 400, reason: 'bad' },
    ],
    [
      'a V1 envelope whose item says why',
      reply(200, {
        response: {
          status: { success: false, code: 500, message: 'All requests have failed' },
          customers: { customer: [{ item_status: { success: false, code: 2006, message: 'bad' } }] },
        },
      }),
      { kind: 'refused', code: 2006, reason: 'bad' },
    ],
    ['400 of the API under 403', reply(403, errors(400, 'who?')), { kind: 'halt', code: 403 }],
    [
      'a 400 that speaks of the member, under 403',
      reply(403, errors(400, 'Cannot find customer')),
      { kind: 'refused', code: 400, reason: 'Cannot find customer' },
    ],
    ['a 400 of a gateway', reply(502, errors(400, 'eh')), { kind: 'retry', scope: 'transport', ambiguous: true }],
    [
      'a 400 that speaks of the member, under 502',
      reply(502, errors(400, 'Cannot find customer')),
      { kind: 'refused', code: 400 },
    ],
    [
      'a bulk envelope',
      reply(200, { response: [{ errors: [{ code: 2006, message: 'bad' }] }] }),
      { kind: 'refused', code: 2006 },
    ],
    ['a header that HTTP cannot carry', fault('ERR_INVALID_CHAR', false), { kind: 'refused', code: undefined }],
    ['502 with a page', reply(502, htmlPage), { kind: 'retry', scope: 'transport', ambiguous: true }],
    ['broken JSON', reply(200, '{"linkCustomers":[{'), { kind: 'retry', scope: 'transport', ambiguous: true }],
    [
      'an empty list',
      reply(200, { linkCustomers: [], warnings: [] }),
      { kind: 'retry', scope: 'row', ambiguous: true },
    ],
    ['a list that is none', reply(200, { linkCustomers: {} }), { kind: 'retry', scope: 'transport', ambiguous: true }],
    [
      'body code 521',
      reply(200, errors(521, 'Multiple actions')),
      { kind: 'retry', scope: 'row', ambiguous: false, code: 521 },
    ],
    [
      'a registration’s 8006 says nothing of links',
      reply(500, errors(8006, 'exists')),
      { kind: 'refused', code: 8006, hint: expect.stringContaining('whether the member is linked') },
    ],
    ['a refused connection', fault('ECONNREFUSED', false), { kind: 'retry', scope: 'transport', ambiguous: false }],
    ['429', reply(429, '', { 'retry-after': '1' }), { kind: 'throttled', retryAfterMs: 1000 }],
    ['403', reply(403, htmlPage), { kind: 'halt' }],
    ['404 with a page', reply(404, htmlPage), { kind: 'halt' }],
  ] as const)('%s', (_title, exchange, expected) => {
    expect(classifyLink(exchange, two, both)).toMatchObject(expected)
  })

  test('rejects the row that stands alone, all its programs with it', () => {
    const verdict = verdictOf(reply(400, errors(400, 'Input is invalid')), row({ id: 1 }, 'A', 'B'))
    expect(verdict).toEqual({
      kind: 'final',
      result: 'rejected',
      status: 'rejected',
      code: 400,
      message: 'Input is invalid',
      requestId: 'r-1',
      hint: lookUpCode('link', 'error', 400, 'Input is invalid')?.remedy,
      warnings: [],
      sideEffects: [],
      programs: ['A', 'B'].map((name) => ({
        program: name,
        result: 'rejected',
        code: 400,
        message: 'Input is invalid',
      })),
    })
  })

  test('a row alone keeps what was linked before', () => {
    const done = [[{ program: 'D', result: 'linked' }]] as const
    const verdict = verdictOf(reply(400, errors(400, 'no')), row({ id: 1 }, 'A'), { ...clean, done })
    expect(verdict).toMatchObject({
      result: 'partial',
      status: 'rejected',
      programs: [{ program: 'D' }, { program: 'A', result: 'rejected' }],
    })
    const rejectedBefore = [[{ program: 'D', result: 'rejected' }]] as const
    expect(
      verdictOf(reply(400, errors(400, 'no')), row({ id: 1 }, 'A'), { ...clean, done: rejectedBefore }),
    ).toMatchObject({ result: 'rejected' })
  })

  test('a row alone whose header HTTP cannot carry is invalid', () => {
    expect(verdictOf(fault('ERR_INVALID_CHAR', false))).toMatchObject({
      result: 'invalid',
      status: 'invalid',
      message: 'it broke (ERR_INVALID_CHAR)',
    })
  })

  test('"already linked" for the request is the row’s own where it asked for one program', () => {
    const answer = reply(500, errors(2005, 'already linked'))
    expect(verdictOf(answer)).toMatchObject({ result: 'exists', code: 2005, requestId: 'r-1' })
    expect(verdictOf(answer, undefined, { ambiguous: [], onExists: 'ok' })).toMatchObject({ result: 'exists' })
    expect(verdictOf(answer, undefined, echo)).toMatchObject({ result: 'linked', confirmed: true })
    expect(verdictOf(answer, undefined, strict)).toMatchObject({ result: 'rejected' })
    expect(verdictOf(answer, row({ id: 1 }, 'A', 'B'))).toMatchObject({ result: 'rejected', code: 2005 })
  })
})
