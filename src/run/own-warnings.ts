import type { LaneName, Warning } from '../model.ts'
import { doubtsSent } from '../plan/doubtful-values.ts'
import type { RenderedRequests } from './remaining-requests.ts'

/** What we say of a row before it is sent, by the lane whose outcome is to have it. */
export type OwnWarnings = Readonly<Record<LaneName, readonly Warning[]>>

/**
 * What a row goes without, on the first lane that it is sent to; and which of the values that are sent may not be meant as
 * they were read. `requests`: in the order in which the row goes through them.
 */
export function ownWarnings({ leftOut = [], doubts, requests }: RenderedRequests): OwnWarnings {
  if (leftOut.length === 0 && doubts === undefined) return NONE
  const found: Record<LaneName, Warning[]> = {}
  const add = (lane: LaneName, warning: Warning) => void (found[lane] ??= []).push(warning)
  const [first] = Object.keys(requests)
  if (first !== undefined) for (const { message } of leftOut) add(first, { message, lossy: true, ours: true })
  for (const { lane, message, hint } of doubtsSent({ doubts, requests })) {
    add(lane, { message, lossy: false, ours: true, doubt: true, ...(hint !== undefined && { hint }) })
  }
  return found
}

const NONE: OwnWarnings = {}
