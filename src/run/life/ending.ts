import type { RunEnd } from '../run-options.ts'

/** How a session of a run ends: whoever says so first decides, and all others are stopped. */
export class Ending {
  readonly #stop = new AbortController()
  #end: RunEnd = { state: 'finished' }
  #fault: { readonly error: unknown } | undefined

  /** Aborts when the session is to end before everything is done. */
  get signal(): AbortSignal {
    return this.#stop.signal
  }

  get end(): RunEnd {
    return this.#end
  }

  /** Whether the ledger or the broker failed for good: nothing more can be recorded. */
  get isFaulty(): boolean {
    return this.#fault !== undefined
  }

  endWith(how: RunEnd): void {
    if (this.signal.aborted) return
    this.#end = how
    this.#stop.abort()
  }

  fail(error: unknown): void {
    this.#fault ??= { error }
    this.endWith({ state: 'paused' })
  }

  throwFault(): void {
    if (this.#fault !== undefined) throw this.#fault.error
  }
}
