import type { ResultRow } from '../../ledger/ledger.ts'
import { addedColumns, type Layout } from '../layout.ts'
import { subjectResult } from '../subject-result.ts'
import type { Verdict } from '../verdict.ts'

/** A column of a form whose values have types. Times are ISO 8601, UTC. */
export interface TypedColumn {
  readonly name: string
  readonly type: 'text' | 'number' | 'time'
}

export type TypedValue = string | number | undefined

/** The columns of results.csv; a name that comes again gets `#2`, `#3` …, as columns must differ. */
export function typedColumns(layout: Layout): readonly TypedColumn[] {
  const own = layout.columns.map((name) => ({ name, type: 'text' }) as const)
  const added = addedColumns.map((name) => ({ name, type: addedTypes[name] ?? 'text' }) as const)
  const file = layout.fileOf === undefined ? [] : [{ name: '_file', type: 'text' } as const]
  const taken = new Set<string>()
  return [...own, ...added, ...file].map(({ name, type }) => {
    let unique = name
    for (let n = 2; taken.has(unique); n++) unique = `${name}#${n}`
    taken.add(unique)
    return { name: unique, type }
  })
}

const addedTypes: Partial<Record<(typeof addedColumns)[number], TypedColumn['type']>> = {
  _row: 'number',
  _line: 'number',
  _attempts: 'number',
  _code: 'number',
  _finished_at: 'time',
}

/** A row's values under `typedColumns`. Nothing is a formula here, so that no text is made harmless. */
export function typedValues(row: ResultRow, layout: Layout, verdict: Verdict): readonly TypedValue[] {
  return [
    ...layout.cells(row.input),
    row.row,
    row.line,
    row.status,
    subjectResult('record', row.outcomes),
    given(verdict.customerId),
    subjectResult('links', row.outcomes),
    verdict.attempts,
    verdict.code === '' ? undefined : Number(verdict.code),
    given(verdict.message),
    given(verdict.hint),
    given(verdict.warnings),
    given(verdict.sideEffects),
    given(verdict.requestId),
    given(verdict.finishedAt),
    ...(layout.fileOf === undefined ? [] : [layout.fileOf(row.row)]),
  ]
}

function given(text: string): string | undefined {
  return text === '' ? undefined : text
}
