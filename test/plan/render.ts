import type { Json } from '../../src/model.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import type { Rendered } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

/** Renders one record by a plan: CSV where every value is text, JSONL where `value` is given whole. */
export function renderCells(planText: string, record: Readonly<Record<string, string>>): Rendered {
  const { render } = compilePlan(loadPlan(planText, 'plan.yaml'), Object.keys(record))
  return render({ row: 1, line: 2, input: { kind: 'cells', cells: Object.values(record) } })
}

export function renderValue(planText: string, value: Json): Rendered {
  const { render } = compilePlan(loadPlan(planText, 'plan.yaml'), undefined)
  return render({ row: 1, line: 1, input: { kind: 'value', value } })
}

/** The registration's body of a rendered row, or the message of one that is invalid. */
export function bodyOrMessage(rendered: Rendered): Json | undefined {
  return rendered.kind === 'requests' ? (rendered.requests.register?.['body'] as Json | undefined) : rendered.message
}

/** A plan whose body has one field `x`, and an identifier that is always there. */
export function planOfOneField(value: string, rest = ''): string {
  return `register:
  body:
    profiles: [{ identifiers: [{ type: externalId, value: M-1 }] }]
    x: ${value}
${rest}`
}

/** What the field `x` of `planOfOneField` becomes: its value, undefined where it is left out, or the message. */
export function fieldOf(
  template: string,
  input: Json,
  rest = '',
): { value?: Json | undefined; message?: string; hint?: string | undefined } {
  const plan = planOfOneField(JSON.stringify(template), rest)
  const rendered = typeof input === 'string' ? renderCells(plan, { a: input }) : renderValue(plan, { a: input })
  if (rendered.kind === 'invalid') return { message: rendered.message, hint: rendered.hint }
  const body = bodyOrMessage(rendered)
  return { value: typeof body === 'object' && body !== null && 'x' in body ? body.x : undefined }
}
