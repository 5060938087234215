import type { Notice } from '../broker/jobs.ts'
import type { LaneName, Outcome } from '../model.ts'

/**
 * The outages that workers told of and not the end of. A worker that dies takes that with it, so an answer that a later
 * request of the lane brought, whoever sent it, ends them as well.
 */
export class OpenOutages {
  /** By lane: since when, as each worker tells it. */
  readonly #since = new Map<LaneName, Set<number>>()

  see(notice: Notice): void {
    if (notice.kind === 'down') {
      const known = this.#since.get(notice.lane) ?? new Set()
      this.#since.set(notice.lane, known.add(notice.since))
    }
    if (notice.kind === 'up') this.#since.get(notice.lane)?.delete(notice.since)
  }

  /** What is to be told of those that end by these outcomes. */
  endedBy(outcomes: readonly Outcome[]): readonly Extract<Notice, { kind: 'up' }>[] {
    if (this.#since.size === 0) return []
    return outcomes.flatMap(({ lane, status, attempts, finishedAt }) => {
      const isAnswer = attempts > 0 && (status === 'ok' || status === 'warned' || status === 'rejected')
      const until = Date.parse(finishedAt)
      const known = isAnswer ? (this.#since.get(lane) ?? []) : []
      return [...known].flatMap((since) => {
        if (until < since + CLOCKS_DIFFER_MS) return []
        this.#since.get(lane)?.delete(since)
        return [{ kind: 'up', lane, since, until } as const]
      })
    })
  }
}

/** What was answered before is not to end it, though another machine's clock be ahead; nor is it told before its worker does. */
const CLOCKS_DIFFER_MS = 2_000
