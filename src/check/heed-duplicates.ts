import type { SourceRow } from '../model.ts'
import type { CompiledPlan, Rendered } from '../plan/compile-plan.ts'
import type { Duplicates } from '../plan/load-plan.ts'
import { FirstRows } from './first-rows.ts'
import type { Requests } from './hash-member.ts'
import { LastRows } from './last-rows.ts'

/** The file's rows from its beginning, as far as the run reads them. */
export type ReadRows = () => AsyncIterable<readonly SourceRow[]>

/**
 * The plan, with each row that repeats another dealt with as `duplicates` says. What it renders depends on the rows
 * before, so it is to be given every row once and in order; a run that goes on gives it the rows of its earlier
 * sessions too. With `last`, all rows are read once beforehand. Only rows that are sent count: what is invalid, or
 * skipped itself, is repeated by nobody.
 */
export async function heedDuplicates(
  plan: CompiledPlan,
  duplicates: Duplicates,
  read: ReadRows,
): Promise<CompiledPlan> {
  switch (duplicates) {
    case 'all':
      return plan
    case 'last':
      return withRender(plan, await skipSuperseded(plan, read))
    case 'first':
      return withRender(plan, skipRepeats(plan))
    case 'reject':
      return withRender(plan, refuseRepeats(plan))
  }
}

/** The plan that sends all rows, and says of each which one it repeats. */
export function markRepeats(plan: CompiledPlan): CompiledPlan {
  return withRender(
    plan,
    onRepeat(plan, (rendered, message) => ({ ...rendered, again: message })),
  )
}

/** The row that a row repeats, or is repeated by, from what is said of it; undefined where that is something else. */
export function repeatedRow(message: string | undefined): number | undefined {
  const [, row] = /^The row (?:repeats|is repeated by) row (\d+)/.exec(message ?? '') ?? []
  return row === undefined ? undefined : Number(row)
}

type Render = CompiledPlan['render']

function withRender(plan: CompiledPlan, render: Render): CompiledPlan {
  return { ...plan, render }
}

function skipRepeats(plan: CompiledPlan): Render {
  return onRepeat(plan, ({ key }, message) => ({ kind: 'skipped', key, message, hint: HINT }))
}

function refuseRepeats(plan: CompiledPlan): Render {
  return onRepeat(plan, ({ key }, message) => {
    const hint = 'Take one of them out of the file. The plan says `duplicates: reject`.'
    return { kind: 'invalid', key, message, hint, faults: [{ message, hint, kind: message }] }
  })
}

/** A row of a member who was there before and is asked for something else is sent, whatever the plan says. */
function onRepeat(plan: CompiledPlan, make: (rendered: Requests, message: string) => Rendered): Render {
  const first = new FirstRows()
  return (row) => {
    const rendered = plan.render(row)
    if (rendered.kind !== 'requests') return rendered
    const earlier = first.take(row.row, rendered)
    if (earlier === undefined) return rendered
    if (earlier.same) return make(rendered, `The row repeats row ${earlier.row}: it has the same ${earlier.by}.`)
    return {
      ...rendered,
      again: `The row has the same ${earlier.by} as row ${earlier.row}, and asks for something else.`,
    }
  }
}

async function skipSuperseded(plan: CompiledPlan, read: ReadRows): Promise<Render> {
  const last = new LastRows()
  let rows = 0
  for await (const chunk of read()) {
    for (const row of chunk) {
      rows = row.row
      const rendered = plan.render(row)
      if (rendered.kind === 'requests') last.see(row.row, rendered)
    }
  }
  const stays = last.settle(rows)
  return (row) => {
    const rendered = plan.render(row)
    const staying = stays[row.row] ?? 0
    if (rendered.kind !== 'requests' || staying === 0) return rendered
    const message = `The row is repeated by row ${staying}, which is of the same member.`
    return { kind: 'skipped', key: rendered.key, message, hint: HINT }
  }
}

const HINT = "The plan's `duplicates` says which row of a member is sent."
