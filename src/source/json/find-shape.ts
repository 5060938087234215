import { findByKey, findSplit, isColumns } from './find-columns.ts'
import { areWrapped, emptyList, findLists, listAt, listNote, severalError } from './find-lists.ts'
import { refuseLineLists, refuseUnnamed } from './list-names.ts'
import { moreNote } from './more-pages.ts'
import { outlineOf } from './outline.ts'
import type { ArrayOutline, ObjectOutline, Outline } from './outline.ts'
import { refusePages } from './refuse-pages.ts'

/** Where the records of a JSON text are. `start`: the byte where the list or the object begins that holds them. */
export type JsonShape =
  | { readonly kind: 'lines' }
  /** Objects one after the other, each over several lines, or several on one. */
  | { readonly kind: 'sequence' }
  | ListShape
  | KeyedShape
  /** A list, or an object by row numbers, for each column. */
  | { readonly kind: 'columns' }

/** A list of objects, or of lists with names for their items: those of its first item where that is said. */
export interface ListShape {
  readonly kind: 'list'
  readonly start: number
  /** Where it stands in the objects around it, with dots between; empty where there are none. */
  readonly path: string
  readonly names: readonly string[] | 'first' | undefined
  /** Lists with names go without their last items where these are empty, as Google Sheets has them. */
  readonly mayBeShort?: boolean
  /** Another such list begins behind it. */
  readonly isRepeated?: boolean
  /** How many objects are around it. */
  readonly around: number
  /** What stands around it is of no concern: all of it was looked at, or the plan says where the records are. */
  readonly isSettled: boolean
}

/** An object of objects: what each is called becomes a field of its own. */
export interface KeyedShape {
  readonly kind: 'by key'
  readonly start: number
  readonly path: string
  readonly keyName: string
  readonly around: number
  readonly isSettled: boolean
}

/** A shape, and what else is to be said of it. */
export interface FoundShape {
  readonly shape: JsonShape
  readonly note?: string | undefined
  /** What says that there are pages of it in other files. */
  readonly otherPages?: string | undefined
  /** Where the first record stands, if it is whole in the sample. */
  readonly first?: { readonly start: number; readonly end: number } | undefined
}

interface SampleFacts {
  /** The sample is all there is. */
  readonly complete: boolean
  /** What messages call the file. */
  readonly name: string
  /** Where the plan says that the records are, names with dots between; `.`: each value is one. */
  readonly path: string | undefined
}

/**
 * Finds where the records of a JSON text are, from its first bytes. Throws UsageError where they are not where the plan
 * says, or where several lists of objects may be meant.
 */
export function findShape(sample: Buffer, known: SampleFacts): FoundShape {
  const facts = { ...known, sample }
  const values = outlineOf(sample)
  const [first, second] = values
  const { path, complete, name } = facts
  if (first === undefined) return { shape: { kind: 'lines' } }
  if (path !== undefined && path !== '.') {
    const found = listAt(first, path, name)
    if (found.kind === 'array')
      return {
        shape: listOf(found, { path, around: path.split('.').length }, facts),
        otherPages: first.kind === 'object' ? moreNote(first, found, sample) : undefined,
        first: whole(found.items[0]),
      }
    return { shape: keyedOf(found, path, facts), first: whole(found.entries[0]?.value) }
  }
  if (first.kind === 'array') {
    if (second?.kind === 'array') refuseLineLists(sample, first, name)
    if (path === undefined) refusePages(wholeOf(first.items), { path: '.', jq: '.[]', name })
    const shape = listOf(first, { path: '', around: 0 }, facts)
    return { shape: { ...shape, isRepeated: second?.kind === 'array' }, first: whole(first.items[0]) }
  }
  const isOnly = first.kind === 'object' && second === undefined && path === undefined
  const inside = isOnly ? findInside(first, facts) : undefined
  if (inside !== undefined) return inside
  if (path === undefined && !isOnly) refusePages(wholeOf(values), { path: '.', jq: '', name })
  const note = isOnly && complete ? listNote(findLists(first)) : undefined
  return { shape: { kind: isOnLines(sample, first, second) ? 'lines' : 'sequence' }, note, first: whole(first) }
}

