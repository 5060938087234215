import { expect, test } from 'vitest'
import { type SendMarks, readMarks } from '../../src/broker/jobs.ts'

test('marks are read as they were written, and what is none as nothing', () => {
  // By `since` alone a member of before is told from one whom a request made whose reply was lost.
  const marks: SendMarks = { pass: 2, rows: [3, 7], since: 1_000 }
  expect(readMarks(JSON.parse(JSON.stringify(marks)))).toEqual(marks)
  expect([undefined, null, 0, 50, {}, { pass: 1 }].map(readMarks)).toEqual(Array.from({ length: 6 }, () => undefined))
})
