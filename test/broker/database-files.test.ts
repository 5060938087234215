import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { placeDatabase } from '../../src/broker/database-files.ts'
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
