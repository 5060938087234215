import type { Json } from '../model.ts'
import { isBirthField } from './birth-field.ts'
import { makeDateFilter, makeDatetimeFilter } from './date-filters.ts'
import { latestDay } from './latest-day.ts'
import { didYouMean } from './nearest.ts'
import { makeNumberFilter, readNumber } from './number-filter.ts'
import { makePhoneFilter } from './phone-filter.ts'
import { readBoolean } from './read-boolean.ts'
import type { Filter, FilterMistake, Refuse } from './template.ts'
import { makeJoin, makeReplace, makeSlice, makeSplit, textFilter } from './text-filters.ts'
import { textOf } from './values.ts'

/** The plan's `tables:`: for each table, what its keys become. */
export type Tables = ReadonlyMap<string, ReadonlyMap<string, Json>>

export interface FilterContext {
  readonly tables: Tables
  /** The names of the filters that stand before this one. */
  readonly earlier: readonly string[]
  /** The name of the body's field that the value goes to. */
  readonly field?: string | undefined
  /** The clock, in milliseconds since the epoch; that of the machine unless told. */
  readonly now?: number
}

/**
 * Makes a filter of its name and arguments: `number [<locale>]`, `boolean`,
 * `date <form> [or <form> …] [<calendar>] [past] [in <zone>] [as <format>]`,
 * `datetime <form> [or <form> …] [<calendar>] [past] [<zone>] [as <format>]`, `phone <country> [mobile]`, `phone by <column> [else <country>] [mobile]`, `lower`, `upper`, `trim`, `replace <text> <with>`,
 * `slice <first> [<last>]`, `split <separator> [<n>]`, `join <separator>`, `default <value>`,
 * `map <table> [else <value>]`.
 */
export function makeFilter(name: string, args: readonly string[], context: FilterContext): Filter | FilterMistake {
  const make = makers.get(name)
  if (OFFERED.has(name) && args.includes('or')) return { mistake: leftOpen(name, args) }
  if (make !== undefined) return make(args, context)
  const names = [...makers.keys()]
  return { mistake: `There is no filter \`${name}\`.${didYouMean(name, names)} The filters are ${names.join(', ')}.` }
}

/** Filters of which `init` proposes two, where it cannot tell. */
const OFFERED = new Set(['phone', 'number'])

function leftOpen(name: string, args: readonly string[]): string {
  const choices = args.filter((arg) => arg !== 'or').map((arg) => `\`${name} ${/\s/.test(arg) ? `'${arg}'` : arg}\``)
  return `A choice is left open here. Write ${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}, whichever is right for this column.`
}

function dateContext({ field = '', now = Date.now() }: FilterContext) {
  return { isOfBirth: isBirthField(field), today: latestDay(now) }
}

type Make = (args: readonly string[], context: FilterContext) => Filter | FilterMistake

const makers: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['number', makeNumberFilter],
  ['boolean', (args) => withoutArguments('boolean', args, { kind: 'read', read: readBoolean })],
  ['date', (args, context) => makeDateFilter(args, dateContext(context))],
  ['datetime', (args, context) => makeDatetimeFilter(args, dateContext(context))],
  ['phone', makePhoneFilter],
  [
    'lower',
    (args) =>
      withoutArguments(
        'lower',
        args,
        textFilter((text) => text.toLowerCase()),
      ),
  ],
  [
    'upper',
    (args) =>
      withoutArguments(
        'upper',
        args,
        textFilter((text) => text.toUpperCase()),
      ),
  ],
  [
    'trim',
    (args) =>
      withoutArguments(
        'trim',
        args,
        textFilter((text) => text.trim()),
      ),
  ],
  ['replace', makeReplace],
  ['slice', makeSlice],
  ['split', makeSplit],
  ['join', makeJoin],
  ['default', makeDefault],
  ['map', makeMap],
])

type Read = (value: Json, refuse: Refuse) => Json | undefined

function withoutArguments(name: string, args: readonly string[], filter: Filter): Filter | FilterMistake {
  if (args.length === 0) return filter
  return { mistake: `The filter \`${name}\` takes no arguments; found \`${args.join(' ')}\`. Take it away.` }
}

/** Behind `number` or `boolean`, the default is of that type too. */
function makeDefault(args: readonly string[], context: FilterContext): Filter | FilterMistake {
  const text = args.join(' ')
  if (text.trim() === '') return { mistake: 'The filter `default` needs a value, as in `default 0`.' }
  const type = context.earlier.findLast((name) => name === 'number' || name === 'boolean')
  if (type === undefined) return { kind: 'default', value: text }
  const read = type === 'number' ? readNumber : readBoolean
  const value = read(text, () => undefined)
  if (value !== undefined) return { kind: 'default', value }
  return { mistake: `The default \`${text}\` stands behind \`${type}\`, and is no ${type}.` }
}

/** `map <table> [else <value>]`: the value behind `else` is a number where all values of the table are. */
function makeMap(args: readonly string[], context: FilterContext): Filter | FilterMistake {
  const [name, word, ...others] = args
  const names = [...context.tables.keys()]
  if (name === undefined || (word !== undefined && (word !== 'else' || others.length === 0))) {
    return { mistake: 'The filter `map` takes the name of one table, as in `map tiers` or `map tiers else 0`.' }
  }
  const table = context.tables.get(name)
  if (table === undefined) {
    const known = names.length === 0 ? 'The plan has no `tables:`.' : `The plan's tables are ${names.join(', ')}.`
    return { mistake: `There is no table \`${name}\`.${didYouMean(name, names)} ${known}` }
  }
  const keys = [...table.keys()]
  const some = keys.slice(0, 5).join(', ') + (keys.length > 5 ? `, … (${keys.length} in all)` : '')
  const isOfNumbers = [...table.values()].every((value) => typeof value === 'number')
  const other = word === undefined ? undefined : others.join(' ')
  const otherwise = other !== undefined && isOfNumbers ? readNumber(other, () => undefined) : other
  if (word !== undefined && otherwise === undefined) {
    return { mistake: `The values of the table \`${name}\` are numbers, and \`${other ?? ''}\` is none.` }
  }
  const read: Read = (value, refuse) => {
    const text = textOf(value)
    const mapped = text === undefined ? undefined : (table.get(text) ?? table.get(text.trim()))
    if (mapped !== undefined) return mapped
    if (text !== undefined && (table.has(text) || table.has(text.trim()))) return null
    if (otherwise !== undefined) return otherwise
    const hint = `Mend the cell, or add the value to \`tables: ${name}:\` in the plan, or say \`map ${name} else …\`.`
    return refuse(value, `is not in the table ${name}; expected one of ${some}`, hint)
  }
  return { kind: 'read', read }
}
