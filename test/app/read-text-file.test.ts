import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readTextFile } from '../../src/app/input/read-text-file.ts'

test('a plan or a query is read without the mark that editors put in front, which no database takes', (context) => {
  const home = mkdtempSync(join(tmpdir(), 'text-file-'))
  context.onTestFinished(() => rmSync(home, { recursive: true }))
  const path = join(home, 'members.sql')
  writeFileSync(path, '\uFEFFselect 1 -- \uFEFF\n')
  expect(readTextFile(path, 'The query')).toBe('select 1 -- \uFEFF\n')
  writeFileSync(path, Buffer.from('\uFEFFselect 1\n', 'utf16le'))
  expect(() => readTextFile(path, 'The query')).toThrow('is not UTF-8 (see line 1). Save it as UTF-8')
})
