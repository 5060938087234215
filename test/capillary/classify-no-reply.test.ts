import { expect, test } from 'vitest'
import { requestCodes } from '../../src/capillary/codes/request-codes.ts'
import { findCode } from '../../src/capillary/code-table.ts'
import { classifyNoReply } from '../../src/capillary/classify-status.ts'

const refused = {
  kind: 'unauthorized',
  message: 'HTTP 401: Token is not valid',
  requestId: 'r-1',
  latencyMs: 1,
} as const
const { meaning, remedy } = findCode(requestCodes, 'error', 401) ?? {}

test('a token that has ended costs the row nothing: it goes again at once', () => {
  expect(classifyNoReply({ ...refused, of: 'token' })).toEqual({
    kind: 'retry',
    scope: 'account',
    ambiguous: false,
    afterMs: 0,
    reason: 'HTTP 401: Token is not valid',
    requestId: 'r-1',
  })
})

test('a token that cannot be had costs the row nothing either', () => {
  const noToken = { kind: 'fault', code: 'ECONNRESET', message: 'No token: it broke', latencyMs: 1 } as const
  expect(classifyNoReply({ ...noToken, maybeSent: false, noToken: true })).toEqual({
    kind: 'retry',
    scope: 'account',
    ambiguous: false,
    afterMs: 0,
    reason: 'No token: it broke (ECONNRESET)',
  })
})

test('credentials that nobody is served with are a verdict on the account, in the API’s words', () => {
  expect(classifyNoReply({ ...refused, of: 'account', sole: true })).toEqual({
    kind: 'halt',
    about: 'account',
    sole: true,
    code: 401,
    reason: `HTTP 401: Token is not valid. ${meaning?.slice(0, -1)}`,
    remedy,
    requestId: 'r-1',
  })
})

test('credentials that others are served with are a verdict on the request', () => {
  expect(classifyNoReply({ ...refused, of: 'request' })).toMatchObject({
    kind: 'halt',
    about: 'request',
    code: 401,
    reason: 'HTTP 401: Token is not valid, though others are served with the same credentials',
  })
})
