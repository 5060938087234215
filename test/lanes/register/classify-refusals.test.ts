import { describe, expect, test } from 'vitest'
import { lookUpCode } from '../../../src/lanes/catalogue.ts'
import { verdictOf, v1, warning } from './register-cases.ts'
import type { Case } from './register-cases.ts'
import { errors, fault, htmlPage, reply } from '../../capillary/replies.ts'

const rejected = { kind: 'final', result: 'rejected', status: 'rejected', requestId: 'r-1' } as const
const gateway = { kind: 'retry', scope: 'transport', ambiguous: true } as const
const busy = { kind: 'retry', scope: 'row', ambiguous: false } as const
const unclear = { kind: 'retry', scope: 'row', ambiguous: true } as const

const refusals: readonly Case[] = [
  [
    'a permanent business error under 500',
    reply(500, errors(8005, 'no valid identifiers')),
    { ...rejected, code: 8005, message: 'no valid identifiers' },
  ],
  ['a permanent business error under 502', reply(502, errors(8005, 'no')), { ...rejected, code: 8005 }],
  ['a permanent business error under 403', reply(403, errors(8005, 'no')), { ...rejected, code: 8005 }],
  [
    'a permanent business error under 403, and a generic one',
    reply(403, { errors: [warning(400, 'who?'), warning(8005, 'no')] }),
    { ...rejected, code: 8005 },
  ],
  ['a permanent business error under 404', reply(404, errors(8015, 'no')), { ...rejected, code: 8015 }],
  [
    'an unknown code is final and raw',
    reply(500, errors(7777, 'what?')),
    { ...rejected, code: 7777, message: 'what?', hint: undefined },
  ],
  ['3217, source invalid', reply(400, errors(3217, 'source')), { ...rejected, code: 3217 }],
  [
    '400 with the input-is-invalid envelope',
    reply(400, errors(400, 'Input is invalid')),
    { ...rejected, code: 400, message: 'Input is invalid' },
  ],
  [
    '500 with all requests failed',
    reply(500, errors(500, 'All requests have failed due to errors')),
    { ...rejected, code: 500 },
  ],
  [
    'the specific error is the chief one',
    reply(500, { errors: [warning(500, 'All'), warning(8014, 'Mobile number validation failed')], warnings: [] }),
    {
      ...rejected,
      code: 8014,
      hint: lookUpCode('register', 'error', 8014, 'mobile')?.remedy,
      warnings: [{ code: 500, message: 'All' }],
    },
  ],
  [
    'a permanent error beside a passing one',
    reply(200, { errors: [warning(521, 'busy'), warning(8017, 'date')] }),
    { ...rejected, code: 8017 },
  ],
  ['errors as one object', reply(200, { errors: { code: 8017, message: 'date' } }), { ...rejected, code: 8017 }],
  ['errors as texts', reply(400, { errors: ['nope'] }), { ...rejected, code: undefined, message: 'nope' }],
  [
    'an error without words gets the catalogue’s',
    reply(400, { errors: [{ code: 8017 }] }),
    { ...rejected, message: lookUpCode('register', 'error', 8017)?.meaning, warnings: [] },
  ],
  [
    'two errors of one code: the second is shown beside the first',
    reply(400, { errors: [warning(8017, 'birth date'), warning(8017, 'tier date'), { code: 8017 }] }),
    { ...rejected, code: 8017, message: 'birth date', warnings: [{ code: 8017, message: 'tier date' }] },
  ],
  [
    'two codes with the same words: both are shown',
    reply(400, { errors: [warning(8017, 'Input is invalid'), warning(400, 'Input is invalid')] }),
    { ...rejected, code: 8017, warnings: [{ code: 400, message: 'Input is invalid' }] },
  ],
  [
    'errors as V1 wraps them',
    reply(400, { errors: { error: [warning(8017, 'date')] } }),
    { ...rejected, code: 8017, message: 'date' },
  ],
  ...['{"code":8017,"error":"Bad Request"}', '{"code":8017,"message":"date","error":"Bad Request"}'].map(
    (error): Case => {
      return [
        `an error that explains itself: ${error}`,
        reply(400, `{"errors":[${error}]}`),
        { ...rejected, code: 8017 },
      ]
    },
  ),
  [
    'a message that explains itself',
    reply(400, { errors: [{ message: 'date', error: 'Bad Request' }] }),
    { ...rejected, code: undefined, message: 'date' },
  ],
  [
    'an error in a link reply',
    reply(400, { linkCustomers: [], errors: [warning(8005, 'no identifiers')] }),
    { ...rejected, code: 8005, message: 'no identifiers' },
  ],
  [
    'a flat code without a message, which is no form of the API',
    reply(400, { code: 8003 }),
    { ...rejected, code: 400, message: 'HTTP 400 with JSON in no form of the API' },
  ],
  [
    'a flat message without a code, which is no form of the API',
    reply(400, { message: 'Forbidden' }),
    { ...rejected, code: 400, message: 'HTTP 400 with JSON in no form of the API: "Forbidden"' },
  ],
  ...[500, 507, 519, 525].map((status): Case => {
    return [`an unknown code under HTTP ${status}`, reply(status, errors(9999, 'eh')), { ...rejected, code: 9999 }]
  }),
  [
    'an empty error is an error',
    reply(400, { errors: [{}] }),
    { ...rejected, message: 'The API gave an error without words' },
  ],
  [
    'a flat code and message',
    reply(400, { status: false, code: 8003, message: 'Invalid source' }),
    { ...rejected, code: 8003, warnings: [], sideEffects: [] },
  ],
  [
    'a bulk item with an id and an error',
    reply(200, {
      response: [{ entityId: 17, errors: [warning(3017, 'label')], warnings: [] }],
      totalCount: 1,
      failureCount: 1,
    }),
    { ...rejected, code: 3017, customerId: '17' },
  ],
  [
    'a V1 item that failed under body code 500',
    reply(500, {
      response: {
        status: { success: 'false', code: 500 },
        customers: { customer: [{ item_status: { success: false, code: '1001', message: 'mobile' } }] },
      },
    }),
    { ...rejected, code: 1001, message: 'mobile' },
    v1,
  ],
  [
    'a V1 reply where everything failed and no item says why',
    reply(500, {
      response: {
        status: { success: 'false', code: 500, message: 'All requests have failed due to errors' },
        customers: { customer: [{}] },
      },
    }),
    { ...rejected, code: 500 },
    v1,
  ],
  [
    'a V1 request that is invalid',
    reply(400, {
      response: { status: { code: 400, message: 'Input is invalid', success: false, warnings: { warning: [] } } },
    }),
    { ...rejected, code: 400 },
    v1,
  ],
  [
    '400 without an envelope',
    reply(400, htmlPage),
    {
      ...rejected,
      code: 400,
      message: 'HTTP 400 with a page instead of JSON: "Bad gateway"',
      warnings: [],
      sideEffects: [],
    },
  ],
  ['413, the row is too large', reply(413, htmlPage), { ...rejected, code: 413 }],
  ['a 4xx that nobody lists', reply(418, ''), { ...rejected, code: 418, message: 'HTTP 418 with an empty body' }],
  [
    'a header that HTTP cannot carry',
    fault('ERR_INVALID_CHAR', false),
    { kind: 'final', result: 'invalid', status: 'invalid' },
  ],
]

