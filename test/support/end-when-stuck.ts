import { Worker } from 'node:worker_threads'
import { expect } from 'vitest'

const watch = `
  const { writeSync } = require('node:fs')
  const { parentPort, workerData: { beats } } = require('node:worker_threads')
  let file = ''
  let seen = -1
  parentPort.on('message', (path) => (file = path))
  setInterval(() => {
    const beat = Atomics.load(beats, 0)
    if (beat !== seen) return void (seen = beat)
    writeSync(2, file + ' has kept its thread for ten minutes, and is ended.\\n')
    process.kill(process.pid, 'SIGKILL')
  }, 600_000)
`

/**
 * Ends the process of a test file whose code has kept its thread for ten minutes, in a loop without end or waiting for
 * a program: no time-out comes through there, and the whole suite would wait for it. Vitest runs it before each file, of
 * which a process may have several.
 */
const shared = globalThis as { endWhenStuck?: Worker }
shared.endWhenStuck ??= startWatch()
// oxlint-disable-next-line require-post-message-target-origin -- to a thread, which has none
shared.endWhenStuck.postMessage(expect.getState().testPath)

function startWatch(): Worker {
  const beats = new Int32Array(new SharedArrayBuffer(4))
  setInterval(() => Atomics.add(beats, 0, 1), 1_000).unref()
  const worker = new Worker(watch, { eval: true, workerData: { beats } })
  worker.unref()
  return worker
}
