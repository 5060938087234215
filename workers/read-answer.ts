import type { BatchSettings } from '../src/broker/jobs.ts'
import type { Exchange } from '../src/capillary/exchange.ts'
import { retryAfterMs } from '../src/capillary/retry-after.ts'
import type { Answer, RetryVerdict } from '../src/capillary/verdict.ts'
import { withoutRows } from './clean-answers.ts'
import type { Hold } from './hold-lane.ts'
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
  const word = wordOf(answer, came, rows, batch.data.settings)
  if (word === undefined || !isNews(came, tools.heard)) return answer
  // What is refused for what is in it is answered.
  const isOwn = (word.kind === 'refused' || word.kind === 'erred') && (await hasFewLeft(visit))
  tools.health.report(isOwn ? { kind: 'answered' } : word, sentAt)
  return answer
}

/**
 * How the lane is to be held by what came, though rows are answered with it: a 429 is about the pace whatever else it
 * says, and so is the wait that a host which is not well asks for. What is an outage or about the pace has it with it;
 * undefined there.
 */
export function holdAsked(came: Exchange, answer: Answer): Hold | undefined {
  if (came.kind !== 'reply' || answer.kind === 'throttled') return undefined
  const ms = retryAfterMs(came)
  if (came.status === 429) return { reason: TOO_FAST, ms, slower: true }
  if (came.status !== 502 && came.status !== 503) return undefined
  if (ms === undefined || (answer.kind === 'retry' && answer.scope === 'transport')) return undefined
  return { reason: HOST_ASKS, ms, slower: false }
}

const HOST_ASKS = 'the host asks for it'
const TOO_FAST = 'HTTP 429, beside answers'

/** What came of asking for a token once is told to all who waited for it, and counts once. */
function isNews(came: Exchange, heard: WeakSet<Exchange>): boolean {
  if (came.kind !== 'fault' || came.noToken !== true) return true
  if (heard.has(came)) return false
  heard.add(came)
  return true
}

/** Undefined: it says nothing of the lane. */
function wordOf(answer: Answer, came: Exchange, rows: readonly OpenRow[], settings: BatchSettings): Word | undefined {
  // Whether the credentials are good is told by the account's own status.
  if (came.kind === 'unauthorized') return undefined
  switch (answer.kind) {
    case 'refused':
      return { kind: 'answered' }
    case 'rows': {
      const erred = answer.verdicts.flatMap((verdict) =>
        verdict.kind === 'retry' && verdict.ofRowAlone !== true ? [verdict] : [],
      )
      const [first] = erred
      const isOfAll = first !== undefined && erred.length === answer.verdicts.length
      return isOfAll ? erredWord(first, rows, settings) : { kind: 'answered' }
    }
    case 'throttled':
      return { kind: 'throttled', reason: answer.reason }
    case 'retry':
      if (answer.scope !== 'row') return { kind: 'failed', reason: answer.reason }
      return answer.ofRowAlone === true ? { kind: 'answered' } : erredWord(answer, rows, settings)
    case 'halt':
      if (answer.about === 'account') return undefined
      return { kind: 'refused', reason: answer.reason, row: rows[0]?.row ?? 0 }
  }
}

/** Everybody is told of it: whose row it is, is nobody's business. */
function erredWord({ reason }: RetryVerdict, rows: readonly OpenRow[], settings: BatchSettings): Word {
  const [first, ...others] = rows
  const row = others.length > 0 ? undefined : first?.row
  return { kind: 'erred', reason: withoutRows(reason, rows), row, several: severalRows(settings) }
}

/** So many rows that bring nothing but errors of the API's are no matter of these, where none was settled. */
export function severalRows({ answered }: Pick<BatchSettings, 'answered'>): number {
  return answered === true ? 20 : 3
}