const passing: readonly Case[] = [
  ...[500, 502, 503, 504, 507, 520, 521, 522, 523, 524, 408].map((status): Case => {
    return [
      `HTTP ${status} with a page`,
      reply(status, htmlPage),
      { ...gateway, reason: `HTTP ${status} with a page instead of JSON: "Bad gateway"` },
    ]
  }),
  ['503 with Retry-After', reply(503, '', { 'retry-after': '7' }), { ...gateway, afterMs: 7000 }],
  [
    'broken JSON under 200',
    reply(200, '{"createdId": 55'),
    { ...gateway, reason: 'HTTP 200 with broken JSON', requestId: 'r-1' },
  ],
  ['a page under 200', reply(200, htmlPage), gateway],
  ['an empty body under 200', reply(200, ' '), { ...gateway, reason: 'HTTP 200 with an empty body' }],
  [
    'JSON of another kind under 200',
    reply(200, { ok: true }),
    { ...gateway, reason: 'HTTP 200 with JSON in no form of the API' },
  ],
  ['JSON that is no object', reply(200, [1]), gateway],
  [
    'an envelope that neither creates nor refuses',
    reply(200, { createdId: null, warnings: [] }),
    { ...unclear, reason: 'HTTP 200 with no word on what became of the request' },
  ],
  ['an id of zero is none', reply(200, { createdId: 0 }), unclear],
  ['a bulk reply of the wrong size', reply(200, { response: [] }), unclear],
  ['a link reply to a registration', reply(200, { linkCustomers: [] }), unclear],
  ['500 with a framework’s JSON', reply(500, { timestamp: 1, status: 500, error: 'Internal Server Error' }), gateway],
  ['500 with a flat code of its own', reply(500, { code: 500, message: 'oops' }), gateway],
  ['500 with an error that has no code', reply(500, { errors: [{ message: 'NullPointer' }] }), gateway],
  ['500 with an internal error in the envelope', reply(500, errors(500, 'Internal server error')), unclear],
  ...[408, 502, 503, 504, 520, 521, 522, 523, 524].map((status): Case => {
    return [`${status} with an unknown code`, reply(status, errors(9999, 'eh')), { ...gateway, code: 9999 }]
  }),
  [
    'the member’s lock beside what nobody knows, from a gateway',
    reply(503, { errors: [warning(521, 'Multiple actions'), warning(9999, 'eh')] }),
    { ...gateway, code: 521, reason: 'Multiple actions' },
  ],
  ...[401, 403].map((status): Case => {
    return [
      `${status} with 4001, permissions not read`,
      reply(status, errors(4001, 'Authorization status unavailable!')),
      { ...gateway, ambiguous: false, code: 4001 },
    ]
  }),
  ['a bulk reply of two, where one was sent', reply(200, { response: [{ entityId: 1 }, { entityId: 2 }] }), unclear],
  ['a bulk item without an id', reply(200, { response: [{ errors: [], warnings: [] }] }), unclear],
  ['side effects without an id', reply(200, { sideEffects: [] }), unclear],
  ['a status that HTTP does not have', reply(199, { createdId: null }), gateway],
  ['503 with the generic 400', reply(503, errors(400, 'eh')), gateway],
  ['503 with V1’s generic 500', reply(503, errors(500, 'eh')), gateway, v1],
  [
    '503 with 4001',
    reply(503, errors(4001, 'Authorization status unavailable!')),
    { ...gateway, ambiguous: false, code: 4001 },
  ],
  [
    'body code 521 is the member’s lock',
    reply(200, errors(521, 'Multiple actions are running for the same customer')),
    { ...busy, code: 521, reason: 'Multiple actions are running for the same customer' },
  ],
  ['body code 521 under HTTP 500', reply(500, errors('521', 'Multiple actions')), busy],
  ['body code 521 of the gateway', reply(521, errors(521, 'Web server is down')), gateway],
  ['HTTP 461', reply(461, ''), busy],
  ['body code 461', reply(400, errors(461, 'busy')), { ...busy, code: 461 }],
  ['body code 517', reply(400, errors(517, 'Rate limit exceeded for that specific user')), { ...busy, code: 517 }],
  [
    'a passing error tells its Retry-After',
    reply(400, errors(521, 'busy'), { 'retry-after': '3' }),
    { ...busy, afterMs: 3000 },
  ],
  ['8108, settings not read', reply(500, errors(8108, 'config')), { ...busy, code: 8108 }],
  ['a fault after sending', fault('ECONNRESET', true), { ...gateway, reason: 'it broke (ECONNRESET)' }],
  ['a fault before sending', fault('ECONNREFUSED', false), { ...gateway, ambiguous: false }],
  ['our own stop says nothing about the lane', fault('ABORTED', true), unclear],
  ['a certificate code after sending is a fault like others', fault('CERT_HAS_EXPIRED', true), gateway],
]

