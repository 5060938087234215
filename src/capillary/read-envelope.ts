import type { Json } from '../model.ts'
import { cleanWords } from '../outside/clean-words.ts'
import { MOST_DEPTH, isTooDeep } from '../outside/json-depth.ts'
import { codeOf, fieldOf, idOf, isList, isRecord, textOf, wordsOf } from './coerce.ts'
import type { Envelope, Item } from './envelope.ts'
import { parseJson } from './parse-json.ts'
import { readIssues, readWarnings } from './read-issues.ts'
import { CUSTOMER_LISTS, readLinkedCustomer } from './read-linked-customer.ts'
import { readSideEffects } from './read-side-effects.ts'
import { readV1 } from './read-v1.ts'

/**
 * Recognises the four envelopes of the API in a body: v2 single, v2 link, v2 bulk and V1. Never throws.
 * Source: capillary-facts.md, sections 1, 4 and 6.
 */
export function readEnvelope(text: string): Envelope {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'none', why: 'an empty body' }
  if (trimmed.startsWith('<')) return { kind: 'none', why: 'a page instead of JSON', said: titleOf(trimmed) }
  if (isTooDeep(trimmed)) return { kind: 'none', why: `JSON nested more than ${MOST_DEPTH} deep`, ofRow: true }
  const parsed = parseJson(trimmed)
  if (parsed === undefined) return { kind: 'none', why: 'broken JSON' }
  return recognise(parsed.value) ?? { kind: 'none', why: 'JSON in no form of the API', said: messageOf(parsed.value) }
}

/** What a page shows as its title, or else as its headline. */
function titleOf(page: string): string | undefined {
  const head = page.slice(0, HEAD_LENGTH)
  const markup = /<title[^>]*>([^<]+)/i.exec(head)?.[1] ?? /<h1[^>]*>([^<]+)/i.exec(head)?.[1]
  return markup === undefined ? undefined : cleanWords(markup) || undefined
}

/** Titles stand at the beginning of a page, however long it is. */
const HEAD_LENGTH = 16_384

/** What gateways that answer in JSON say. */
function messageOf(body: Json): string | undefined {
  const names = ['message', 'Message', 'error_description', 'error', 'detail', 'title']
  return names.map((name) => wordsOf(fieldOf(body, name))).find((words) => words !== undefined)
}

function recognise(body: Json): Envelope | undefined {
  if (!isRecord(body)) return undefined
  const linked = CUSTOMER_LISTS.map((name) => fieldOf(body, name)).find(isList)
  if (isList(linked)) {
    const customers = linked.map(readLinkedCustomer)
    return { kind: 'link', customers, errors: readIssues(body.errors), warnings: readWarnings(body.warnings) }
  }
  if (isList(body.response)) return { kind: 'bulk', items: body.response.map(readBulkItem) }
  if (isRecord(body.response)) return readV1(body.response)
  if (singleNames.some((name) => Object.hasOwn(body, name))) return readSingle(body)
  return readFlat(body)
}

const singleNames = ['createdId', 'entity', 'errors', 'warnings', 'sideEffects']

function readSingle(body: Json): Envelope {
  const id = idOf(fieldOf(body, 'createdId'))
  return {
    kind: 'single',
    item: { ...readLists(body), id, accepted: id !== undefined },
    entity: idOf(fieldOf(body, 'entity')),
  }
}

/** A bulk item may hold an id and errors at once; the id is then that of the entity that the errors are about. */
function readBulkItem(item: Json): Item {
  const lists = readLists(item)
  const id = idOf(fieldOf(item, 'entityId'))
  return { ...lists, id, accepted: id !== undefined && lists.errors.length === 0 }
}

function readLists(body: Json): Pick<Item, 'errors' | 'warnings' | 'sideEffects'> {
  return {
    errors: readIssues(fieldOf(body, 'errors')),
    warnings: readWarnings(fieldOf(body, 'warnings')),
    sideEffects: readSideEffects(fieldOf(body, 'sideEffects')),
  }
}

/**
 * `{code, message}` alone, as the authorisation layer may send it. A bare 500 or 502 to 504 in that shape is
 * what frameworks and gateways say of themselves, so it is no answer of the API's.
 */
function readFlat(body: Json): Envelope | undefined {
  const code = codeOf(fieldOf(body, 'code'))
  const message = textOf(fieldOf(body, 'message'))
  if (code === undefined || message === undefined || [500, 502, 503, 504].includes(code)) return undefined
  return { kind: 'single', item: { accepted: false, errors: [{ code, message }], warnings: [], sideEffects: [] } }
}
