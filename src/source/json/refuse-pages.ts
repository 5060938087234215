import { UsageError } from '../../model.ts'
import { areAbout, areWrapped, findLists, isOfAPerson } from './find-lists.ts'
import type { Outline } from './outline.ts'

/**
 * Throws UsageError where the first records are pages of an answer, each with a list of several members in it and nothing of
 * its own: of each page one member would be sent, or none. `path`: where the records are; `jq`: the same as jq writes it.
 */
export function refusePages(
  records: readonly Outline[],
  { path, jq, name }: { path: string; jq: string; name: string },
): void {
  const lists = records.map(listOfPage)
  const [first] = lists
  if (first === undefined || lists.includes(undefined)) return
  throw new UsageError(
    `${name} holds pages of an answer: each record has a list of members, ${JSON.stringify(first)}, and nothing of its own. ` +
      `Take the members out, as with \`jq -c '${jq}.${first}[]' ${name} > members.jsonl\`. ` +
      `If each page is one record, say \`rows: { path: ${path} }\`.`,
  )
}

/** The path of the one list of members that a page is made of; undefined of a record. */
function listOfPage(record: Outline): string | undefined {
  if (record.kind !== 'object') return undefined
  const lists = findLists(record)
  const [list, another] = lists
  if (list === undefined || another !== undefined || !areWrapped(lists) || !areAbout(record)) return undefined
  const [member] = list.value.items
  return member !== undefined && holdsPerson(member, MOST_WITHIN) ? list.path : undefined
}

/** An object with a person's values, or with such an object in it: `{"node": {…}}` of GraphQL, `{"row": [{…}]}` of Neo4j. */
function holdsPerson(value: Outline, depth: number): boolean {
  if (depth === 0) return false
  if (value.kind === 'array') return value.items[0] !== undefined && holdsPerson(value.items[0], depth - 1)
  if (value.kind !== 'object') return false
  return isOfAPerson(value) || value.entries.some((entry) => holdsPerson(entry.value, depth - 1))
}

const MOST_WITHIN = 3