const throttled: readonly Case[] = [
  [
    '429 bare',
    reply(429, ''),
    { kind: 'throttled', reason: 'HTTP 429 with an empty body', retryAfterMs: undefined, requestId: 'r-1' },
  ],
  ['429 with seconds', reply(429, htmlPage, { 'retry-after': '30' }), { kind: 'throttled', retryAfterMs: 30_000 }],
  [
    '429 with a date',
    reply(429, '', { 'retry-after': 'Wed, 21 Oct 2026 07:28:10 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }),
    { kind: 'throttled', retryAfterMs: 10_000 },
  ],
  ['429 with an error envelope', reply(429, errors(8005, 'x')), { kind: 'throttled', reason: 'HTTP 429: x' }],
  [
    'body code 429',
    reply(200, errors(429, 'slow down'), { 'retry-after': '2' }),
    { kind: 'throttled', retryAfterMs: 2000, requestId: 'r-1' },
  ],
  [
    'body code 429 beside the member’s lock',
    reply(200, { errors: [warning(521, 'busy'), warning(429, 'slow down')] }),
    { kind: 'throttled', requestId: 'r-1' },
  ],
]

const halts: readonly Case[] = [
  ...[401, 402, 403, 404, 405, 406, 415, 501].map((status): Case => {
    return [
      `HTTP ${status}`,
      reply(status, htmlPage),
      {
        kind: 'halt',
        about: 'request',
        byGateway: true,
        code: status,
        reason: `HTTP ${status} with a page instead of JSON: "Bad gateway". ${lookUpCode('request', 'error', status)?.meaning.slice(0, -1)}`,
        remedy: lookUpCode('request', 'error', status)?.remedy,
        requestId: 'r-1',
      },
    ]
  }),
  [
    'HTTP 401 with an unknown code',
    reply(401, errors(9999, 'who?')),
    { kind: 'halt', byGateway: false, code: 401, reason: expect.stringMatching(/^HTTP 401: who\?\. /) },
  ],
  [
    'HTTP 403 with the JSON of a gateway',
    reply(403, { Message: 'Forbidden by rule 7' }),
    { kind: 'halt', byGateway: true, reason: expect.stringContaining('"Forbidden by rule 7"') },
  ],
  ['HTTP 403 with a generic code', reply(403, errors(400, 'who?')), { kind: 'halt', code: 403 }],
  ['HTTP 403 with a code of any request', reply(403, errors(422, 'who?')), { kind: 'halt', code: 403 }],
  ['HTTP 401 with V1’s generic 500', reply(401, errors(500, 'who?')), { kind: 'halt', code: 401 }, v1],
  ['HTTP 401 with V1’s generic 400', reply(401, errors(400, 'who?')), { kind: 'halt', code: 401 }, v1],
  ['403/4000', reply(403, errors(4000, 'Not authorized. Access is denied!')), { kind: 'halt' }],
  [
    '4000 under 200',
    reply(200, errors(4000, 'Not authorized. Access is denied!')),
    { kind: 'halt', code: 4000, reason: 'Not authorized. Access is denied!', requestId: 'r-1' },
  ],
  [
    '4000 beside other errors',
    reply(500, { errors: [warning(8005), warning(4000, 'no')] }),
    { kind: 'halt', code: 4000 },
  ],
  [
    'the least of redirects',
    reply(300, ''),
    { kind: 'halt', about: 'request', reason: 'HTTP 300 with an empty body. The host sends us elsewhere' },
  ],
  [
    'a redirect',
    reply(302, '<h1>Moved\n here</h1>'),
    {
      kind: 'halt',
      code: 302,
      reason: 'HTTP 302 with a page instead of JSON: "Moved here". The host sends us elsewhere',
      requestId: 'r-1',
    },
  ],
  [
    'a certificate that does not fit',
    fault('CERT_HAS_EXPIRED', false),
    { kind: 'halt', reason: 'it broke (CERT_HAS_EXPIRED)' },
  ],
  [
    'no token for these credentials',
    { kind: 'denied', status: 401, code: 310094, message: 'denied', latencyMs: 1 },
    {
      kind: 'halt',
      about: 'account',
      reason: 'denied',
      code: 310094,
      remedy: lookUpCode('request', 'error', 401)?.remedy,
    },
  ],
  [
    'no token endpoint at this address',
    { kind: 'denied', status: 404, message: 'denied', latencyMs: 1 },
    { kind: 'halt', remedy: lookUpCode('request', 'error', 404)?.remedy },
  ],
]

describe('replies that refuse', () => {
  test.each(refusals.map((each) => [each[0], each] as const))('%s', (_title, each) => {
    expect(verdictOf(each)).toMatchObject(each[2])
  })
})

describe('replies that may be better later', () => {
  test.each(passing.map((each) => [each[0], each] as const))('%s', (_title, each) => {
    expect(verdictOf(each)).toMatchObject(each[2])
  })
})

describe('replies about the pace', () => {
  test.each(throttled.map((each) => [each[0], each] as const))('%s', (_title, each) => {
    expect(verdictOf(each)).toMatchObject(each[2])
  })
})

describe('replies that stop the run', () => {
  test.each(halts.map((each) => [each[0], each] as const))('%s', (_title, each) => {
    expect(verdictOf(each)).toMatchObject(each[2])
  })
})
