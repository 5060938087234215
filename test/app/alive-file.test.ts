import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeAliveFile } from '../../src/app/worker/alive-file.ts'
import { UsageError } from '../../src/model.ts'
import { temporaryFolder } from '../support/cli.ts'

test('is written anew, whole', () => {
  const path = join(temporaryFolder(), 'alive')
  writeFileSync(path, 'something longer than a time, of somebody who had the name before')
  writeAliveFile(path)
  expect(readFileSync(path, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
})

test.for([
  ['a symbolic link', symlinkSync, 'a symbolic link'],
  ['another name of a file', linkSync, 'another name'],
] as const)('writes through no %s', ([, link, words]) => {
  const folder = temporaryFolder()
  const target = join(folder, 'target')
  writeFileSync(target, 'precious')
  link(target, join(folder, 'alive'))
  expect(() => writeAliveFile(join(folder, 'alive'))).toThrow(words)
  expect(readFileSync(target, 'utf8')).toBe('precious')
})

test('says what is wrong with a folder, a pipe, and a place where nothing can be written', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'folder'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  for (const name of ['folder', 'pipe', 'nowhere/alive']) {
    expect(() => writeAliveFile(join(folder, name)), name).toThrow(UsageError)
  }
})
