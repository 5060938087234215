import type { LeftOut } from '../lanes/lane.ts'
import type { LaneName, SourceRow } from '../model.ts'
import type { CompiledPlan, Rendered } from '../plan/compile-plan.ts'
import { STEP, type Step } from './decide.ts'
import type { Store } from './store.ts'

/** Rows whose steps are read at a time. */
const AHEAD = 2_000

/**
 * The plan as it is tonight: of each row, only what the survey found worth sending is a request, and every other lane
 * that the row asks for is skipped, with the reason in words. Rows come in any order of chunks, each in file order.
 */
export function rememberingPlan(plan: CompiledPlan, store: Store): CompiledPlan {
  const read = store.db.prepare(
    'SELECT row, key, register_step, link_step FROM tonight WHERE row >= ? ORDER BY row LIMIT ?',
  )
  let ahead = new Map<number, { key: string; register: Step; link: Step }>()
  const stepsOf = (row: number) => {
    const known = ahead.get(row)
    if (known !== undefined) return known
    ahead = new Map(
      read.all(row, AHEAD).map((entry) => [
        Number(entry['row']),
        {
          key: String(entry['key']),
          register: Number(entry['register_step']) as Step,
          link: Number(entry['link_step']) as Step,
        },
      ]),
    )
    return ahead.get(row)
  }
  return {
    ...plan,
    render(row: SourceRow): Rendered {
      const steps = stepsOf(row.row)
      // What was not surveyed as a request is none: the plan says why.
      if (steps === undefined || (steps.register === STEP.none && steps.link === STEP.none)) return plan.render(row)
      const skips = skipsOf(steps)
      if (steps.register !== STEP.send && steps.link !== STEP.send) {
        return { kind: 'requests', key: steps.key, members: [], requests: {}, skips }
      }
      const rendered = plan.render(row)
      if (rendered.kind !== 'requests') return rendered
      const sent = Object.entries(rendered.requests).filter(
        ([lane]) => steps[lane as 'register' | 'link'] === STEP.send,
      )
      return { ...rendered, requests: Object.fromEntries(sent), skips }
    },
  }
}

function skipsOf({ register, link }: { readonly register: Step; readonly link: Step }): Record<LaneName, LeftOut> {
  const words = [['register', wordsOf(register)] as const, ['link', wordsOf(link)] as const]
  return Object.fromEntries(words.flatMap(([lane, why]) => (why === undefined ? [] : [[lane, why]])))
}

function wordsOf(step: Step): LeftOut | undefined {
  switch (step) {
    case STEP.none:
    case STEP.send:
      return undefined
    case STEP.unchanged:
      return { message: 'unchanged since it was done' }
    case STEP.rejected:
      return {
        message: 'rejected before, and unchanged since',
        hint: 'Mend the row where it comes from; it is sent when it has changed.',
      }
    case STEP.registered:
      return {
        message: 'changed, but the member is registered already, and the registration API cannot update it',
        hint: 'Update the member by the means that the platform has for that, if the change matters.',
      }
    case STEP.repeated:
      return {
        message: 'repeats another row of the same member, as before',
        hint: "The plan's `duplicates` says which row of a member is sent; it is sent when the other is gone.",
      }
    case STEP.unregistered:
      return {
        message: 'not linked, because the member is still not registered',
        hint: 'Mend what kept the row from being registered; it is linked when it is registered.',
      }
  }
}
