import type { Exchange } from '../../../src/capillary/exchange.ts'
import type { Answer, FinalVerdict, OnExists, RetryVerdict } from '../../../src/capillary/verdict.ts'
import { linkLane } from '../../../src/lanes/link/link-lane.ts'
import type { LinkRequest } from '../../../src/lanes/link/link-request.ts'
import type { ProgramOutcome } from '../../../src/model.ts'

export interface LinkContext {
  /** For each row: an earlier attempt of it may have been carried out. */
  readonly ambiguous: readonly boolean[]
  readonly onExists: OnExists
  /** For each row: the programs that had their answer in earlier attempts. */
  readonly done?: readonly (readonly ProgramOutcome[])[]
}

/** An answer whose rows are done or to be tried again: no link takes another request. */
export type LinkAnswer =
  | { readonly kind: 'rows'; readonly verdicts: readonly (FinalVerdict | RetryVerdict)[] }
  | Exclude<Answer, { kind: 'rows' }>

/** What the link lane reads out of a reply. */
export function classifyLink(exchange: Exchange, requests: readonly LinkRequest[], context: LinkContext): LinkAnswer {
  const { ambiguous, done, onExists } = context
  const rows = requests.map((request, at) => ({ request, ambiguous: ambiguous[at], programsDone: done?.[at] }))
  return linkLane.read(exchange, rows, { onExists }) as LinkAnswer
}
