import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasSmallLog, placeDatabase } from '../../src/broker/database-files.ts'
import { temporaryFolder } from '../support/cli.ts'

test('a database is put where none is, whatever was left by one that was cut off', async () => {
  const folder = join(temporaryFolder(), 'postgres')
  mkdirSync(`${folder}.new`)
  writeFileSync(join(`${folder}.new`, 'half'), '')
  await placeDatabase(folder)
  expect(readFileSync(join(folder, 'PG_VERSION'), 'utf8')).toMatch(/^\d+\n$/u)
  expect([`${folder}.new`, join(folder, 'half')].filter((path) => existsSync(path))).toEqual([])
})

test('a database that is there is left as it is', async () => {
  const folder = join(temporaryFolder(), 'postgres')
  mkdirSync(folder)
  await placeDatabase(folder)
  expect(existsSync(join(folder, 'PG_VERSION'))).toBe(false)
})

test('whether a database keeps its log in small segments is seen by them, and not where there is none', async () => {
  const folder = temporaryFolder()
  expect(await hasSmallLog(join(folder, 'nowhere'))).toBe(false)
  mkdirSync(join(folder, 'pg_wal'))
  expect(await hasSmallLog(folder)).toBe(false)
  const segment = join(folder, 'pg_wal', '0'.repeat(24))
  writeFileSync(segment, Buffer.alloc(1024 ** 2))
  expect(await hasSmallLog(folder)).toBe(true)
  writeFileSync(segment, Buffer.alloc(16 * 1024 ** 2))
  expect(await hasSmallLog(folder)).toBe(false)
})