function whole(value: Outline | undefined): FoundShape['first'] {
  return value?.end === undefined ? undefined : { start: value.start, end: value.end }
}

/** Records within one object: in its list, by their keys, or column by column. Undefined where it is a record itself. */
function findInside(top: ObjectOutline, facts: SampleFacts & { readonly sample: Buffer }): FoundShape | undefined {
  const split = findSplit(top, facts.sample)
  if (split !== undefined) return { shape: { ...plainList(split.list, split, facts), names: split.names } }
  if (isColumns(top)) return { shape: { kind: 'columns' } }
  const keyed = findByKey(top)
  if (keyed !== undefined)
    return { shape: keyedOf(keyed.value, keyed.path, facts), first: whole(keyed.value.entries[0]?.value) }
  const lists = findLists(top)
  const [list = emptyList(top), another] = lists
  if (list === undefined || !areWrapped([list, ...lists])) return undefined
  if (another !== undefined) throw severalError(lists, facts.name)
  refusePages(wholeOf(list.value.items), { path: list.path, jq: `.${list.path}[]`, name: facts.name })
  const shape = listOf(list.value, { path: list.path, around: list.around.length }, facts)
  const mayBeShort = top.entries.some(({ key }) => key === 'majorDimension')
  const otherPages = moreNote(top, list.value, facts.sample)
  return { shape: { ...shape, mayBeShort }, otherPages, first: whole(list.value.items[0]) }
}

/** Of several values, those that are whole in the sample. */
function wholeOf(values: readonly Outline[]): readonly Outline[] {
  return values.filter(({ end }) => end !== undefined)
}

function listOf(
  list: ArrayOutline,
  place: Pick<ListShape, 'path' | 'around'>,
  facts: SampleFacts & { readonly sample: Buffer },
): ListShape {
  const [first, ...others] = list.items
  const isNaming =
    first?.kind === 'array' && first.items.length > 0 && first.items.every(({ kind }) => kind === 'string')
  const names = isNaming && others.every(({ kind }) => kind === 'array') ? 'first' : undefined
  if (first?.kind === 'array' && names === 'first') refuseUnnamed(facts.sample, first, facts.name)
  return { ...plainList(list, place, facts), names }
}

function plainList(
  { start }: ArrayOutline,
  { path, around }: Pick<ListShape, 'path' | 'around'>,
  facts: SampleFacts,
): ListShape {
  return { kind: 'list', path, around, start, names: undefined, isSettled: isSettled(facts) }
}

function keyedOf({ start, entries }: ObjectOutline, path: string, facts: SampleFacts): KeyedShape {
  const around = path === '' ? 0 : path.split('.').length
  const isTaken = entries.some(({ value }) => value.kind === 'object' && value.entries.some(({ key }) => key === 'key'))
  return { kind: 'by key', start, path, keyName: isTaken ? '_key' : 'key', around, isSettled: isSettled(facts) }
}

function isSettled({ complete, path }: SampleFacts): boolean {
  return complete || path !== undefined
}

/** Each value is on a line of its own. Of one that does not end: the line behind its first begins as a value does. */
function isOnLines(sample: Buffer, { start, end }: Outline, second: Outline | undefined): boolean {
  const lineEnd = sample.indexOf(LF, start)
  if (end === undefined) return lineEnd < 0 || sample[lineEnd + 1] === OPENING_BRACE
  const isBehind = second === undefined || sample.subarray(end, second.start).includes(LF)
  return isBehind && (lineEnd < 0 || lineEnd >= end)
}

const LF = 0x0a
const OPENING_BRACE = 0x7b
