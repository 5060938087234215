import { hash } from 'node:crypto'
import { laneNamed } from '../lanes/lanes.ts'
import type { Json, LaneName, LaneRequest } from '../model.ts'
import type { Requests } from '../plan/compile-plan.ts'

/** A lane that a row asks for, with the hash of its request. */
export interface AskedLane {
  readonly lane: LaneName
  readonly hash: string
  /** The hash of what no lane changes of a member who is there; absent where it has nothing of the kind. */
  readonly fixed?: string
}

/**
 * What a row asks for, as a text that differs where a request does: `register:Jx….4f… link:9d…`, in the lanes' order.
 */
export function asksText(requests: Requests): string {
  let text = ''
  for (const lane in requests) {
    const request = requests[lane]
    if (request === undefined) continue
    const fixed = laneNamed(lane).sync?.fixedOf?.(request)
    const end = fixed === undefined ? '' : `.${digest(fixed).slice(0, FIXED_LENGTH)}`
    text += `${text === '' ? '' : ' '}${lane}:${digest(request).slice(0, HASH_LENGTH)}${end}`
  }
  return text
}

function digest(value: Json | LaneRequest): string {
  return hash('sha256', JSON.stringify(value), 'base64url')
}

/** 132 bits: among ten million members, two requests of one member are never taken for one by chance. */
const HASH_LENGTH = 22
/** 48 bits: it is compared with what the same member had before, and nothing else. */
const FIXED_LENGTH = 8

export function parseAsks(text: string): readonly AskedLane[] {
  if (text === '') return []
  return text.split(' ').map((part) => {
    const colon = part.indexOf(':')
    const [own = '', fixed] = part.slice(colon + 1).split('.')
    return { lane: part.slice(0, colon), hash: own, fixed }
  })
}

/** Whether two texts ask for the same: an earlier rollcall remembered no hash of what is fixed. */
export function isSameAsks(remembered: string, now: string): boolean {
  if (remembered === now) return true
  return !remembered.includes('.') && remembered === now.replaceAll(/\.\S*/g, '')
}
