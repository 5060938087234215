import { expect, test } from 'vitest'
import { ownWarnings } from '../../src/run/own-warnings.ts'

const doubtful = (lane: string, message: string) => ({ lane, message, kind: message })
const row = { kind: 'requests', key: 'M-1', members: [] } as const
const leftOut = { message: 'The e-mail is left out.', lossy: true, ours: true }
const doubt = (message: string) => ({ message, lossy: false, ours: true, doubt: true })

test('what a row goes without is said once, on the first lane that it is sent to', () => {
  const own = { ...row, leftOut: [{ message: leftOut.message, kind: leftOut.message }] }
  expect(ownWarnings({ ...own, requests: { register: {}, link: {} } })).toEqual({ register: [leftOut] })
  expect(ownWarnings({ ...own, requests: { link: {} } })).toEqual({ link: [leftOut] })
  expect(ownWarnings({ ...own, requests: {} })).toEqual({})
})

test('a doubtful value is said on the first lane that sends it, and nowhere where none does', () => {
  const doubts = [doubtful('register', 'born'), doubtful('link', 'born'), doubtful('link', 'until')]
  expect(ownWarnings({ ...row, doubts, requests: { register: {}, link: {} } })).toEqual({
    register: [doubt('born')],
    link: [doubt('until')],
  })
  expect(ownWarnings({ ...row, doubts, requests: { link: {} } })).toEqual({ link: [doubt('born'), doubt('until')] })
  expect(ownWarnings({ ...row, doubts, requests: { tier: {} } })).toEqual({})
})
