import { RowCheck } from '../../check/check-rows.ts'
import type { Checked } from '../../check/check-rows.ts'
import { type SourceRow, UsageError } from '../../model.ts'
import { compilePlan } from '../../plan/compile-plan.ts'
import { loadPlan } from '../../plan/load-plan.ts'
import type { Requests } from '../../plan/compile-plan.ts'

/** What becomes of the first rows of a file under a plan that was proposed for it. */
export interface Trial {
  /** The first three rows that would be sent, each with its requests by lane. */
  readonly preview: readonly { readonly row: number; readonly requests: Requests }[]
  readonly rows: number
  readonly ready: number
  /** What makes rows invalid, most rows first. */
  readonly problems: Checked['problems']
  /** Why the plan cannot be imported as it is: a sentence or more. */
  readonly trouble?: string
}

/** Rows that a preview shows. */
const SHOWN = 3

/** Loads a plan, binds it to the columns and tries it on rows. `columns`: the CSV header, or undefined for JSON. */
export function tryPlan(
  text: string,
  { rows, columns }: { readonly rows: readonly SourceRow[]; readonly columns: readonly string[] | undefined },
): Trial {
  try {
    const plan = compilePlan(loadPlan(text, 'The proposal'), columns)
    const check = new RowCheck({ plan, columns, now: 0 })
    const preview: { row: number; requests: Requests }[] = []
    for (const row of rows) {
      check.see(row)
      if (preview.length === SHOWN) continue
      const rendered = plan.render(row)
      if (rendered.kind === 'requests') preview.push({ row: row.row, requests: rendered.requests })
    }
    const { ready, problems } = check.result()
    const trouble = ready > 0 ? {} : { trouble: rows.length === 0 ? 'The file has no rows.' : 'No row would be sent.' }
    return { preview, rows: rows.length, ready, problems, ...trouble }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { preview: [], rows: rows.length, ready: 0, problems: [], trouble: error.message }
  }
}
