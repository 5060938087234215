import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readEnvironment } from '../../src/cli/environment.ts'
import { UsageError } from '../../src/model.ts'

test('a home is a folder, which need not be there yet', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-home-'))
  context.onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'file')
  writeFileSync(file, '')
  expect(readEnvironment({ home: folder }).home).toBe(folder)
  expect(readEnvironment({ home: join(folder, 'new') }).home).toBe(join(folder, 'new'))
  expect(() => readEnvironment({ home: file })).toThrow(UsageError)
  expect(() => readEnvironment({ home: file })).toThrow(`${file} is no folder; --home and ROLLCALL_HOME name`)
})
