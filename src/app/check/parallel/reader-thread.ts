import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Segment } from '../../../source/csv/cut-segments.ts'
import type { FromThread, ToThread } from './check-thread.ts'
import type { SecondReader, ThreadTask } from './second-reader.ts'
import type { ReadSegment, ReaderState } from './segment-reader.ts'

/** What the thread may take: a plan with all its tables, and the rows of a piece. */
const MOST_MEMORY_MB = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 24 }

/** A second thread that reads segments. Where it does not start, it never is ready, and nothing else is wrong. */
export class ReaderThread implements SecondReader {
  readonly #worker: Worker
  readonly #onRead: ((read: ReadSegment) => void)[] = []
  #onState: ((state: ReaderState) => void) | undefined
  #isReady = false
  #failure: Error | undefined
  #wake = Promise.withResolvers<void>()

  constructor(task: ThreadTask) {
    const cache = getCompileCacheDir()
    this.#worker = new Worker(script(), {
      workerData: task,
      resourceLimits: MOST_MEMORY_MB,
      execArgv: [],
      // It needs none of the environment, which may hold credentials.
      env: cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) },
    })
    this.#worker.on('message', (message: FromThread) => this.#take(message))
    this.#worker.on('error', (error: unknown) => this.#fail(toError(error)))
    this.#worker.on('exit', (code) => this.#fail(new Error(`The second thread of the check ended (${code}).`)))
  }

  get load(): number {
    if (this.#isReady && this.#failure !== undefined) throw this.#failure
    return this.#isReady ? this.#onRead.length : Infinity
  }

  read(segment: Segment, from: number, onRead: (read: ReadSegment) => void): void {
    this.#onRead.push(onRead)
    this.#post({ kind: 'read', segment, from })
  }

  count(without: readonly number[]): void {
    this.#post({ kind: 'count', without })
  }

  async news(): Promise<void> {
    if (this.#failure === undefined) await this.#wake.promise
    if (this.#failure !== undefined) throw this.#failure
  }

  async state(): Promise<ReaderState | undefined> {
    if (!this.#isReady) return undefined
    let state: ReaderState | undefined
    this.#onState = (told) => (state = told)
    this.#post({ kind: 'end' })
    while (state === undefined && this.load < Infinity) await this.news()
    return state
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate()
  }

  #post(message: ToThread): void {
    // eslint-disable-next-line unicorn/require-post-message-target-origin -- it is no window's
    this.#worker.postMessage(message)
  }

  #take(message: FromThread): void {
    if (message.kind === 'ready') this.#isReady = true
    else if (message.kind === 'read') this.#onRead.shift()?.(message.read)
    else this.#onState?.(message.state)
    this.#tell()
  }

  #fail(error: Error): void {
    this.#failure ??= error
    this.#tell()
  }

  #tell(): void {
    this.#wake.resolve()
    this.#wake = Promise.withResolvers()
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

/** Beside this file, as source or bundled. */
function script(): URL {
  return new URL(`./check-thread.${import.meta.filename.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)
}
