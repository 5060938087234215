import { type CodeEntry, type Codes, findCode } from './code-table.ts'
import { classifyStatus } from './classify-status.ts'
import type { Envelope, Issue } from './envelope.ts'
import type { Reply } from './exchange.ts'
import { retryAfterMs } from './retry-after.ts'
import type { RetryVerdict, ThrottledVerdict } from './verdict.ts'
import type { ReplyClass } from './refusal.ts'

interface Known {
  readonly issue: Issue
  readonly entry?: CodeEntry
}

/**
 * What a reply that brought no success means. The body's errors decide first and the HTTP status second, because a
 * 500 can carry a permanent business error (capillary-facts.md, section 4); the status decides where the errors are
 * none that we know of a member, and always for 429.
 */
export function classifyReply(reply: Reply, envelope: Envelope, issues: readonly Issue[], codes: Codes): ReplyClass {
  if (reply.status === 429 || issues.length === 0) return classifyStatus(reply, envelope)
  const knowns = issues.map((issue) => ({ issue, entry: entryOf(issue, codes) }))
  const denied = reply.status === 401 || reply.status === 403
  if (denied && !knowns.some(({ entry }) => isSpecific(entry) || entry?.class === 'retry')) {
    return classifyStatus(reply, envelope)
  }
  return classifyErrors(knowns, reply)
}

function entryOf({ code, message }: Issue, codes: Codes): CodeEntry | undefined {
  return code === undefined ? undefined : findCode(codes, 'error', code, message)
}

function classifyErrors(knowns: readonly Known[], reply: Reply): ReplyClass {
  const halting = knowns.find(({ entry }) => entry?.class === 'halt')
  if (halting?.entry !== undefined) {
    const { issue, entry } = halting
    return {
      kind: 'halt',
      about: 'request',
      reason: wordsOf(halting),
      remedy: entry.remedy,
      code: issue.code,
      requestId: reply.requestId,
    }
  }
  const existing = knowns.find(({ entry }) => entry?.class === 'exists')
  if (existing !== undefined) {
    return { kind: 'exists', code: existing.issue.code, message: wordsOf(existing), hint: existing.entry?.remedy }
  }
  const lasting = knowns.filter((known) => !isPassing(known, reply.status))
  const chief = lasting.find(({ entry }) => isSpecific(entry)) ?? lasting[0]
  if (chief === undefined) return classifyPassing(knowns, reply)
  return { kind: 'refusal', code: chief.issue.code, message: wordsOf(chief), hint: chief.entry?.remedy }
}

function classifyPassing(knowns: readonly Known[], reply: Reply): RetryVerdict | ThrottledVerdict {
  const { requestId } = reply
  if (knowns.some(({ issue }) => issue.code === 429)) {
    return { kind: 'throttled', reason: reasonOf(knowns, reply), retryAfterMs: retryAfterMs(reply), requestId }
  }
  return {
    kind: 'retry',
    reason: reasonOf(knowns, reply),
    code: knowns[0]?.issue.code,
    afterMs: retryAfterMs(reply),
    scope: knowns.some(isTransport) ? 'transport' : 'row',
    ...(knowns.some(({ entry }) => entry?.ofRowAlone) && { ofRowAlone: true }),
    ambiguous: knowns.some(({ entry }) => entry?.class !== 'retry' || entry.ambiguous === true),
    requestId,
  }
}

function reasonOf([first]: readonly Known[], { status }: Reply): string {
  return first === undefined ? `HTTP ${status}` : wordsOf(first)
}

/** An entry that speaks of the member or the row, and not of the request or of the API as a whole. */
function isSpecific(entry: CodeEntry | undefined): boolean {
  if (entry === undefined || entry.endpoint === 'request') return false
  return (entry.code !== 400 && entry.code !== 500) || entry.when !== undefined
}

function isPassing({ issue, entry }: Known, status: number): boolean {
  if (entry?.class === 'retry') return true
  if (isGatewayStatus(status)) return !isSpecific(entry)
  return status >= 500 && issue.code === undefined
}

function isTransport({ entry }: Known): boolean {
  return entry?.class !== 'retry' || entry.scope === 'transport'
}

function isGatewayStatus(status: number): boolean {
  return status === 408 || (status >= 502 && status <= 504) || (status >= 520 && status <= 524)
}

function wordsOf({ issue, entry }: Known): string {
  return issue.message || (entry?.meaning ?? 'The API gave an error without words')
}
