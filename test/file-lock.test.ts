import { Worker } from 'node:worker_threads'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isFileLocked, takeFileLock } from '../src/file-lock.ts'
import { temporaryFolder } from './support/cli.ts'

test('a lock is held by one at a time, and looking whether it is changes nothing', () => {
  const path = join(temporaryFolder(), 'lock')
  expect(isFileLocked(path)).toBe(false)
  const unlock = takeFileLock(path)
  expect(isFileLocked(path)).toBe(true)
  expect(takeFileLock(path)).toBeUndefined()
  unlock?.()
  expect(isFileLocked(path)).toBe(false)
})

/** Looks at the lock as somebody does who waits for its holder, and is kept from ending for half a second. */
const LOOKER = `
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
const database = new DatabaseSync(workerData.path, { readOnly: true })
database.exec('BEGIN; SELECT count(*) FROM sqlite_schema')
parentPort.postMessage('looking')
setTimeout(() => database.close(), 500)
`

test('who looks whether a lock is held keeps nobody from taking it, however long that takes', async () => {
  const path = join(temporaryFolder(), 'lock')
  takeFileLock(path)?.()
  const looker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(LOOKER)}`), { workerData: { path } })
  onTestFinished(async () => void (await looker.terminate()))
  await once(looker, 'message')
  const unlock = takeFileLock(path)
  expect(unlock).toBeDefined()
  expect(takeFileLock(path)).toBeUndefined()
  expect(isFileLocked(path)).toBe(true)
  unlock?.()
  expect(isFileLocked(path)).toBe(false)
})

/** Takes the lock again and again, for as long as it is asked to, and says how often it had it. */
const TAKER = `
import { parentPort, workerData } from 'node:worker_threads'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
const { isFileLocked, takeFileLock } = await import(workerData.module)
let had = 0
let together = 0
while (had < 100) {
  isFileLocked(workerData.path)
  const unlock = takeFileLock(workerData.path)
  if (unlock === undefined) continue
  had++
  if (existsSync(workerData.held)) together++
  writeFileSync(workerData.held, '')
  rmSync(workerData.held)
  unlock()
}
parentPort.postMessage(together)
`

test('of several who take and look at once, one at a time holds it, and each comes to hold it', async () => {
  const folder = temporaryFolder()
  const workerData = {
    module: new URL('../src/file-lock.ts', import.meta.url).href,
    path: join(folder, 'lock'),
    held: join(folder, 'held'),
  }
  const takers = Array.from({ length: 3 }, () => {
    const taker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(TAKER)}`), { workerData })
    onTestFinished(async () => void (await taker.terminate()))
    return once(taker, 'message')
  })
  expect((await Promise.all(takers)).flat()).toEqual([0, 0, 0])
})
