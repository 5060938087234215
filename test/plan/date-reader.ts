import type { Json } from '../../src/model.ts'
import { makeFilter } from '../../src/plan/filters.ts'

/** 11 November 2026, at noon in UTC. */
const NOW = Date.UTC(2026, 10, 11, 12)

interface Read {
  readonly value?: Json | undefined
  readonly why?: string
  readonly doubt?: string
}

/** What a date filter makes of cells. Arguments as in a plan; those with spaces stand in quotes. */
export function reader(
  expression: string,
  field?: string,
): ((cell: Json) => Read) & { readonly remark: () => string | undefined } {
  const [name = '', ...args] = Array.from(expression.matchAll(/'((?:[^']|'')*)'|(\S+)/g), ([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll("''", "'"),
  )
  const filter = makeFilter(name, args, { tables: new Map(), earlier: [], field, now: NOW })
  if ('mistake' in filter) throw new Error(filter.mistake)
  if (filter.kind !== 'read') throw new Error(name)
  const read = (cell: Json): Read => {
    let why: string | undefined
    let doubt: string | undefined
    const value = filter.read(
      cell,
      (_, reason, hint = '') => {
        why = `${reason} ${hint}`.trim()
        return undefined
      },
      (_, reason, hint = '') => {
        doubt = `${reason} ${hint}`.trim()
      },
    )
    return {
      ...(value !== undefined && { value }),
      ...(why !== undefined && { why }),
      ...(doubt !== undefined && { doubt }),
    }
  }
  return Object.assign(read, {
    remark: () => filter.watches?.map((watch) => watch.remark()).find((remark) => remark !== undefined),
  })
}

/** As `JSON.stringify` writes a date. */
export const INSTANT = "'yyyy-MM-dd''T''HH:mm:ss.SSSXXX'"
