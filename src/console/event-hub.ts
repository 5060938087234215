import { setTimeout as delay } from 'node:timers/promises'
import type { RunCatalogue } from '../app/runs/run-catalogue.ts'
import { type RunPulse, PulseReader } from '../app/runs/run-pulse.ts'

/** What a page hears of a run, at most once a second. */
export type RunEvent = RunPulse & { readonly run: string; readonly state: string }

/** Tells everybody who listens how the runs at work go. One reader for all of them, and none while nobody listens. */
export interface EventHub {
  /** Hears of each run at work, and once more of one that has come to its end. Gives the function that ends it. */
  listen(listener: (event: RunEvent) => void): () => void
  readonly listeners: () => number
  close(): void
}

const EVERY_MS = 1_000

export function openEventHub(home: string, runs: RunCatalogue): EventHub {
  const listeners = new Set<(event: RunEvent) => void>()
  const closed = new AbortController()
  let reading = false

  async function read(): Promise<void> {
    if (reading) return
    reading = true
    using pulses = new PulseReader(home)
    try {
      let atWork = new Set<string>()
      while (listeners.size > 0 && !closed.signal.aborted) {
        const listed = quietly(() => runs.list().runs)
        const seen = listed === undefined ? atWork : new Set<string>()
        for (const { record, status } of listed ?? []) {
          if (status.state === 'running') seen.add(record.run)
          else if (!atWork.has(record.run)) continue
          const pulse = quietly(() => pulses.read(record))
          if (pulse === undefined) continue
          const event = { run: record.run, state: status.state, ...pulse }
          for (const listener of listeners) listener(event)
        }
        for (const run of atWork) if (!seen.has(run)) pulses.forget(run)
        atWork = seen
        await delay(EVERY_MS, undefined, { signal: closed.signal }).catch(() => {})
      }
    } finally {
      reading = false
    }
  }

  return {
    listen(listener) {
      listeners.add(listener)
      void read()
      return () => listeners.delete(listener)
    },
    listeners: () => listeners.size,
    close() {
      closed.abort()
      listeners.clear()
    },
  }
}

/** Undefined while a run is made or deleted, or the disk is away: it is asked again in a second, when it may be there. */
function quietly<Read>(read: () => Read): Read | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
