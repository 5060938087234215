import { hash } from 'node:crypto'
import type { LaneName } from '../model.ts'
import type { Requests } from '../plan/compile-plan.ts'

/** A lane that a row asks for, with the hash of its request. */
export interface AskedLane {
  readonly lane: LaneName
  readonly hash: string
}

/** What a row asks for, as a text that differs where a request does: `register:Jx… link:9d…`, in the lanes' order. */
export function asksText(requests: Requests): string {
  let text = ''
  for (const lane in requests) {
    const request = requests[lane]
    if (request === undefined) continue
    const digest = hash('sha256', JSON.stringify(request), 'base64url').slice(0, HASH_LENGTH)
    text += `${text === '' ? '' : ' '}${lane}:${digest}`
  }
  return text
}

/** 132 bits: among ten million members, two requests of one member are never taken for one by chance. */
const HASH_LENGTH = 22

export function parseAsks(text: string): readonly AskedLane[] {
  if (text === '') return []
  return text.split(' ').map((part) => {
    const colon = part.indexOf(':')
    return { lane: part.slice(0, colon), hash: part.slice(colon + 1) }
  })
}
