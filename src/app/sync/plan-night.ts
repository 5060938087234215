import { type DoneRow, type MemberRules, type ReadRows, skipDone } from '../../check/apply-duplicates.ts'
import { IdentifierSet } from '../../check/identifier-set.ts'
import type { CompiledPlan } from '../../plan/compile-plan.ts'
import { deltaPlan, restingRows, sendsSome } from '../../sync/delta-plan.ts'
import type { Store } from '../../sync/store.ts'

/**
 * The plan for one execution, which sends what is new or changed, but no row that contradicts the member of a row which is
 * done and unchanged. For that, the file is read through twice more; the memory is that of the rows that are sent.
 */
export async function planNight(
  plan: CompiledPlan,
  rules: MemberRules,
  { store, read }: { readonly store: Store; readonly read: ReadRows },
): Promise<CompiledPlan> {
  const delta = deltaPlan(plan, store)
  if (rules.duplicates === 'all' || !sendsSome(store)) return delta
  const sent = new IdentifierSet()
  const find = deltaPlan(plan, store)
  for await (const chunk of read()) {
    for (const row of chunk) {
      const rendered = find.render(row)
      if (rendered.kind === 'requests') sent.add(rendered)
    }
  }
  const isResting = restingRows(store)
  const done: DoneRow[] = []
  for await (const chunk of read()) {
    for (const row of chunk) {
      if (!isResting(row.row)) continue
      const rendered = plan.render(row)
      if (rendered.kind === 'requests' && sent.hasOneOf(rendered)) done.push({ row: row.row, rendered })
    }
  }
  return done.length === 0 ? delta : skipDone(delta, rules, done)
}
