import { setTimeout as delay } from 'node:timers/promises'
import { refusalWords } from './redis-refusal.ts'

const LOOK_AGAIN_MS = 1_000

/**
 * Asks Redis again for what it refuses for the time being (it is full, a replica, …), until it does it: as commands wait
 * while the connection is lost. `onChange`: called with why it refuses, and without when it no longer does.
 */
export class Patience {
  readonly #onChange: (refused: string | undefined) => void
  readonly #closed = new AbortController()
  #waiting = 0

  constructor(onChange: (refused: string | undefined) => void) {
    this.#onChange = onChange
  }

  /** `work`: what may be done again after such a refusal, as nothing of it was done. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    let waits = false
    try {
      for (;;) {
        try {
          return await work()
        } catch (error) {
          const words = this.#closed.signal.aborted ? undefined : refusalWords(error)
          if (words === undefined) throw error
          if (!waits) this.#waiting++
          waits = true
          this.#onChange(words)
          await delay(LOOK_AGAIN_MS, undefined, { signal: this.#closed.signal }).catch(() => {
            // As ioredis and BullMQ call it where nothing is waited for any more.
            throw new Error('Connection is closed.', { cause: error })
          })
        }
      }
    } finally {
      if (waits) this.#waiting--
      // Others may be done though this one is refused: what only reads, or makes room.
      if (waits && this.#waiting === 0) this.#onChange(undefined)
    }
  }

  /** Whoever waits fails. */
  close(): void {
    this.#closed.abort()
  }
}
