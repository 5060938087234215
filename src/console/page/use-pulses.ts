import { useEffect, useState } from 'preact/hooks'
import type { Pulse } from './api.ts'

/** How many moments of a run are kept for its chart: ten minutes. */
const KEPT = 600

/** What was heard of a run, the latest last. */
export type Pulses = ReadonlyMap<string, readonly Pulse[]>

let heard: Map<string, readonly Pulse[]> = new Map()
const listeners = new Set<(pulses: Pulses) => void>()
let source: EventSource | undefined

/** What the runs at work tell: one stream for all that a page shows. */
export function usePulses(): Pulses {
  const [pulses, setPulses] = useState<Pulses>(heard)
  useEffect(() => {
    listeners.add(setPulses)
    open()
    return () => {
      listeners.delete(setPulses)
      if (listeners.size === 0) close()
    }
  }, [])
  return pulses
}

function open(): void {
  if (source !== undefined) return
  source = new EventSource('/api/events')
  source.addEventListener('run', ({ data }) => {
    const pulse = JSON.parse(data as string) as Pulse
    heard = new Map(heard).set(pulse.run, [...(heard.get(pulse.run) ?? []), pulse].slice(-KEPT))
    for (const listener of listeners) listener(heard)
  })
}

function close(): void {
  source?.close()
  source = undefined
}
