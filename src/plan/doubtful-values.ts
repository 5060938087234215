import type { LaneName } from '../model.ts'
import type { Fault } from './fault.ts'

/** A value that can be read and may not be meant so, on a lane that the row asks for. */
export interface DoubtfulValue extends Fault {
  readonly lane: LaneName
}

interface Sent {
  readonly doubts?: readonly DoubtfulValue[]
  readonly requests: Readonly<Record<LaneName, unknown>>
}

/** What is doubtful of the values that these requests send: each once, on the first lane that sends it. */
export function doubtsSent({ doubts, requests }: Sent): readonly DoubtfulValue[] {
  if (doubts === undefined) return NONE
  const said = new Set<string>()
  return doubts.filter(({ lane, message }) => {
    if (requests[lane] === undefined || said.has(message)) return false
    said.add(message)
    return true
  })
}

const NONE: readonly DoubtfulValue[] = []
