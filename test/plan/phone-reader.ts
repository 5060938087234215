import { makeFilter } from '../../src/plan/filters.ts'
import type { Doubt, Refuse } from '../../src/plan/template.ts'

interface Read {
  readonly number?: string
  readonly why?: string
  readonly doubt?: string
}

/** What `phone …` makes of a cell: the number and why it is doubtful, or why it is none, with the hint behind it. */
export function phoneReader(args: string): (cell: string) => Read {
  const filter = makeFilter('phone', args.split(' '), { tables: new Map(), earlier: [] })
  if ('mistake' in filter || filter.kind !== 'read') throw new Error(args)
  return (cell) => {
    let why = ''
    const refuse: Refuse = (_, reason, hint = '') => {
      why = `${reason} ${hint}`.trim()
      return undefined
    }
    let doubted: string | undefined
    const doubt: Doubt = (_, reason) => {
      doubted = reason
    }
    const number = filter.read(cell, refuse, doubt)
    return typeof number === 'string' ? { number, ...(doubted !== undefined && { doubt: doubted }) } : { why }
  }
}
