import { messageShape } from '../../ledger/message-shape.ts'
import type { CompiledPlan } from '../../plan/compile-plan.ts'
import { doubtsSent } from '../../plan/doubtful-values.ts'
import type { Fault } from '../../plan/fault.ts'
import type { Assumed, Listener } from '../events.ts'

/** A plan that watches what it renders. */
export interface WatchedPlan {
  readonly plan: CompiledPlan
  /** There are no more rows. */
  ended(): void
}

/**
 * Says what rows go without, since it is no identifier, and what is sent and may not be meant as it is read, as soon as the
 * first rows were read: before their answers, when a wrong assumption can still be stopped. Of all rows, the end says it.
 */
export function tellAssumed(plan: CompiledPlan, run: string, on: Listener): WatchedPlan {
  const leftOut = new Map<string, Assumed>()
  const doubts = new Map<string, Assumed>()
  let rows = 0
  let isTold = false
  const tell = (isWhole: boolean) => {
    if (isTold) return
    isTold = true
    const remarks = plan.remarks?.() ?? []
    if (leftOut.size + doubts.size + remarks.length === 0) return
    on({ kind: 'assumed', run, rows, isWhole, leftOut: mostFirst(leftOut), doubts: mostFirst(doubts), remarks })
  }
  return {
    plan: {
      ...plan,
      render(row, without) {
        const rendered = plan.render(row, without)
        if (isTold) return rendered
        rows += 1
        if (rendered.kind === 'requests') {
          for (const fault of rendered.leftOut ?? []) count(leftOut, fault)
          for (const fault of doubtsSent(rendered)) count(doubts, fault)
        }
        if (rows === FIRST_ROWS) tell(false)
        return rendered
      },
    },
    ended: () => tell(true),
  }
}

function count(found: Map<string, Assumed>, { message, hint }: Fault): void {
  const shape = messageShape(message)
  const rows = (found.get(shape)?.rows ?? 0) + 1
  found.set(shape, { message: shape, rows, ...(hint !== undefined && { hint }) })
}

function mostFirst(found: ReadonlyMap<string, Assumed>): Assumed[] {
  return [...found.values()].toSorted((a, b) => b.rows - a.rows)
}

/** The fewest that are in flight together. */
const FIRST_ROWS = 500
