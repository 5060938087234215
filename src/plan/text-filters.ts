import type { Json } from '../model.ts'
import type { Filter, FilterMistake, Refuse } from './template.ts'
import { isList, textOf } from './values.ts'

type Made = Filter | FilterMistake

/** A filter that changes a text. */
export function textFilter(change: (text: string) => Json): Filter {
  return {
    kind: 'read',
    read(value, refuse) {
      const text = textOf(value)
      return text === undefined ? refuse(value, 'is a list or an object; expected text') : change(text)
    },
  }
}

/** `replace <text> <with>`: every occurrence of a text becomes another. */
export function makeReplace(args: readonly string[]): Made {
  const [what, to, ...rest] = args
  if (what === undefined || what === '' || to === undefined || rest.length > 0) {
    return {
      mistake: "The filter `replace` is written `replace <text> <with>`, as in `replace - ''` or `replace ' ' _`.",
    }
  }
  return textFilter((text) => text.replaceAll(what, () => to))
}

/**
 * `slice <first> [<last>]`: the characters from the first to the last, both counted from 1 and included; negative
 * numbers count from the end. Without a last, to the end.
 */
export function makeSlice(args: readonly string[]): Made {
  const [first, last = -1, ...rest] = args.map(placeOf)
  if (first === undefined || Number.isNaN(first) || Number.isNaN(last) || rest.length > 0) {
    const usage =
      'The filter `slice` is written `slice <first>` or `slice <first> <last>`, counted from 1 or, from the end,'
    return { mistake: `${usage} from -1: \`slice 1 3\` gives the first three characters, \`slice -4\` the last four.` }
  }
  return textFilter((text) => {
    const characters = Array.from(text)
    const from = indexOf(first, characters.length)
    return characters.slice(Math.max(from, 0), Math.max(indexOf(last, characters.length) + 1, 0)).join('')
  })
}

/**
 * `split <separator> [<n>]`: a text's parts as a list, without the empty ones; or its nth part, counted from 1 or, from
 * the end, from -1. Parts lose the spaces around them.
 */
export function makeSplit(args: readonly string[]): Made {
  const [separator, which, ...rest] = args
  const place = which === undefined ? undefined : placeOf(which)
  if (separator === undefined || separator === '' || Number.isNaN(place) || rest.length > 0) {
    return {
      mistake:
        "The filter `split` is written `split <separator>` for a list, or `split <separator> <n>` for one part, as in `split ' ' 1`.",
    }
  }
  return textFilter((text) => {
    const parts = text.split(separator).map((part) => part.trim())
    if (place !== undefined) return parts[indexOf(place, parts.length)] ?? null
    const given = parts.filter((part) => part !== '')
    return given.length === 0 ? null : given
  })
}

/** `join <separator>`: a list as one text, without what is empty in it. */
export function makeJoin(args: readonly string[]): Made {
  const [separator, ...rest] = args
  if (separator === undefined || rest.length > 0) {
    return { mistake: "The filter `join` is written `join <separator>`, as in `join ', '`." }
  }
  const read = (value: Json, refuse: Refuse): Json | undefined => {
    const texts = (isList(value) ? value.filter((item) => item !== null) : [value]).map(textOf)
    if (texts.includes(undefined)) return refuse(value, 'is not a list of texts')
    return texts.filter((text) => text !== '').join(separator)
  }
  return { kind: 'read', read }
}

/** A whole number other than 0, or NaN. */
function placeOf(text: string): number {
  return /^-?[1-9]\d{0,5}$/.test(text) ? Number(text) : Number.NaN
}

function indexOf(place: number, length: number): number {
  return place > 0 ? place - 1 : length + place
}
