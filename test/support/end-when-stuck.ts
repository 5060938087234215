import { Worker } from 'node:worker_threads'
import { expect } from 'vitest'

/**
 * Ends the process of a test file whose code has kept its thread for ten minutes, in a loop without end or waiting for
 * a program: no time-out comes through there, and the whole suite would wait for it. Vitest runs it before each file.
 */
const beats = new Int32Array(new SharedArrayBuffer(4))
setInterval(() => Atomics.add(beats, 0, 1), 1_000).unref()

const watch = `
  const { writeSync } = require('node:fs')
  const { workerData: { beats, file } } = require('node:worker_threads')
  let seen = -1
  setInterval(() => {
    const beat = Atomics.load(beats, 0)
    if (beat !== seen) return void (seen = beat)
    writeSync(2, file + ' has kept its thread for ten minutes, and is ended.\\n')
    process.kill(process.pid, 'SIGKILL')
  }, 600_000)
`
new Worker(watch, { eval: true, workerData: { beats, file: expect.getState().testPath } }).unref()
