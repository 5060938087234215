import { cpSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import * as bundled from '../../src/cli/bundled-command.mjs'
import { temporaryFolder } from '../support/cli.ts'

const FILE = 'src/cli/bundled-command.mjs'

test('what tests start is bundled', () => {
  expect(bundled.isCurrent()).toBe(true)
})

test.for<readonly [change: string, make: (folder: string) => void]>([
  ['a source that is longer', (folder) => writeFileSync(join(folder, 'src/cli/main.ts'), 'two  ')],
  ['a source of another time', (folder) => utimesSync(join(folder, 'src/cli/main.ts'), 1, 1)],
  ['a source more', (folder) => writeFileSync(join(folder, 'workers/gate.ts'), '')],
  ['a source less', (folder) => rmSync(join(folder, 'src/cli/main.ts'))],
  ['other packages', (folder) => writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{ }')],
  ['another version', (folder) => writeFileSync(join(folder, 'package.json'), '{ "version": "2" }')],
  ['no bundle', (folder) => rmSync(join(folder, 'dist'), { recursive: true })],
])('with %s, a checkout starts from its sources', async ([, change]) => {
  const folder = temporaryFolder()
  const files = {
    'package.json': '{}',
    'node_modules/.package-lock.json': '{}',
    'src/cli/main.ts': 'one',
    'workers/lane.ts': '',
    'build/write.mjs': '',
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  cpSync(join(import.meta.dirname, '../..', FILE), join(folder, FILE))
  const copied = (await import(pathToFileURL(join(folder, FILE)).href)) as typeof bundled
  expect(copied.isCurrent()).toBe(false)
  mkdirSync(dirname(copied.STAMP), { recursive: true })
  writeFileSync(copied.STAMP, copied.stampOf())
  expect(copied.isCurrent()).toBe(true)
  change(folder)
  expect(copied.isCurrent()).toBe(false)
})
