import { expect, test } from 'vitest'
import { isComplete, kindOf, versionOf } from '../../src/remote/sftp-attributes.ts'

test.for([
  [{ mode: 0o100_644 }, undefined, '-'],
  [{ mode: 0o040_755 }, undefined, 'd'],
  [{ mode: 0o120_777 }, '-rw-r--r-- 1 a a 5 Jan 1 x', 'l'],
  [{ mode: 0o010_644 }, undefined, '?'],
  [{}, 'drwxr-xr-x 2 a a 4096 Jan 1 folder', 'd'],
  [{}, '-rw-r--r--    1 0 0 12 Jan 1 members.csv', '-'],
  // Permissions without a type say nothing of the kind.
  [{ mode: 0o644 }, undefined, undefined],
  [{}, 'members.csv', undefined],
  [{}, '', undefined],
] as const)('what %o with the line %s is', ([attributes, line, kind]) => {
  expect(kindOf(attributes, line)).toBe(kind)
})

test('what a server leaves out is not made up', () => {
  expect(isComplete({ mode: 0o100_644, size: 1, mtime: 1 })).toBe(true)
  expect(isComplete({ mode: 0o100_644, size: 1 })).toBe(false)
  expect(isComplete({ size: 1, mtime: 1 })).toBe(false)
  expect([versionOf({ size: 0, mtime: 7 }), versionOf({ size: 5 }), versionOf({})]).toEqual(['0-7', '5-', undefined])
})
