import type { Json } from '../model.ts'
import { makeDateFilter, makeDatetimeFilter } from './date-filters.ts'
import { didYouMean } from './nearest.ts'
import { makePhoneFilter } from './phone-filter.ts'
import type { Filter, FilterMistake, Refuse } from './template.ts'
import { keepsDigits, textOf } from './values.ts'

/** The plan's `tables:`: for each table, what its keys become. */
export type Tables = ReadonlyMap<string, ReadonlyMap<string, Json>>

export interface FilterContext {
  readonly tables: Tables
  /** The names of the filters that stand before this one. */
  readonly earlier: readonly string[]
}

/**
 * Makes a filter of its name and arguments: `number`, `boolean`, `date <format> [as <format>]`,
 * `datetime <format> [<zone>]`, `phone <country>`, `lower`, `upper`, `trim`, `default <value>`, `map <table>`.
 */
export function makeFilter(name: string, args: readonly string[], context: FilterContext): Filter | FilterMistake {
  const make = makers.get(name)
  if (make !== undefined) return make(args, context)
  const names = [...makers.keys()]
  return { mistake: `There is no filter \`${name}\`.${didYouMean(name, names)} The filters are ${names.join(', ')}.` }
}

type Make = (args: readonly string[], context: FilterContext) => Filter | FilterMistake

const makers: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['number', (args) => plainFilter('number', args, readNumber)],
  ['boolean', (args) => plainFilter('boolean', args, readBoolean)],
  ['date', makeDateFilter],
  ['datetime', makeDatetimeFilter],
  ['phone', makePhoneFilter],
  [
    'lower',
    (args) =>
      plainFilter(
        'lower',
        args,
        textReader((text) => text.toLowerCase()),
      ),
  ],
  [
    'upper',
    (args) =>
      plainFilter(
        'upper',
        args,
        textReader((text) => text.toUpperCase()),
      ),
  ],
  [
    'trim',
    (args) =>
      plainFilter(
        'trim',
        args,
        textReader((text) => text.trim()),
      ),
  ],
  ['default', makeDefault],
  ['map', makeMap],
])

type Read = (value: Json, refuse: Refuse) => Json | undefined

function plainFilter(name: string, args: readonly string[], read: Read): Filter | FilterMistake {
  if (args.length === 0) return { kind: 'read', read }
  return { mistake: `The filter \`${name}\` takes no arguments; found \`${args.join(' ')}\`. Take it away.` }
}

function textReader(change: (text: string) => string): Read {
  return (value, refuse) => {
    const text = textOf(value)
    return text === undefined ? refuse(value, 'is a list or an object; expected text') : change(text)
  }
}

/**
 * A decimal number as it stands, such as `-12.50`. No locale is guessed, so thousands separators are refused; so is a
 * number with more digits than a JSON number keeps, since that is an id and no quantity.
 */
function readNumber(value: Json, refuse: Refuse): Json | undefined {
  if (typeof value === 'number') return value
  const text = typeof value === 'string' ? value.trim() : undefined
  if (text !== undefined && /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text)) {
    const number = Number(text)
    if (keepsDigits(text, number)) return number + 0
    const hint = 'If it is an id or a card, take `number` out of the plan: the value is then sent as text.'
    return refuse(value, 'has more digits than a number can keep', hint)
  }
  const why = 'is not a plain number; expected digits, with a decimal point at most, such as 1234.5'
  if (text !== undefined && /^[+-]?\d[\d.,\s']*$/.test(text)) {
    return refuse(
      value,
      why,
      'Take the separators out of the file: 1,234 may mean 1234 or 1.234, so it is not guessed.',
    )
  }
  return refuse(value, why)
}

const booleans = new Map([
  ['true', true],
  ['yes', true],
  ['y', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['n', false],
  ['0', false],
])

function readBoolean(value: Json, refuse: Refuse): Json | undefined {
  if (typeof value === 'boolean') return value
  const read = booleans.get(textOf(value)?.trim().toLowerCase() ?? '')
  return read ?? refuse(value, 'is neither true nor false; expected true or false, yes or no, y or n, 1 or 0')
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

function makeMap(args: readonly string[], context: FilterContext): Filter | FilterMistake {
  const [name, ...rest] = args
  const names = [...context.tables.keys()]
  if (name === undefined || rest.length > 0) {
    return { mistake: 'The filter `map` takes the name of one table, as in `map tiers`.' }
  }
  const table = context.tables.get(name)
  if (table === undefined) {
    const known = names.length === 0 ? 'The plan has no `tables:`.' : `The plan's tables are ${names.join(', ')}.`
    return { mistake: `There is no table \`${name}\`.${didYouMean(name, names)} ${known}` }
  }
  const keys = [...table.keys()]
  const some = keys.slice(0, 5).join(', ') + (keys.length > 5 ? `, … (${keys.length} in all)` : '')
  const read: Read = (value, refuse) => {
    const text = textOf(value)
    const mapped = text === undefined ? undefined : (table.get(text) ?? table.get(text.trim()))
    if (mapped !== undefined) return mapped
    if (text !== undefined && (table.has(text) || table.has(text.trim()))) return null
    const hint = `Mend the cell, or add the value to \`tables: ${name}:\` in the plan.`
    return refuse(value, `is not in the table ${name}; expected one of ${some}`, hint)
  }
  return { kind: 'read', read }
}
