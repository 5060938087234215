import { UsageError } from '../model.ts'

/** A place in the plan file, both counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** One thing that is wrong in a plan: where, at which path, what was found and what to write instead. */
export interface PlanProblem {
  readonly at: Place
  readonly path: string
  readonly message: string
}

/** All problems of a plan as one message, in the file's order: `file:line:column path`, then what is wrong with it. */
export function planError(
  fileName: string,
  problems: readonly PlanProblem[],
  footer?: string,
  what = 'plan',
): UsageError {
  const sorted = problems.toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column)
  const title = problems.length === 1 ? `The ${what} has a problem:` : `The ${what} has ${problems.length} problems:`
  const lines = sorted.map((problem) => {
    const place = `${fileName}:${problem.at.line}:${problem.at.column}`
    return `${problem.path === '' ? place : `${place}  ${problem.path}`}\n  ${problem.message}`
  })
  return new UsageError([title, ...lines, ...(footer === undefined ? [] : [footer])].join('\n'))
}

/** The path of a key or a position below `path`, as `profiles[0].firstName`. */
export function pathBelow(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`
  return path === '' ? step : `${path}.${step}`
}
