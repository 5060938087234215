import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newCopies } from '../../src/app/input/staging.ts'
import { temporaryFolder } from '../support/cli.ts'

test('what dead processes of this machine left behind goes, and nothing else', () => {
  const home = temporaryFolder()
  const leave = (name: string, before = false) => {
    const path = join(home, 'runs', name)
    writeFileSync(path, 'members')
    if (before) utimesSync(path, 1, 1)
    return path
  }
  mkdirSync(join(home, 'runs'))
  // No process has so high a number.
  const dead = leave(`.in-${hostname()}-4194999-0123abcd.raw`)
  const earlierLife = leave(`.in-${hostname()}-${process.pid}-0123abcd.plain.part`, true)
  const kept = [
    leave(`.in-${hostname()}-${process.pid}-0123abcd.raw`),
    leave(`.in-${hostname()}-${process.ppid}-0123abcd.raw`),
    leave('.in-another-host-4194999-0123abcd.raw'),
    leave('20261124-120000-members-12ab'),
  ]

  const copies = newCopies(home)

  expect([dead, earlierLife].filter(existsSync)).toEqual([])
  expect(kept.filter(existsSync)).toEqual(kept)
  writeFileSync(copies.raw, 'members')
  newCopies(home)
  expect(existsSync(copies.raw)).toBe(true)
  copies.clear()
  expect(existsSync(copies.raw)).toBe(false)
})
