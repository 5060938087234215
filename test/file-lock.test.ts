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

/** Looks again and again whether the lock is held, as somebody does who waits for its holder. */
const LOOKER = `
import { parentPort, workerData } from 'node:worker_threads'
const { isFileLocked } = await import(workerData.module)
parentPort.postMessage('looking')
for (;;) {
  isFileLocked(workerData.path)
  await new Promise((resolve) => setTimeout(resolve, 2))
}
`

test('who looks whether a lock is held keeps nobody from taking it', async () => {
  const path = join(temporaryFolder(), 'lock')
  const workerData = { module: new URL('../src/file-lock.ts', import.meta.url).href, path }
  const looker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(LOOKER)}`), { workerData })
  onTestFinished(async () => void (await looker.terminate()))
  await once(looker, 'message')
  const taken = Array.from({ length: 50 }, () => {
    const unlock = takeFileLock(path)
    unlock?.()
    return unlock !== undefined
  })
  expect(taken).toEqual(taken.map(() => true))
})
