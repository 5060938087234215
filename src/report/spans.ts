import type { LedgerEvent, Timeline } from '../ledger/ledger.ts'
import type { LaneName } from '../model.ts'

/** A time in which a lane sent nothing, or nothing on purpose. Milliseconds since the epoch. */
export interface Span {
  readonly kind: SpanKind
  readonly from: number
  readonly to: number
}

/** `paused`: nobody worked on the run. `throttled`: held after a 429. `outage`: the host did not answer. */
export type SpanKind = 'paused' | 'throttled' | 'outage'

/** When a lane stood still, by kind and in order; spans of one kind do not touch each other. */
export function spansOf(lane: LaneName, events: readonly LedgerEvent[], timeline: Timeline): readonly Span[] {
  const activity = timeline.lanes[lane] ?? []
  const timeOf = (index: number) => timeline.from + index * timeline.stepMs
  const lastActive = (before: number) => {
    const index = activity.findLastIndex((step, at) => step.requests > 0 && timeOf(at) < before)
    return index === -1 ? timeline.from : timeOf(index + 1)
  }
  const answeredAfter = (after: number) => {
    const index = activity.findIndex((step, at) => step.answered > 0 && timeOf(at) > after)
    return index === -1 ? timeOf(activity.length) : timeOf(index)
  }

  const spans: Span[] = []
  let ended: number | undefined
  let began: number | undefined
  for (const event of events) {
    if (event.kind === 'began') {
      // A session without an end was cut off: it ended with what it sent last.
      const from =
        began === undefined ? undefined : (ended ?? Math.max(began, Math.min(lastActive(event.at), event.at)))
      if (from !== undefined && event.at > from) spans.push({ kind: 'paused', from, to: event.at })
      began = event.at
      ended = undefined
    } else if (event.kind === 'ended') {
      ended = event.at
    } else if (event.kind !== 'limit' && event.lane === lane) {
      const to = event.until ?? answeredAfter(event.at)
      if (to > event.at) spans.push({ kind: event.kind, from: event.at, to })
    }
  }
  return (['paused', 'throttled', 'outage'] as const).flatMap((kind) =>
    joined(spans.filter((span) => span.kind === kind)),
  )
}

/** Spans of one kind in order; those with no more than `gapMs` between them are one. */
export function joined(spans: readonly Span[], gapMs = 0): readonly Span[] {
  const all: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last !== undefined && span.from - last.to <= gapMs)
      all[all.length - 1] = { ...last, to: Math.max(last.to, span.to) }
    else all.push(span)
  }
  return all
}

/** How many spans, and how long in all, in milliseconds. */
export function sumOf(spans: readonly Span[], kind: SpanKind): { readonly times: number; readonly ms: number } {
  const own = spans.filter((span) => span.kind === kind)
  return { times: own.length, ms: own.reduce((sum, { from, to }) => sum + to - from, 0) }
}
