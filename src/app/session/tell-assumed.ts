import { messageShape } from '../../ledger/message-shape.ts'
import type { CompiledPlan } from '../../plan/compile-plan.ts'
import type { Listener } from '../events.ts'

/** A plan that watches what it renders. */
export interface WatchedPlan {
  readonly plan: CompiledPlan
  /** There are no more rows. */
  ended(): void
}

/**
 * Says what rows go without, since it is no identifier, as soon as the first rows were read: before their answers, when
 * a wrong assumption can still be stopped. How many there are in all, the end says.
 */
export function tellAssumed(plan: CompiledPlan, run: string, on: Listener): WatchedPlan {
  const found = new Map<string, number>()
  let rows = 0
  let isTold = false
  const tell = (isWhole: boolean) => {
    if (isTold) return
    isTold = true
    if (found.size === 0) return
    const assumed = Array.from(found, ([message, count]) => ({ message, rows: count }))
    on({ kind: 'assumed', run, rows, isWhole, assumed: assumed.toSorted((a, b) => b.rows - a.rows) })
  }
  return {
    plan: {
      ...plan,
      render(row, without) {
        const rendered = plan.render(row, without)
        if (isTold) return rendered
        rows += 1
        if (rendered.kind === 'requests') {
          for (const { message } of rendered.leftOut ?? []) {
            const shape = messageShape(message)
            found.set(shape, (found.get(shape) ?? 0) + 1)
          }
        }
        if (rows === FIRST_ROWS) tell(false)
        return rendered
      },
    },
    ended: () => tell(true),
  }
}

/** The fewest that are in flight together. */
const FIRST_ROWS = 500
