import type { Exchange } from '../src/capillary/exchange.ts'
import { retryAfterMs } from '../src/capillary/retry-after.ts'
import type { Answer } from '../src/capillary/verdict.ts'
import type { Word } from './lane-health.ts'
import type { OpenRow } from './open-row.ts'
import { type Visit, hasFewLeft } from './visit.ts'

/** What came of a request that left at `sentAt` means for its rows; the lane's health is told of it as well. */
export async function readAnswer(
  came: Exchange,
  rows: readonly OpenRow[],
  sentAt: number,
  visit: Visit,
): Promise<Answer> {
  const { batch, tools } = visit
  const answer = tools.lane.read(came, rows, batch.data.settings)
  const word = wordOf(answer, came, rows)
  if (word === undefined || !isNews(came, tools.heard)) return answer
  // What is refused for what is in it is answered.
  const isOwn = word.kind === 'refused' && (await hasFewLeft(visit))
  tools.health.report(isOwn ? { kind: 'answered' } : word, sentAt)
  return answer
}

/**
 * How long a host that is not well asks to be left alone, in milliseconds, though it answers these rows: what goes for a
 * 429 goes for that as well. What is an outage or about the pace has it with it; undefined there.
 */
export function waitAsked(came: Exchange, answer: Answer): number | undefined {
  if (came.kind !== 'reply' || (came.status !== 502 && came.status !== 503)) return undefined
  if (answer.kind === 'throttled' || (answer.kind === 'retry' && answer.scope === 'transport')) return undefined
  return retryAfterMs(came)
}

/** What came of asking for a token once is told to all who waited for it, and counts once. */
function isNews(came: Exchange, heard: WeakSet<Exchange>): boolean {
  if (came.kind !== 'fault' || came.noToken !== true) return true
  if (heard.has(came)) return false
  heard.add(came)
  return true
}

/** Undefined: it says nothing of the lane. */
function wordOf(answer: Answer, came: Exchange, [first]: readonly OpenRow[]): Word | undefined {
  // Whether the credentials are good is told by the account's own standing.
  if (came.kind === 'unauthorized') return undefined
  switch (answer.kind) {
    case 'rows':
    case 'refused':
      return { kind: 'answered' }
    case 'throttled':
      return { kind: 'throttled', reason: answer.reason }
    case 'retry':
      return answer.scope !== 'row' ? { kind: 'failed', reason: answer.reason } : { kind: 'answered' }
    case 'halt':
      if (answer.about === 'account') return undefined
      return { kind: 'refused', reason: answer.reason, row: first?.row ?? 0 }
  }
}
