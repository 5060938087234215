import type { Identifier } from '../../model.ts'
import { isSameIdentifier } from '../same-identifier.ts'
import type { V1Item } from './read-v1-reply.ts'

/** The item of a reply that answers a row. */
export interface MatchedItem {
  readonly item: V1Item
  /** Types of identifiers that the item and the row have alike, and those in which they differ. */
  readonly same: readonly string[]
  readonly different: readonly string[]
}

/**
 * Which item answers each row; undefined where none surely does, or two contradict each other. One to one.
 *
 * By position where there are as many items as rows, cross-checked by every identifier that an item shows, since a reply
 * has nothing else to tell the rows by (capillary-facts-2.md, A1, rule 5). A row that its position does not surely answer is
 * looked for by its identifiers. Where a row is found elsewhere the order is broken, and position alone counts no more.
 * An item that shows nobody of the request stands for the row at its place: the API answers with the account that it
 * changed, and whether that is the row's member is for others to judge.
 */
export function matchItems(
  rows: readonly (readonly Identifier[])[],
  items: readonly V1Item[],
): readonly (MatchedItem | undefined)[] {
  const sameLength = rows.length === items.length
  const found = rows.map((row, at) => (sameLength ? compared(row, items[at]) : undefined))
  const claimed = new Set(found.keys().filter((at) => isSame(found[at])))
  const matches = found.map((match) => (isSame(match) ? match : undefined))
  let inOrder = sameLength
  for (const [at, row] of rows.entries()) {
    if (matches[at] !== undefined) continue
    const fitting = items.keys().filter((index) => !claimed.has(index) && isSame(compared(row, items[index])))
    const [only, ...others] = fitting.toArray()
    if (only === undefined || others.length > 0) continue
    claimed.add(only)
    matches[at] = compared(row, items[only])
    inOrder = false
  }
  return matches.map((match, at) => {
    const answer = match ?? (inOrder ? byPosition(at, found[at], rows) : undefined)
    return isContradicted(answer, rows[at] ?? [], { items, claimed }) ? undefined : answer
  })
}

/** Whether the reply has another item for the same row that says something else. */
function isContradicted(
  match: MatchedItem | undefined,
  row: readonly Identifier[],
  { items, claimed }: { readonly items: readonly V1Item[]; readonly claimed: ReadonlySet<number> },
): boolean {
  if (match === undefined || claimed.size === items.length) return false
  return items.some((item, at) => !claimed.has(at) && item.passed !== match.item.passed && isSame(compared(row, item)))
}

/** The types of identifiers that a row and an item both have. */
export function compared(row: readonly Identifier[], item: V1Item | undefined): MatchedItem | undefined {
  if (item === undefined) return undefined
  const same: string[] = []
  const different: string[] = []
  for (const { type, value } of row) {
    const shown = item.identifiers.find((identifier) => identifier.type === type)
    if (shown !== undefined) (isSameIdentifier(type, value, shown.value) ? same : different).push(type)
  }
  return { item, same, different }
}

/** Whether an item shows an identifier of the row. */
export function isSame(match: MatchedItem | undefined): boolean {
  return match !== undefined && match.same.length > 0
}

/** Unless the item shows another row of the request. */
function byPosition(
  at: number,
  match: MatchedItem | undefined,
  rows: readonly (readonly Identifier[])[],
): MatchedItem | undefined {
  const isOthers = rows.some((row, other) => other !== at && isSame(compared(row, match?.item)))
  return isOthers ? undefined : match
}
